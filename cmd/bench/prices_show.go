package main

import (
	"github.com/spf13/cobra"

	"frontdoor/pricing"
	"frontdoor/report"
)

func newPricesList(env *env) *cobra.Command {
	var o priceOptions
	cmd := &cobra.Command{
		Use: "list", Short: "List every meter with its price on a day", Args: cobra.NoArgs,
		Example: "  bench prices list --region ap-northeast-1\n  bench prices list --region all -o csv",
		RunE: func(*cobra.Command, []string) error {
			book, view, err := o.open(env)
			if err != nil {
				return err
			}
			if err := checkRegion(book, o.region); err != nil {
				return err
			}
			return report.PriceList(env.stdout, o.format, view, book.List(o.region, view.AsOf))
		},
	}
	o.register(cmd.Flags(), true)
	return cmd
}

func newPricesShow(env *env) *cobra.Command {
	var o priceOptions
	cmd := &cobra.Command{
		Use:   "show METER",
		Short: "Show all that is known of a meter on a day: bands, free quantities, rules, sources",
		Args:  cobra.ExactArgs(1),
		Example: `  bench prices show lambda.gb_seconds.x86 --as-of 2019-06-01
  bench prices show apigw.http.requests --region all`,
		RunE: func(_ *cobra.Command, args []string) error {
			book, view, err := o.open(env)
			if err != nil {
				return err
			}
			listings, err := book.Show(pricing.Meter(args[0]), o.region, view.AsOf)
			if err != nil {
				return usage(err)
			}
			return report.Prices(env.stdout, o.format, view, listings)
		},
	}
	o.register(cmd.Flags(), true)
	return cmd
}

func newPricesDiff(env *env) *cobra.Command {
	var o priceOptions
	cmd := &cobra.Command{
		Use:     "diff DAY DAY",
		Short:   "Compare two days: prices, billing rules, free quantities",
		Args:    cobra.ExactArgs(2),
		Example: "  bench prices diff 2019-06-01 today\n  bench prices diff 2024-01-31 2024-02-01 --region all -o csv",
		RunE: func(_ *cobra.Command, args []string) error {
			book, view, err := o.open(env)
			if err != nil {
				return err
			}
			if err := checkRegion(book, o.region); err != nil {
				return err
			}
			before, err := dayOf(env, args[0])
			if err != nil {
				return usage(err)
			}
			after, err := dayOf(env, args[1])
			if err != nil {
				return usage(err)
			}
			return report.PriceDiff(env.stdout, o.format, view, book.Diff(o.region, before, after))
		},
	}
	o.register(cmd.Flags(), false)
	return cmd
}

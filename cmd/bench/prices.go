package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"frontdoor/pricing"
	"frontdoor/report"
)

func newPrices(env *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "prices",
		Short: "List, show, compare and import the prices that bills are made of",
		Long: `prices looks into the price book: what a meter costs on a day, on whose word,
and what differs between two days. import and update take AWS's own offer files
into a book of yours, which is laid over the shipped one: $BENCH_BOOK, or
bench/prices.csv in the folder for configuration ($XDG_CONFIG_HOME, ~/.config).
The file is CSV as the shipped books are, so that rows can be written by hand.`,
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Example: "  bench prices list\n  bench prices show lambda.gb_seconds.x86 --as-of 2019-06-01\n  bench prices import AWSLambda.json",
	}
	cmd.AddCommand(newPricesList(env), newPricesShow(env), newPricesDiff(env), newPricesImport(env), newPricesUpdate(env))
	return cmd
}

// pricesRegion is where prices are shown when nobody says where.
const pricesRegion = "us-east-1"

// priceOptions say which prices are shown, of which book, and how.
type priceOptions struct {
	region, asOf, book, format string
}

func (o *priceOptions) register(flags *pflag.FlagSet, withDay bool) {
	flags.StringVar(&o.region, "region", pricesRegion, "Region, or all; meters that no Region divides are shown always")
	flags.StringVarP(&o.format, "output", "o", "table", "format: "+strings.Join(report.PriceFormats(), ", "))
	registerBook(flags, &o.book)
	if withDay {
		flags.StringVar(&o.asOf, "as-of", "today", "day, as 2019-06-01 or today")
	}
}

// registerBook is the flag of every command that reads prices.
func registerBook(flags *pflag.FlagSet, book *string) {
	flags.StringVar(book, "book", "", "price book laid over the shipped one, or none (default $BENCH_BOOK, or bench/prices.csv among your configuration)")
}

// open checks the options and loads the book.
func (o *priceOptions) open(env *env) (*pricing.Book, report.PriceView, error) {
	if !slices.Contains(report.PriceFormats(), o.format) {
		return nil, report.PriceView{}, usage(fmt.Errorf("unknown format %q in --output: want one of %s", o.format, strings.Join(report.PriceFormats(), ", ")))
	}
	day, err := dayOf(env, o.asOf)
	if err != nil {
		return nil, report.PriceView{}, usage(fmt.Errorf("--as-of: %w", err))
	}
	book, described, err := loadBook(env, o.book)
	return book, report.PriceView{Book: described, Region: o.region, AsOf: day}, err
}

// dayOf reads a day of the command line; "" is today.
func dayOf(env *env, text string) (pricing.Date, error) {
	if text == "" || text == "today" {
		return pricing.DateOf(env.now()), nil
	}
	day, err := pricing.ParseDate(text)
	if err != nil {
		return day, fmt.Errorf("%w, or today", err)
	}
	return day, nil
}

// checkRegion refuses a Region in which the book has nothing at all.
func checkRegion(book *pricing.Book, region string) error {
	if region == pricing.EveryRegion {
		return nil
	}
	var known []string
	for _, m := range book.Meters() {
		for _, r := range book.Regions(m) {
			if r == region {
				return nil
			}
			if !slices.Contains(known, r) {
				known = append(known, r)
			}
		}
	}
	slices.Sort(known)
	return usage(fmt.Errorf("no prices are known in region %q: want all or one of %s", region, strings.Join(known, ", ")))
}

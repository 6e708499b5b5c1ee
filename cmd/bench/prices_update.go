package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"frontdoor/pricing"
)

// priceEndpoint serves the bulk API of the AWS Price List to everybody:
// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-ppslong.html
const priceEndpoint = "https://pricing.us-east-1.amazonaws.com"

func newPricesUpdate(env *env) *cobra.Command {
	var book, endpoint string
	var regions []string
	cmd := &cobra.Command{
		Use:   "update",
		Short: "Fetch AWS's current offer files and import them",
		Long: `update fetches the offers that bench knows from the bulk API of the AWS Price
List, which asks for no credentials, and imports them. Regions are those of the
book, or those of --region. Nothing is written unless everything was fetched
and read.`,
		Example: "  bench prices update --region us-east-1 --region eu-west-1",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			target, err := importTarget(env, book)
			if err != nil {
				return err
			}
			fetch, err := newFetcher(endpoint)
			if err != nil {
				return usage(fmt.Errorf("--endpoint: %w", err))
			}
			if len(regions) == 0 {
				if regions, err = bookRegions(target); err != nil {
					return err
				}
			}
			read, err := fetchOffers(cmd.Context(), env, fetch, regions)
			if err != nil {
				return err
			}
			return importOffers(env, target, read)
		},
	}
	cmd.Flags().StringArrayVar(&regions, "region", nil, "Region to fetch; repeatable (default: every Region of the book)")
	cmd.Flags().StringVar(&endpoint, "endpoint", priceEndpoint, "where the bulk API is, or a mirror of it")
	cmd.Flags().StringVar(&book, "book", "", "price book to write (default $BENCH_BOOK, or bench/prices.csv among your configuration)")
	return cmd
}

// bookRegions is the Regions in which the shipped book or the user's prices
// functions.
func bookRegions(target string) ([]string, error) {
	b, err := layBook(target)
	if err != nil {
		return nil, err
	}
	return b.both.Regions(pricing.LambdaRequests), nil
}

// fetchOffers fetches into temporary files and reads them. An offer or a Region
// that the index does not have is said on stderr and left out.
func fetchOffers(ctx context.Context, env *env, fetch *fetcher, regions []string) ([]named, error) {
	dir, err := os.MkdirTemp("", "bench-prices-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	files, missing, err := fetch.locate(ctx, regions)
	if err != nil {
		return nil, err
	}
	for _, what := range missing {
		fmt.Fprintf(env.stderr, "warning: %s has no %s\n", fetch.base.Host, what)
	}
	if len(files) == 0 {
		return nil, errors.New("the price list has none of the offers and Regions asked for: nothing was written")
	}
	var read []named
	for i, file := range files {
		path := filepath.Join(dir, fmt.Sprintf("%d.json", i))
		fmt.Fprintf(env.stderr, "fetching %s\n", file)
		if err := fetch.download(ctx, file, path); err != nil {
			return nil, err
		}
		offer, err := readOffer(file, path)
		if err != nil {
			return nil, err
		}
		read = append(read, named{file, offer})
	}
	return read, nil
}

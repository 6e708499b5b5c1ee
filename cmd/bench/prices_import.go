package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"frontdoor/pricing"
	"frontdoor/pricing/offers"
	"frontdoor/record"
	"frontdoor/report"
)

func newPricesImport(env *env) *cobra.Command {
	var book string
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Take AWS's offer files into a price book of yours",
		Long: `import reads offer files of the AWS Price List: JSON or CSV of the bulk API, or
what GetProducts answers. It takes the meters that bench knows, and lays them
into your price book from the day on which they take effect. All files are read
and checked before anything is written; the book is written whole or not at all.`,
		Example: `  curl -O https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/index.json
  bench prices import index.json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			target, err := importTarget(env, book)
			if err != nil {
				return err
			}
			var read []named
			for _, path := range args {
				offer, err := readOffer(path, path)
				if err != nil {
					return usage(err)
				}
				read = append(read, named{path, offer})
			}
			return importOffers(env, target, read)
		},
	}
	cmd.Flags().StringVar(&book, "book", "", "price book to write (default $BENCH_BOOK, or bench/prices.csv among your configuration)")
	return cmd
}

// named is an offer and the file that it was read from.
type named struct {
	file string
	offers.Offer
}

// readOffer reads the offer at path; name is how errors call it.
func readOffer(name, path string) (offers.Offer, error) {
	file, err := os.Open(path)
	if err != nil {
		return offers.Offer{}, err
	}
	defer file.Close()
	if err := regular(file, largestFile); err != nil {
		return offers.Offer{}, err
	}
	return offers.Read(name, file)
}

func importTarget(env *env, flag string) (string, error) {
	if path, _ := bookPath(env, flag); path != "" {
		return path, nil
	}
	return "", usage(errors.New("no price book to write: want --book FILE, or $BENCH_BOOK, or $HOME"))
}

// importOffers lays offers into the book at target and says what that changes.
func importOffers(env *env, target string, read []named) error {
	unlock, err := lockBook(&target)
	if err != nil {
		return err
	}
	defer unlock()
	old, err := layBook(target)
	if err != nil {
		return err
	}
	var rates []pricing.Rate
	comments := old.comments
	if old.user != nil {
		rates = old.user.All()
	} else {
		comments = []string{"Rates that bench lays over the shipped ones. Rows may be written by hand."}
	}
	if !slices.ContainsFunc(read, func(o named) bool { return len(o.Rates) > 0 }) {
		return usage(fmt.Errorf("nothing was written: none of the products in %s is one that bench has a meter for\nhint: bench prices list shows the meters", strings.Join(filesOf(read), ", ")))
	}
	for _, offer := range read {
		rates = merge(rates, old.shipped.EndBefore(offer.Rates))
		comment := fmt.Sprintf("%s%s %s, published %s", pricing.PriceList, offer.Code, offer.Version, offer.Published.Format(time.RFC3339))
		if !slices.Contains(comments, comment) {
			comments = append(comments, comment)
		}
	}
	user, err := pricing.NewBook(rates)
	if err != nil {
		return err
	}
	after, err := old.shipped.Over(user)
	if err != nil {
		return err
	}
	if err := writeBook(target, comments, user); err != nil {
		return err
	}
	today := pricing.DateOf(env.now())
	if err := report.PriceImport(env.stdout, imported(read), pricing.Compare(old.both, after, pricing.EveryRegion, today, today)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.stdout, "\nwritten: %s\n", target)
	return err
}

func filesOf(read []named) []string {
	var files []string
	for _, o := range read {
		files = append(files, o.file)
	}
	return files
}

// merge adds the rates of one offer. What was taken of the same version before
// is dropped: importing a file twice changes nothing.
func merge(rates, offer []pricing.Rate) []pricing.Rate {
	type taken struct {
		meter          pricing.Meter
		region, source string
	}
	again := make(map[taken]bool)
	for _, r := range offer {
		again[taken{r.Meter, r.Region, r.Source}] = true
	}
	rest := slices.DeleteFunc(slices.Clone(rates), func(r pricing.Rate) bool { return again[taken{r.Meter, r.Region, r.Source}] })
	return pricing.Latest(append(rest, offer...))
}

// writeBook writes the book if it can be read again: a name that AWS's files
// allow and our tables do not must not lock the user out.
func writeBook(target string, comments []string, book *pricing.Book) error {
	var text bytes.Buffer
	if err := pricing.WriteCSV(&text, comments, book.All()); err != nil {
		return err
	}
	if _, err := pricing.ParseUser(target, bytes.NewReader(text.Bytes())); err != nil {
		return usage(fmt.Errorf("nothing was written: the book would be wrong: %w", err))
	}
	return record.WriteWhole(target, func(w io.Writer) error { _, err := w.Write(text.Bytes()); return err })
}

// lockBook keeps two imports from losing each other's rates, and follows a link
// to the file that it stands for. The lock ends with the process at the latest.
func lockBook(target *string) (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(*target), 0o755); err != nil {
		return nil, usage(err)
	}
	if file, err := filepath.EvalSymlinks(*target); err == nil {
		*target = file
	}
	lock, err := os.OpenFile(*target+".lock", os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, usage(err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		lock.Close()
		return nil, fmt.Errorf("lock %q: %w", lock.Name(), err)
	}
	return func() { lock.Close() }, nil
}

func imported(read []named) []report.ImportedOffer {
	var all []report.ImportedOffer
	for _, o := range read {
		type place struct {
			meter  pricing.Meter
			region string
		}
		meters := make(map[place]bool)
		for _, r := range o.Rates {
			meters[place{r.Meter, r.Region}] = true
		}
		all = append(all, report.ImportedOffer{File: o.file, Offer: o.Code, Version: o.Version, Published: o.Published.Format(time.RFC3339),
			Rates: len(o.Rates), Meters: len(meters), Products: o.Products, Ignored: o.Ignored, LeftOut: o.LeftOut})
	}
	return all
}

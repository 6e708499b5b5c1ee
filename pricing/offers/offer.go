// Package offers reads the offer files of the AWS Price List: the bulk API's
// JSON and CSV, and what GetProducts answers. It takes the meters that pricing
// knows and leaves the rest; it never guesses a Region or a meter.
//
// The format: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file.html
package offers

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"frontdoor/pricing"
)

// Offer is what one offer file says of our meters.
type Offer struct {
	Code      string // "AWSLambda"
	Version   string // "20260919002359"
	Published time.Time
	Rates     []pricing.Rate
	Products  int      // distinct products in the file
	Ignored   int      // those of them that gave no rate
	LeftOut   []string // meters that the file has and that were not taken, with the reason
}

// Read reads one offer file twice, never holding more of it than the products
// of our meters. Rates are in force from the day that the file says, without
// end, and confirmed until its publication. The error is of the first thing
// that is wrong, and names the file and the product, or the line and column.
func Read(name string, r io.ReadSeeker) (Offer, error) {
	c := newCollector()
	err := c.read(r)
	if err == nil && c.code == "" {
		err = errors.New("no offer code: want an offer file of the AWS Price List, JSON or CSV")
	}
	var offer Offer
	if err == nil {
		offer, err = c.offer()
	}
	if err != nil {
		return Offer{}, fmt.Errorf("read offer file %q: %w", name, err)
	}
	return offer, nil
}

// read tells JSON from CSV by the first character.
func (c *collector) read(r io.ReadSeeker) error {
	for _, pass := range []pass{readProducts, readPrices} {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return err
		}
		in := bufio.NewReaderSize(r, 1<<16)
		first, err := firstOf(in)
		switch {
		case errors.Is(err, io.EOF):
			return errors.New("the file is empty")
		case err != nil:
			return err
		case first == '{' || first == '[':
			err = c.readJSON(in, pass)
		default:
			err = c.readCSV(in, pass)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// firstOf is the first character that is not space. A byte order mark, which
// spreadsheets write, is dropped.
func firstOf(in *bufio.Reader) (byte, error) {
	if mark, err := in.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = in.Discard(3) // they were peeked
	}
	for {
		b, err := in.ReadByte()
		if err != nil {
			return 0, err
		}
		if !strings.ContainsRune(" \t\r\n", rune(b)) {
			return b, in.UnreadByte()
		}
	}
}

// pass is one reading of the file: JSON has prices and products apart, in any
// order.
type pass int

const (
	readProducts pass = iota
	readPrices
)

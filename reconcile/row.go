package reconcile

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"frontdoor/pricing"
)

// row is one row of an export, all cells as text. The first cell that is wrong sets
// err, which names the row and the column; later reads are harmless.
type row struct {
	at      string
	columns map[string]int // by name in lower case, as Athena writes them
	cells   []string
	err     error
}

// text is a cell; "" for none, and for a column that the export does not have.
func (r *row) text(column string) string {
	i, ok := r.columns[strings.ToLower(column)]
	if !ok {
		return ""
	}
	return r.cells[i]
}

func (r *row) fail(column, want string, err error) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %s: %w: want %s", r.at, column, err, want)
	}
}

// moment reads a time that must be there.
func (r *row) moment(column string) time.Time {
	at, err := parseTime(r.text(column))
	if err != nil {
		r.fail(column, "a time such as 2026-11-29T07:00:00Z", err)
	}
	return at
}

// cost reads an amount that must be there.
func (r *row) cost(column string) pricing.USD {
	if r.text(column) == "" {
		r.fail(column, "an amount such as 0.0000166667", fmt.Errorf("it is empty"))
		return pricing.USD{}
	}
	if u := r.price(column); u != nil {
		return *u
	}
	return pricing.USD{}
}

// price reads an amount that may be absent.
func (r *row) price(column string) *pricing.USD {
	text := r.text(column)
	if text == "" {
		return nil
	}
	u, err := decimal(text, pricing.ParseUSD)
	if err != nil {
		r.fail(column, "an amount such as 0.0000166667", err)
		return nil
	}
	return &u
}

// quantity reads a quantity that may be absent.
func (r *row) quantity(column string) *pricing.Quantity {
	text := r.text(column)
	if text == "" {
		return nil
	}
	q, err := decimal(text, pricing.ParseQuantity)
	if err != nil {
		r.fail(column, "a quantity such as 0.0020074900", err)
		return nil
	}
	return &q
}

// dollars refuses another currency: AWS's list prices are in dollars.
func (r *row) dollars(column string) {
	if c := r.text(column); c != "USD" {
		r.fail(column, "USD, in which AWS lists its prices", fmt.Errorf("%q", c))
	}
}

// tags reads a map: a JSON object of strings, "" for none.
func (r *row) tags(column string) map[string]string {
	text := r.text(column)
	if text == "" {
		return nil
	}
	var values map[string]*string
	if err := json.Unmarshal([]byte(text), &values); err != nil {
		r.fail(column, `a JSON object of strings such as {"user_team":"a"}`, fmt.Errorf("%.60q", text))
		return nil
	}
	tags := make(map[string]string, len(values))
	for key, value := range values {
		if value != nil {
			tags[key] = *value
		}
	}
	return tags
}

// sum reads a map of amounts, and adds them up: CSV has numbers in it, Parquet's come
// as text.
func (r *row) sum(column string) pricing.USD {
	var total pricing.USD
	text := r.text(column)
	if text == "" {
		return total
	}
	const want = `a JSON object of amounts such as {"EdpDiscount":-0.02}`
	var values map[string]any
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&values); err != nil {
		r.fail(column, want, fmt.Errorf("%.60q", text))
		return total
	}
	for _, value := range values {
		if value == nil {
			continue
		}
		u, err := decimal(fmt.Sprint(value), pricing.ParseUSD)
		if err != nil {
			r.fail(column, want, fmt.Errorf("%.60q", text))
			return total
		}
		total = total.Add(u)
	}
	return total
}

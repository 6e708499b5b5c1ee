package offers

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// plain is a column or attribute name in lower case without spaces and marks:
// JSON has "usagetype" and "regionCode" where CSV has "usageType" and "Region
// Code".
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, name)
}

// columnOf is the CSV's name of a field, for errors.
func columnOf(field string) string {
	return map[string]string{"effectiveDate": "EffectiveDate", "beginRange": "StartingRange",
		"endRange": "EndingRange", "pricePerUnit": "PricePerUnit"}[field]
}

// readCSV reads rows of one price each, below five rows about the file and the
// header. Columns count by name: they differ between offers.
func (c *collector) readCSV(in io.Reader, pass pass) error {
	reader := csv.NewReader(in)
	reader.FieldsPerRecord, reader.ReuseRecord = -1, true
	columns, err := c.csvHead(reader, pass)
	if err != nil {
		return err
	}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line, _ := reader.FieldPos(0)
		if len(record) != len(columns) {
			return fmt.Errorf("line %d: %d columns: want %d as in the header", line, len(record), len(columns))
		}
		if err := c.csvRow(line, columns, record, pass); err != nil {
			return err
		}
	}
}

// csvHead reads up to the header and returns the plain names of the columns.
func (c *collector) csvHead(reader *csv.Reader, pass pass) ([]string, error) {
	about := make(map[string]string)
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil, errors.New("neither JSON nor CSV with a column SKU: want an offer file of the AWS Price List")
		}
		if err != nil {
			return nil, err
		}
		if plain(record[0]) == "sku" {
			return c.csvColumns(about, record, pass)
		}
		if len(record) > 1 {
			about[plain(record[0])] = record[1]
		}
	}
}

func (c *collector) csvColumns(about map[string]string, header []string, pass pass) ([]string, error) {
	columns := make([]string, len(header))
	have := make(map[string]bool)
	for i, name := range header {
		if name := plain(name); !have[name] { // the first of two columns with one name counts
			columns[i], have[name] = name, true
		}
	}
	for _, want := range []string{"SKU", "OfferTermCode", "RateCode", "TermType", "EffectiveDate", "StartingRange", "EndingRange", "PricePerUnit", "Currency", "usageType"} {
		if !have[plain(want)] {
			return nil, fmt.Errorf("no column %s: want the columns of the AWS Price List", want)
		}
	}
	if pass == readPrices {
		return columns, nil
	}
	return columns, c.head(about["offercode"], about["version"], about["publicationdate"])
}

func (c *collector) csvRow(line int, columns, record []string, pass pass) error {
	fields := make(map[string]string, len(columns))
	for i, name := range columns {
		fields[name] = record[i]
	}
	sku := fields["sku"]
	if sku == "" {
		return fmt.Errorf("line %d: SKU is empty", line)
	}
	if pass == readProducts {
		if !c.products[sku] {
			c.product(product{sku, fields})
		}
		return nil
	}
	if fields["termtype"] != "OnDemand" || fields["currency"] != "USD" {
		return nil
	}
	return c.add(sku, price{at: fmt.Sprintf("line %d", line), columns: columnOf,
		term: fields["offertermcode"], code: fields["ratecode"], from: fields["effectivedate"],
		begins: fields["startingrange"], ends: fields["endingrange"], usd: fields["priceperunit"]})
}

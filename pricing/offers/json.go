package offers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// document is one JSON object with products and terms: a bulk file, or one
// product of GetProducts. The head may stand anywhere in it.
type document struct {
	c                        *collector
	dec                      *json.Decoder
	pass                     pass
	code, version, published string
}

// readJSON reads a bulk file, an answer of GetProducts, or a list of what such
// an answer lists.
func (c *collector) readJSON(in io.Reader, pass pass) error {
	dec := json.NewDecoder(in)
	if err := c.readValue(dec, pass); err != nil {
		return fmt.Errorf("offset %d: %w", dec.InputOffset(), err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return fmt.Errorf("offset %d: more follows the end of the document", dec.InputOffset())
	}
	return nil
}

func (c *collector) readValue(dec *json.Decoder, pass pass) error {
	token, err := dec.Token()
	if err != nil {
		return unfinished(err)
	}
	switch token {
	case json.Delim('{'):
		d := document{c: c, dec: dec, pass: pass}
		return d.read()
	case json.Delim('['):
		return c.readList(dec, pass)
	}
	return fmt.Errorf("%v: want an object or a list", token)
}

// readList reads products that are objects or, as AWS's tools print them,
// strings that hold one. The list has been opened.
func (c *collector) readList(dec *json.Decoder, pass pass) error {
	for dec.More() {
		var element json.RawMessage
		if err := dec.Decode(&element); err != nil {
			return unfinished(err)
		}
		var text string
		if json.Unmarshal(element, &text) == nil {
			element = json.RawMessage(text)
		}
		inner := json.NewDecoder(bytes.NewReader(element))
		if token, err := inner.Token(); err != nil || token != json.Delim('{') {
			return fmt.Errorf("an element of the list is no product: %.40q", element)
		}
		d := document{c: c, dec: inner, pass: pass}
		if err := d.read(); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return unfinished(err)
}

// read reads the members of an object that has been opened.
func (d *document) read() error {
	err := d.members(func(name string) error {
		switch name {
		case "offerCode", "serviceCode":
			return d.text(&d.code)
		case "version":
			return d.text(&d.version)
		case "publicationDate":
			return d.text(&d.published)
		case "products":
			return d.object(func(string) error { return d.product() })
		case "product":
			return d.product()
		case "terms":
			return d.object(d.terms)
		case "PriceList":
			if token, err := d.dec.Token(); err != nil || token != json.Delim('[') {
				return fmt.Errorf("PriceList is no list")
			}
			return d.c.readList(d.dec, d.pass)
		}
		return d.skip()
	})
	if err != nil || d.pass != readProducts {
		return err
	}
	return d.c.head(d.code, d.version, d.published)
}

func (d *document) product() error {
	if d.pass != readProducts {
		return d.skip()
	}
	var p struct {
		SKU        string         `json:"sku"`
		Family     string         `json:"productFamily"`
		Attributes map[string]any `json:"attributes"`
	}
	if err := d.dec.Decode(&p); err != nil {
		return unfinished(err)
	}
	if p.SKU == "" {
		return fmt.Errorf("a product has no sku")
	}
	attributes := map[string]string{"productfamily": p.Family}
	for name, value := range p.Attributes {
		if text, ok := value.(string); ok {
			attributes[plain(name)] = text
		}
	}
	d.c.product(product{p.SKU, attributes})
	return nil
}

// terms reads the terms of one type. Others than OnDemand (Reserved, FlatRate
// and what may come) are passed over.
func (d *document) terms(kind string) error {
	if d.pass != readPrices || kind != "OnDemand" {
		return d.skip()
	}
	return d.object(func(key string) error {
		sku, _, _ := strings.Cut(key, ".")
		if _, ok := d.c.candidates[sku]; !ok {
			return d.skip()
		}
		var raw json.RawMessage
		if err := d.dec.Decode(&raw); err != nil {
			return unfinished(err)
		}
		if err := d.c.terms(sku, raw); err != nil {
			return fmt.Errorf("product %q: %w", sku, err)
		}
		return nil
	})
}

// term is one on-demand term of a product.
type term struct {
	Code       string `json:"offerTermCode"`
	Effective  string `json:"effectiveDate"`
	Dimensions map[string]struct {
		Code   string            `json:"rateCode"`
		Begins string            `json:"beginRange"`
		Ends   string            `json:"endRange"`
		Price  map[string]string `json:"pricePerUnit"`
	} `json:"priceDimensions"`
}

// terms takes a term, as GetProducts has it, or an object of terms, as bulk
// files have it.
func (c *collector) terms(sku string, raw json.RawMessage) error {
	var one term
	if err := json.Unmarshal(raw, &one); err != nil {
		return err
	}
	all := map[string]term{"": one}
	if one.Dimensions == nil {
		clear(all)
		if err := json.Unmarshal(raw, &all); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t := all[name]
		for _, key := range slices.Sorted(maps.Keys(t.Dimensions)) {
			dim := t.Dimensions[key]
			usd, ok := dim.Price["USD"]
			if !ok {
				continue // a price list of China, in CNY
			}
			err := c.add(sku, price{at: fmt.Sprintf("price %q", key), columns: func(field string) string { return field },
				term: t.Code, code: dim.Code, from: t.Effective, begins: dim.Begins, ends: dim.Ends, usd: usd})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *document) text(s *string) error { return unfinished(d.dec.Decode(s)) }

// object opens an object and reads its members.
func (d *document) object(member func(name string) error) error {
	token, err := d.dec.Token()
	if err != nil {
		return unfinished(err)
	}
	if token == nil {
		return nil // null
	}
	if token != json.Delim('{') {
		return fmt.Errorf("%v: want an object", token)
	}
	return d.members(member)
}

func (d *document) members(member func(name string) error) error {
	for d.dec.More() {
		token, err := d.dec.Token()
		if err != nil {
			return unfinished(err)
		}
		name, ok := token.(string)
		if !ok {
			return fmt.Errorf("%v: want a name", token)
		}
		if err := member(name); err != nil {
			return err
		}
	}
	_, err := d.dec.Token()
	return unfinished(err)
}

// skip passes over a value without holding it: the reserved terms of an offer
// are most of its file.
func (d *document) skip() error {
	depth := 0
	for {
		token, err := d.dec.Token()
		if err != nil {
			return unfinished(err)
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth <= 0 {
			return nil
		}
	}
}

// unfinished says what io.EOF means within a document.
func unfinished(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return fmt.Errorf("the file ends within a value: %w", io.ErrUnexpectedEOF)
	}
	return err
}

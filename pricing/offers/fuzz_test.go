package offers

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdoor/pricing"
)

// Whatever is read is refused or gives rates that a book takes, from a file of
// the same kind each time.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) < 7 {
		f.Fatalf("%d files: %v", len(files), err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		o, err := Read("x", strings.NewReader(text))
		if err != nil {
			return
		}
		if _, err := pricing.NewBook(o.Rates); err != nil {
			t.Fatal(err)
		}
		if o.Ignored < 0 || o.Ignored > o.Products {
			t.Fatalf("%d of %d products ignored", o.Ignored, o.Products)
		}
		again, err := Read("x", strings.NewReader(text))
		if err != nil || lines(again.Rates) != lines(o.Rates) {
			t.Fatalf("read again: %v\n%s\nwant\n%s", err, lines(again.Rates), lines(o.Rates))
		}
	})
}

// made is one product of a made-up offer.
type made struct {
	sku, usage, group, operation, region string
	bands                                []band
}

type band struct{ begin, end, usd string }

// makeUp is an offer with some of our products and some look-alikes.
func makeUp(random *rand.Rand) (code string, products []made) {
	table := selectors()
	code = table[random.IntN(len(table))].offer
	for i, s := range table {
		if s.offer != code || s.scope != regional || random.IntN(4) == 0 {
			continue
		}
		region := []string{"us-east-1", "eu-west-1", "xx-new-1"}[random.IntN(3)]
		for _, usage := range []string{s.usage, "Outposts-" + s.usage, "EU-" + s.usage} {
			m := made{sku: fmt.Sprintf("SKU%d%s", i, usage[:2]), usage: usage, group: s.want["group"], operation: s.want["operation"], region: region}
			at := 0
			for range random.IntN(3) {
				next := at + 1 + random.IntN(1000)
				m.bands = append(m.bands, band{fmt.Sprint(at), fmt.Sprint(next), fmt.Sprintf("0.%010d", random.IntN(3))})
				at = next
			}
			m.bands = append(m.bands, band{fmt.Sprint(at), "Inf", fmt.Sprintf("0.%010d", random.IntN(1000))})
			random.Shuffle(len(m.bands), func(x, y int) { m.bands[x], m.bands[y] = m.bands[y], m.bands[x] })
			products = append(products, m)
		}
	}
	return code, products
}

func asJSON(code string, products []made) string {
	all, terms := map[string]any{}, map[string]any{}
	for _, m := range products {
		all[m.sku] = map[string]any{"sku": m.sku, "attributes": map[string]string{"usagetype": m.usage, "group": m.group, "operation": m.operation,
			"regionCode": m.region, "locationType": "AWS Region", "transferType": "AWS Outbound", "volumeType": "Standard"}}
		dims := map[string]any{}
		for i, b := range m.bands {
			rate := fmt.Sprintf("%s.T.%d", m.sku, i)
			dims[rate] = map[string]any{"rateCode": rate, "beginRange": b.begin, "endRange": b.end, "unit": "x", "pricePerUnit": map[string]string{"USD": b.usd}}
		}
		terms[m.sku] = map[string]any{m.sku + ".T": map[string]any{"offerTermCode": "T", "effectiveDate": "2026-09-01T00:00:00Z", "priceDimensions": dims}}
	}
	data, _ := json.Marshal(map[string]any{"offerCode": code, "version": "7", "publicationDate": "2026-09-19T00:23:59Z",
		"products": all, "terms": map[string]any{"OnDemand": terms}}) // maps of strings always marshal
	return string(data)
}

func asCSV(code string, products []made) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	rows := [][]string{{"FormatVersion", "v1.0"}, {"Disclaimer", "a, b"}, {"Publication Date", "2026-09-19T00:23:59Z"}, {"Version", "7"}, {"OfferCode", code},
		{"SKU", "OfferTermCode", "RateCode", "TermType", "EffectiveDate", "StartingRange", "EndingRange", "Unit", "PricePerUnit", "Currency",
			"usageType", "Group", "operation", "Region Code", "Location Type", "Transfer Type", "Volume Type"}}
	for _, m := range products {
		for i, d := range m.bands {
			rows = append(rows, []string{m.sku, "T", fmt.Sprintf("%s.T.%d", m.sku, i), "OnDemand", "2026-09-01", d.begin, d.end, "y", d.usd, "USD",
				m.usage, m.group, m.operation, m.region, "AWS Region", "AWS Outbound", "Standard"})
		}
	}
	_ = w.WriteAll(rows) // a strings.Builder takes everything
	return b.String()
}

// The same offer as JSON and as CSV gives the same rates.
func FuzzJSONAndCSVAgree(f *testing.F) {
	for seed := range uint64(24) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		code, products := makeUp(rand.New(rand.NewPCG(seed, 1)))
		x, err := Read("x.json", strings.NewReader(asJSON(code, products)))
		if err != nil {
			t.Fatal(err)
		}
		y, err := Read("x.csv", strings.NewReader(asCSV(code, products)))
		if err != nil {
			t.Fatal(err)
		}
		if lines(x.Rates) != lines(y.Rates) || x.Products != y.Products || x.Ignored != y.Ignored || fmt.Sprint(x.LeftOut) != fmt.Sprint(y.LeftOut) {
			t.Fatalf("JSON:\n%s\n%d %d %q\nCSV:\n%s\n%d %d %q", lines(x.Rates), x.Products, x.Ignored, x.LeftOut, lines(y.Rates), y.Products, y.Ignored, y.LeftOut)
		}
		for _, r := range x.Rates {
			if strings.Contains(r.RateCode, "Ou.") {
				t.Fatalf("a product on Outposts was taken: %s", line(r))
			}
		}
		if len(products) > 0 && len(x.Rates) == 0 && len(x.LeftOut) == 0 {
			t.Fatalf("%s: nothing was read of %d products", code, len(products))
		}
	})
}

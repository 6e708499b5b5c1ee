package offers

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdoor/pricing"
)

func open(t testing.TB, name string) Offer {
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	o, err := Read(name, f)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// line is everything about a rate.
func line(r pricing.Rate) string {
	until := "Inf"
	if r.Tier.Until != nil {
		until = r.Tier.Until.String()
	}
	return fmt.Sprintf("%s %s %s..%s seen %s..%s %s..%s %s %s %s %s", r.Meter, r.Region, r.InForce.From, r.InForce.Until,
		r.Seen.From, r.Seen.Until, r.Tier.From, until, r.USD, r.Unit, r.RateCode, r.Mark)
}

func lines(rates []pricing.Rate) string {
	var all []string
	for _, r := range rates {
		all = append(all, line(r))
	}
	return strings.Join(all, "\n")
}

// Prices, bands and rate codes are those of AWS's metered-unit feed of June 2025
// (https://b0.p.awsstatic.com/pricing/2.0/meteredUnitMaps/), of the published
// GetProducts answer of 2019-04-24, or made up where the code says SYNTH; see
// testdata/README.md. Each file has look-alikes that must not be taken.
func TestRead(t *testing.T) {
	const days = "2026-09-01.. seen 2026-09-01..2026-09-19 "
	for _, c := range []struct {
		file, code, version, published string
		products, ignored              int
		rates                          []string
	}{
		{"AWSLambda-us-east-1.json", "AWSLambda", "20260919002359", "2026-09-19T00:23:59Z", 13, 7, []string{
			"lambda.ephemeral_gb_seconds us-east-1 " + days + "0..Inf 0.0000000309 GB-Seconds CVY5JH8RFRXMP92N.JRTCKXETXF.6YS6EN2CT7 P",
			"lambda.gb_seconds.arm us-east-1 " + days + "0..7500000000 0.0000133334 GB-Seconds 72SBSFWPMDTH8S3J.JRTCKXETXF.6NBUNBXSC3 P",
			"lambda.gb_seconds.arm us-east-1 " + days + "7500000000..18750000000 0.0000120001 GB-Seconds 72SBSFWPMDTH8S3J.JRTCKXETXF.6JGAYSJBNY P",
			"lambda.gb_seconds.arm us-east-1 " + days + "18750000000..Inf 0.0000106667 GB-Seconds 72SBSFWPMDTH8S3J.JRTCKXETXF.AVR3V96UTF P",
			"lambda.gb_seconds.x86 us-east-1 " + days + "0..6000000000 0.0000166667 GB-Seconds TG3M4CAGBA3NYQBH.JRTCKXETXF.CUKFZ388N3 P",
			"lambda.gb_seconds.x86 us-east-1 " + days + "6000000000..15000000000 0.000015 GB-Seconds TG3M4CAGBA3NYQBH.JRTCKXETXF.QZE2SB4KVB P",
			"lambda.gb_seconds.x86 us-east-1 " + days + "15000000000..Inf 0.0000133334 GB-Seconds TG3M4CAGBA3NYQBH.JRTCKXETXF.V7R92EXG27 P",
			"lambda.provisioned_duration_gb_seconds.x86 us-east-1 " + days + "0..Inf 0.0000097222 GB-Seconds ZZF88MXYPS4DGSEZ.JRTCKXETXF.6YS6EN2CT7 P",
			"lambda.provisioned_gb_seconds.x86 us-east-1 " + days + "0..Inf 0.0000041667 GB-Seconds BMKCD2ZCEYKTYYCB.JRTCKXETXF.6YS6EN2CT7 P",
			"lambda.requests us-east-1 " + days + "0..Inf 0.0000002 Requests GU2ZS9HVP6QTQ7KE.JRTCKXETXF.6YS6EN2CT7 P",
		}},
		{"AWSELB-us-east-1.json", "AWSELB", "20260919002359", "2026-09-19T00:23:59Z", 14, 12, []string{
			"alb.hours us-east-1 " + days + "0..Inf 0.0225 Hours 37CUWUT8GSNQEPUV.JRTCKXETXF.6YS6EN2CT7 P",
			"alb.lcu_hours us-east-1 " + days + "0..Inf 0.008 LCU-Hours P2XGEJ8N3KU52WA8.JRTCKXETXF.6YS6EN2CT7 P",
		}},
		{"AWSDataTransfer-us-east-1.json", "AWSDataTransfer", "20260919002359", "2026-09-19T00:23:59Z", 7, 4, []string{
			"egress.internet_gb us-east-1 " + days + "0..10240 0.09 GB SYNTHEGRESSUSE10.JRTCKXETXF.SYNTHBAND1 P",
			"egress.internet_gb us-east-1 " + days + "10240..51200 0.085 GB SYNTHEGRESSUSE10.JRTCKXETXF.SYNTHBAND2 P",
			"egress.internet_gb us-east-1 " + days + "51200..153600 0.07 GB SYNTHEGRESSUSE10.JRTCKXETXF.SYNTHBAND3 P",
			"egress.internet_gb us-east-1 " + days + "153600..Inf 0.05 GB SYNTHEGRESSUSE10.JRTCKXETXF.SYNTHBAND4 P",
			"egress.interregion_gb.ap-northeast-1 us-east-1 " + days + "0..Inf 0.02 GB SYNTHUSE1APN1OUT.JRTCKXETXF.6YS6EN2CT7 P",
			"egress.interregion_gb.us-east-2 us-east-1 " + days + "0..Inf 0.01 GB SYNTHUSE1USE2OUT.JRTCKXETXF.6YS6EN2CT7 P",
		}},
		{"AmazonCloudFront.csv", "AmazonCloudFront", "20260919002359", "2026-09-19T00:23:59Z", 11, 3, []string{
			"cff.invocations global " + days + "0..Inf 0.0000001 Invocations SYNTHFUNCTIONS00.JRTCKXETXF.SYNTHETIC4 P",
			"cloudfront.egress_gb.jp global " + days + "0..10240 0.114 GB CME9BRJSS2F5PBYE.JRTCKXETXF.Q3Z75P77EN P",
			"cloudfront.egress_gb.jp global " + days + "10240..51200 0.089 GB CME9BRJSS2F5PBYE.JRTCKXETXF.VF6T3GAUKQ P",
			"cloudfront.egress_gb.jp global " + days + "51200..153600 0.086 GB CME9BRJSS2F5PBYE.JRTCKXETXF.N9EW5UVVPA P",
			"cloudfront.egress_gb.jp global " + days + "153600..512000 0.084 GB CME9BRJSS2F5PBYE.JRTCKXETXF.AZ7GJS7NVF P",
			"cloudfront.egress_gb.jp global " + days + "512000..1048576 0.08 GB CME9BRJSS2F5PBYE.JRTCKXETXF.3B9CK5AZ6J P",
			"cloudfront.egress_gb.jp global " + days + "1048576..5242880 0.07 GB CME9BRJSS2F5PBYE.JRTCKXETXF.RBMR72YW69 P",
			"cloudfront.egress_gb.jp global " + days + "5242880..Inf 0.06 GB CME9BRJSS2F5PBYE.JRTCKXETXF.SW9U2ZKBYX P",
			"cloudfront.invalidation_paths global " + days + "0..Inf 0.005 Paths SYNTHINVALIDATIO.JRTCKXETXF.SYNTHETIC6 P",
			"cloudfront.requests.http.us global " + days + "0..Inf 0.00000075 Requests NJD45NCV7D7JXRXJ.JRTCKXETXF.6YS6EN2CT7 P",
			"cloudfront.requests.https.us global " + days + "0..Inf 0.000001 Requests NPFD6SEH9MXS8M4J.JRTCKXETXF.6YS6EN2CT7 P",
			"cloudfront.to_origin_gb.jp global " + days + "0..Inf 0.06 GB SYNTHJPORIGIN000.JRTCKXETXF.6YS6EN2CT7 P",
			"edge.gb_seconds ap-northeast-1 " + days + "0..Inf 0.00005001 GB-Seconds JC3XFM9B7WBA85YZ.JRTCKXETXF.6YS6EN2CT7 P",
			"edge.requests ap-northeast-1 " + days + "0..Inf 0.0000006 Requests SYNTHEDGEREQAPN1.JRTCKXETXF.6YS6EN2CT7 P",
		}},
		{"AmazonApiGateway-us-east-1.csv", "AmazonApiGateway", "20260919002359", "2026-09-19T00:23:59Z", 5, 0, []string{
			"apigw.cache_hours.0.5 us-east-1 " + days + "0..Inf 0.02 Hours CXYUE7KWK5ZR38DE.JRTCKXETXF.6YS6EN2CT7 P",
			"apigw.http.requests us-east-1 " + days + "0..300000000 0.000001 Requests FC2TWT2UEPTBKVBX.JRTCKXETXF.9NXBCPDZYR P",
			"apigw.http.requests us-east-1 " + days + "300000000..Inf 0.0000009 Requests FC2TWT2UEPTBKVBX.JRTCKXETXF.Y5DREYKEMT P",
			"apigw.rest.requests us-east-1 " + days + "0..333000000 0.0000035 Requests KKDZ3TFSXUSMCZ3A.JRTCKXETXF.QS4VQ8N7FD P",
			"apigw.rest.requests us-east-1 " + days + "333000000..1000000000 0.0000028 Requests KKDZ3TFSXUSMCZ3A.JRTCKXETXF.DRE2JBTXBV P",
			"apigw.rest.requests us-east-1 " + days + "1000000000..20000000000 0.00000238 Requests KKDZ3TFSXUSMCZ3A.JRTCKXETXF.J4SY3H5SUC P",
			"apigw.rest.requests us-east-1 " + days + "20000000000..Inf 0.00000151 Requests KKDZ3TFSXUSMCZ3A.JRTCKXETXF.KVC36CKCEW P",
			"apigw.websocket.messages us-east-1 " + days + "0..1000000000 0.000001 Messages 3Y5E3ETY2M5CMHYP.JRTCKXETXF.ZN357FEBCK P",
			"apigw.websocket.messages us-east-1 " + days + "1000000000..Inf 0.0000008 Messages 3Y5E3ETY2M5CMHYP.JRTCKXETXF.AGD8ADSNTG P",
			"apigw.websocket.minutes us-east-1 " + days + "0..Inf 0.00000025 Minutes UTA8VPBNDBWNCNMC.JRTCKXETXF.6YS6EN2CT7 P",
		}},
		{"AmazonRoute53.csv", "AmazonRoute53", "20260919002359", "2026-09-19T00:23:59Z", 5, 2, []string{
			"route53.health_checks.aws global " + days + "0..Inf 0.5 Check-Months URRRFRNVRT3XZBG6.JRTCKXETXF.HVPRRUAXWE P",
			"route53.health_checks.other global " + days + "0..Inf 0.75 Check-Months EYUFFNGJ6B6EEPX3.JRTCKXETXF.6YS6EN2CT7 P",
			"route53.queries.standard global " + days + "0..1000000000 0.0000004 Queries SYNTHDNSQUERIES0.JRTCKXETXF.SYNTHETIC7 P",
			"route53.queries.standard global " + days + "1000000000..Inf 0.0000002 Queries SYNTHDNSQUERIES0.JRTCKXETXF.SYNTHETIC8 P",
		}},
		{"get-products-2019.json", "AWSLambda", "20190424183113", "2019-04-24T18:31:13Z", 1, 0, []string{
			"lambda.gb_seconds.x86 eu-west-1 2019-04-01.. seen 2019-04-01..2019-04-24 0..Inf 0.0000166667 GB-Seconds SGGKTWDV7PGMPPSJ.JRTCKXETXF.6YS6EN2CT7 P",
		}},
	} {
		o := open(t, c.file)
		if o.Code != c.code || o.Version != c.version || o.Published.Format("2006-01-02T15:04:05Z07:00") != c.published ||
			o.Products != c.products || o.Ignored != c.ignored || len(o.LeftOut) != 0 {
			t.Errorf("%s: %s %s of %s, %d products, %d ignored, left out %q", c.file, o.Code, o.Version, o.Published, o.Products, o.Ignored, o.LeftOut)
		}
		if got, want := lines(o.Rates), strings.Join(c.rates, "\n"); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", c.file, got, want)
		}
		for _, r := range o.Rates {
			if r.Source != "AWS Price List "+c.code+" "+c.version {
				t.Errorf("%s: source %q", c.file, r.Source)
			}
		}
	}
}

// The answer of GetProducts in every wrapping that AWS's tools give it.
func TestReadGetProducts(t *testing.T) {
	data, err := os.ReadFile("testdata/get-products-2019.json")
	if err != nil {
		t.Fatal(err)
	}
	want := lines(open(t, "get-products-2019.json").Rates)
	text, err := json.Marshal(string(data))
	if err != nil {
		t.Fatal(err)
	}
	for name, doc := range map[string]string{
		"list of objects":   "[" + string(data) + "]",
		"list of strings":   "[" + string(text) + "]",
		"answer":            `{"FormatVersion":"aws_v1","PriceList":[` + string(text) + `],"NextToken":"x"}`,
		"byte order mark":   "\ufeff \n" + string(data),
		"the same one more": "[" + string(text) + "," + string(data) + "]",
	} {
		o, err := Read(name, strings.NewReader(doc))
		if name == "the same one more" {
			if err == nil || !strings.Contains(err.Error(), "tier") {
				t.Errorf("%s: error is %v", name, err) // a band twice
			}
			continue
		}
		if err != nil || lines(o.Rates) != want {
			t.Errorf("%s: %v\n%s", name, err, lines(o.Rates))
		}
	}
}

// Terms before products, and the head at the end.
func TestReadAnyOrder(t *testing.T) {
	data, err := os.ReadFile("testdata/AWSLambda-us-east-1.json")
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, name := range []string{"terms", "products", "publicationDate", "offerCode", "version"} {
		parts = append(parts, fmt.Sprintf("%q:%s", name, members[name]))
	}
	o, err := Read("x", strings.NewReader("{"+strings.Join(parts, ",")+"}"))
	if err != nil || lines(o.Rates) != lines(open(t, "AWSLambda-us-east-1.json").Rates) {
		t.Errorf("%v\n%s", err, lines(o.Rates))
	}
}

func TestReadRefuses(t *testing.T) {
	read := func(file, old, new string) error {
		data, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), old) {
			t.Fatalf("%s has no %q", file, old)
		}
		_, err = Read(file, strings.NewReader(strings.Replace(string(data), old, new, 1)))
		return err
	}
	const lambda, gateway = "AWSLambda-us-east-1.json", "AmazonApiGateway-us-east-1.csv"
	for _, c := range []struct{ file, old, new, want string }{
		{lambda, `"0.0000166667"`, `"1e-5"`, `product "TG3M4CAGBA3NYQBH": price "TG3M4CAGBA3NYQBH.JRTCKXETXF.CUKFZ388N3": pricePerUnit: "1e-5" is not a decimal number`},
		{lambda, `"0.0000166667"`, `"-1"`, `pricePerUnit: -1 is negative`},
		{lambda, `"6000000000",`, `"7000000000",`, `product "TG3M4CAGBA3NYQBH" (Lambda-GB-Second): meter "lambda.gb_seconds.x86" in region "us-east-1": tiers from 2026-09-01: the one before 6000000000 does not end there`},
		{lambda, `"2026-09-01T00:00:00Z"`, `"soon"`, `effectiveDate: "soon" is not a day`},
		{lambda, `"endRange": "Inf"`, `"endRange": "all"`, `endRange: "all" is not a decimal number, nor Inf`},
		{lambda, `"beginRange": "0"`, `"beginRange": "-1"`, `beginRange: -1 is negative`},
		{lambda, `"2026-09-19T00:23:59Z"`, `"yesterday"`, `publication date "yesterday": want a time like 2026-09-19T00:23:59Z`},
		{lambda, `"version": "20260919002359"`, `"version": ""`, `version "": want one like 20260919002359`},
		{lambda, `"offerCode": "AWSLambda"`, `"offerKode": "AWSLambda"`, `no offer code: want an offer file of the AWS Price List`},
		{lambda, `"sku": "GU2ZS9HVP6QTQ7KE"`, `"sku": ""`, `a product has no sku`},
		{lambda, "\n}\n", "\n", `the file ends within a value`},
		{lambda, "\n}\n", "\n}\n{}", `more follows the end of the document`},
		{gateway, `"0.0000035000"`, `"free"`, `line 7: PricePerUnit: "free" is not a decimal number`},
		{gateway, `"333000000","1000000000"`, `"333000001","1000000000"`, `product "KKDZ3TFSXUSMCZ3A" (USE1-ApiGatewayRequest): meter "apigw.rest.requests" in region "us-east-1": tiers from 2026-09-01: the one before 333000001 does not end there`},
		{gateway, `"StartingRange"`, `"Start"`, `no column StartingRange`},
		{gateway, `"KKDZ3TFSXUSMCZ3A",`, ``, `line 7: 21 columns: want 22 as in the header`},
		{gateway, `"KKDZ3TFSXUSMCZ3A",`, `"",`, `line 7: SKU is empty`},
		{gateway, `"KKDZ3TFSXUSMCZ3A",`, `"KKDZ`, `line`},
		{"get-products-2019.json", `"location":"EU (Ireland)"`, `"location":"EU (Atlantis)"`, `product "SGGKTWDV7PGMPPSJ" (EU-Lambda-GB-Second): location "EU (Atlantis)" is of no Region that is known`},
	} {
		err := read(c.file, c.old, c.new)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), fmt.Sprintf("read offer file %q: ", c.file)) {
			t.Errorf("%s for %s: error is %v, want %s", c.new, c.old, err, c.want)
		}
	}
	for text, want := range map[string]string{"": "the file is empty", "hello": "neither JSON nor CSV", "3": "neither JSON nor CSV", "[1]": "is no product",
		`{"offerCode":[]}`: "cannot unmarshal", `[{"serviceCode":"A","version":"1","publicationDate":"2026-09-19T00:23:59Z"},{"serviceCode":"B","version":"1","publicationDate":"2026-09-19T00:23:59Z"}]`: `products of "A" and of "B"`} {
		if _, err := Read("x", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error is %v, want %s", text, err, want)
		}
	}
}

// Two products for one meter that differ are both left out, and said to be; a
// band at $0 that none of our free tiers models is not a rate of ours.
func TestReadLeavesOutWhatIsUnclear(t *testing.T) {
	data, err := os.ReadFile("testdata/AWSELB-us-east-1.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"usagetype": "ReservedLCUUsage"`, `"usagetype": "LCUUsage"`, ""}, // the same price: one of them is taken
		{`"usagetype": "TS-LoadBalancerUsage"`, `"usagetype": "LoadBalancerUsage"`,
			`alb.hours in us-east-1: products "37CUWUT8GSNQEPUV" and "T953TK5KT4BSUVBU" both match and differ in price`},
	} {
		o, err := Read("x", strings.NewReader(strings.Replace(string(data), c.old, c.new, 1)))
		if err != nil || strings.Join(o.LeftOut, "\n") != c.want {
			t.Errorf("%v, left out %q, want %q", err, o.LeftOut, c.want)
		}
	}
	gateway, err := os.ReadFile("testdata/AmazonApiGateway-us-east-1.csv")
	if err != nil {
		t.Fatal(err)
	}
	o, err := Read("x", strings.NewReader(strings.Replace(string(gateway), "0.0000010000", "0.0000000000", 1)))
	if err != nil || len(o.LeftOut) != 1 || !strings.Contains(o.LeftOut[0], `apigw.http.requests in us-east-1: product "FC2TWT2UEPTBKVBX" is free in its first band`) {
		t.Errorf("%v, left out %q", err, o.LeftOut)
	}
}

// A product with two terms has two prices, one after the other.
func TestReadTermsInSuccession(t *testing.T) {
	const head = `{"offerCode":"AWSELB","version":"1","publicationDate":"2026-09-19T00:23:59Z","products":{"A":{"sku":"A","attributes":{"usagetype":"EUC1-LCUUsage","operation":"LoadBalancing:Application","location":"EU (Frankfurt)"}}},"terms":{"OnDemand":{"A":{`
	const one = `"A.%s":{"offerTermCode":"%s","effectiveDate":"%s","priceDimensions":{"x":{"rateCode":"A.%s.6YS6EN2CT7","beginRange":"0","endRange":"Inf","pricePerUnit":{"USD":"%s"}}}}`
	text := head + fmt.Sprintf(one, "N", "N", "2026-12-01T00:00:00Z", "N", "0.009") + "," + fmt.Sprintf(one, "M", "M", "2026-09-01T00:00:00Z", "M", "0.008") + `}}}}`
	o, err := Read("x", strings.NewReader(text))
	want := "alb.lcu_hours eu-central-1 2026-09-01..2026-11-30 seen 2026-09-01..2026-09-19 0..Inf 0.008 LCU-Hours A.M.6YS6EN2CT7 P\n" +
		"alb.lcu_hours eu-central-1 2026-12-01.. seen 2026-12-01..2026-12-01 0..Inf 0.009 LCU-Hours A.N.6YS6EN2CT7 P"
	if err != nil || lines(o.Rates) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, lines(o.Rates), want)
	}
}

func TestRegionOf(t *testing.T) {
	for _, c := range []struct{ usage, code, location, want string }{
		{"EU-Lambda-GB-Second", "eu-west-1", "", "eu-west-1"},
		{"EUN1-Lambda-GB-Second", "eu-north-1", "EU (Stockholm)", "eu-north-1"}, // not in our table: the file says it
		{"EU-Lambda-GB-Second", "", "EU (Ireland)", "eu-west-1"},
		{"Lambda-GB-Second", "", "US East (N. Virginia)", "us-east-1"},
		{"APN1-Lambda-GB-Second", "", "", "ap-northeast-1"},
		{"USE1-Lambda-GB-Second", "", "", "us-east-1"},
		{"Lambda-GB-Second", "", "", ""},
		{"EU-Lambda-GB-Second", "", "Atlantis", ""},
	} {
		p := product{"A", map[string]string{"usagetype": c.usage, "regioncode": c.code, "location": c.location}}
		prefix, rest := splitUsage(c.usage)
		if got := regionOf(p, "", prefix); got != c.want || rest != "Lambda-GB-Second" {
			t.Errorf("%+v: %q, usage %q", c, got, rest)
		}
	}
}

// The table agrees with the shipped book: units are the book's, a first band at
// $0 is dropped only where a free tier grants it, and no two rows take the same
// product.
func TestSelectorsAgreeWithTheBook(t *testing.T) {
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	units := map[pricing.Meter]string{}
	for _, r := range book.All() {
		units[r.Meter] = r.Unit
	}
	day := pricing.NewDate(2020, 1, 1)
	now := pricing.NewDate(2026, 11, 22)
	checked, free := 0, 0
	seen := map[string]bool{}
	for _, s := range selectors() {
		key := fmt.Sprint(s.offer, " ", s.scope, " ", s.usage, " ", s.want["operation"])
		if seen[key] || s.why == "" || s.unit == "" {
			t.Errorf("%s: twice, or without reason or unit", key)
		}
		seen[key] = true
		meter := s.meter
		if s.scope == zonal {
			meter = pricing.Zone("us").Meter(string(s.meter))
		}
		unit, known := units[meter]
		if !known {
			continue
		}
		checked++
		if unit != s.unit {
			t.Errorf("%s: unit %q, the book has %q", meter, s.unit, unit)
		}
		if s.freeBand {
			free++
			if len(book.FreeQuantities(meter, day)) == 0 && len(book.FreeQuantities(meter, now)) == 0 {
				t.Errorf("%s: a first band at $0 is dropped, and no free tier grants it", meter)
			}
		}
	}
	if checked < 10 || free == 0 {
		t.Errorf("%d meters and %d free bands were checked", checked, free)
	}
}

func TestSources(t *testing.T) {
	var global []string
	sources := Sources()
	for _, s := range sources {
		if s.Global {
			global = append(global, s.Code)
		}
	}
	if !slices.Equal(global, []string{"AmazonCloudFront", "AmazonRoute53"}) || len(sources) != 12 {
		t.Errorf("%d sources, global are %q", len(sources), global)
	}
}

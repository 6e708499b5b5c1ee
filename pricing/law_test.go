package pricing

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// optionSets is every free tier, with and without other usage in the account.
func optionSets(day Date) []BillOptions {
	var sets []BillOptions
	for _, free := range []FreeTier{FreeNone, FreeAlways, FreeNewAccount} {
		sets = append(sets, BillOptions{AsOf: day, FreeTier: free}, BillOptions{AsOf: day, FreeTier: free, Account: []Item{
			{Meter: EgressGB, Region: "us-east-1", Quantity: Count(20_000)},
			{Meter: LambdaGBSecondsX86, Region: "us-east-1", Quantity: Count(250_000)},
			{Meter: LambdaRequests, Region: "ap-northeast-1", Quantity: Count(5_000_000)},
			{Meter: Zone("us").Meter(CloudFrontEgressGB), Region: Global, Quantity: Ratio(2047, 2)},
		}})
	}
	return sets
}

// The law of curves: a curve is what bills say, exactly, wherever it is read,
// and the float64 one is the same to 12 digits. 2024 had the 12-month tiers.
func TestCurvesAreBills(t *testing.T) {
	book := shipped(t)
	rng := rand.New(rand.NewPCG(3, 14))
	for _, day := range []Date{NewDate(2018, time.June, 1), NewDate(2024, time.July, 1), NewDate(2026, time.November, 22)} {
		rules, err := book.Rules(day, InitSwitch{})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range sixFronts() {
			if book.exists(w.Kind, day) != nil {
				continue
			}
			w.Traffic.ViewerZones = map[Zone]Quantity{"us": Ratio(3, 4), "jp": Ratio(1, 4)}
			for _, o := range optionSets(day) {
				u, err := UsageOf(w, rules)
				if err != nil {
					t.Fatal(err)
				}
				curve, err := book.Curve(u, AlongRequests, o)
				if err != nil {
					t.Fatal(err)
				}
				float, err := book.FloatCurve(u, AlongRequests, o)
				if err != nil {
					t.Fatal(err)
				}
				for range 12 {
					v := w
					v.Traffic.RequestsPerMonth = int64(math.Pow(10, 1+10*rng.Float64()))
					v.Duration = w.Duration
					sameAsBill(t, book, v, rules, o, curve, float, Count(v.Traffic.RequestsPerMonth))
				}
				along, err := book.Curve(u, AlongBilledMS, o)
				if err != nil {
					t.Fatal(err)
				}
				float, err = book.FloatCurve(u, AlongBilledMS, o)
				if err != nil {
					t.Fatal(err)
				}
				for _, ms := range []int64{0, 1, 50, 400, 5_000, 900_000} {
					ms = ms / rules.Of(w.Kind).Granularity.Value * rules.Of(w.Kind).Granularity.Value
					v := w
					v.Duration = Recorded{{DurationUS: ms * 1000, InitUS: -1}}
					sameAsBill(t, book, v, rules, o, along, float, Count(ms))
				}
			}
		}
	}
}

func sameAsBill(t *testing.T, book *Book, w Workload, rules Rules, o BillOptions, c Curve, f FloatCurve, x Quantity) {
	t.Helper()
	u, err := UsageOf(w, rules)
	if err != nil {
		t.Fatal(err)
	}
	bill, err := book.Bill(u, o)
	if err != nil || bill.Unavailable != "" {
		t.Fatal(err, bill.Unavailable)
	}
	if got := c.At(x); !got.Equal(bill.Total) {
		t.Errorf("%s on %s, free tier %s: the curve says %s at %s, the bill %s", w.Front, o.AsOf, o.FreeTier, got, x, bill.Total)
	}
	if got, want := f.At(x.Float()), bill.Total.Float(); math.Abs(got-want) > 1e-12*(1+math.Abs(want)*1e3) {
		t.Errorf("%s on %s, free tier %s: the float64 curve says %g at %s, the bill %g", w.Front, o.AsOf, o.FreeTier, got, x, want)
	}
}

// randomItems is a month on up to six meters, tier edges and their neighbours
// among the quantities.
func randomItems(t testing.TB, book *Book, rng *rand.Rand, day Date) []Item {
	t.Helper()
	meters := book.Meters()
	var items []Item
	for len(items) < 1+rng.IntN(6) {
		m := meters[rng.IntN(len(meters))]
		regions := book.Regions(m)
		region := regions[rng.IntN(len(regions))]
		rates, err := book.Rates(m, region, day)
		if err != nil {
			continue
		}
		edge := rates[rng.IntN(len(rates))].Tier.From
		q := edge.Add(Ratio(rng.Int64N(1_000_000), 1+rng.Int64N(1_000)))
		items = append(items, Item{Meter: m, Region: region, Quantity: q})
	}
	return merged(items)
}

func total(t testing.TB, book *Book, items []Item, o BillOptions) USD {
	t.Helper()
	bill, err := book.Bill(Usage{Items: items}, o)
	if err != nil || bill.Unavailable != "" {
		t.Fatal(err, bill.Unavailable)
	}
	var sum USD
	for _, l := range bill.Lines {
		sum = sum.Add(l.Amount)
	}
	if !sum.Equal(bill.Total) {
		t.Fatalf("lines add up to %s, the total is %s", sum, bill.Total)
	}
	return bill.Total
}

// More of anything never costs less.
func TestBillsAreMonotone(t *testing.T) {
	book, day := shipped(t), NewDate(2024, time.December, 1)
	rng := rand.New(rand.NewPCG(1, 1))
	for range 1500 {
		items := randomItems(t, book, rng, day)
		more := append([]Item{}, items...)
		i := rng.IntN(len(more))
		more[i].Quantity = more[i].Quantity.Add(Ratio(1+rng.Int64N(1_000_000), 1+rng.Int64N(100)))
		for _, o := range optionSets(day) {
			if a, b := total(t, book, items, o), total(t, book, more, o); b.Cmp(a) < 0 {
				t.Fatalf("free tier %s: %s of %s costs %s, more of it %s", o.FreeTier, items[i].Quantity, items[i].Meter, a, b)
			}
		}
	}
}

// An account pays for what its fronts use together, however it is split: two
// fronts on one bill cost what their sum costs, and the second costs, beside the
// first as the rest of the account, what it adds.
func TestSplitUsageCostsTheSame(t *testing.T) {
	book, day := shipped(t), NewDate(2024, time.December, 1)
	rng := rand.New(rand.NewPCG(2, 2))
	for range 1000 {
		items := randomItems(t, book, rng, day)
		var one, two []Item
		for _, item := range items {
			part, rest := item, item
			part.Quantity = item.Quantity.Mul(Ratio(rng.Int64N(8), 7))
			if part.Quantity.Cmp(item.Quantity) > 0 {
				part.Quantity = item.Quantity
			}
			rest.Quantity = item.Quantity.Sub(part.Quantity)
			one, two = append(one, part), append(two, rest)
		}
		for _, free := range []FreeTier{FreeNone, FreeAlways, FreeNewAccount} {
			o := BillOptions{AsOf: day, FreeTier: free}
			whole := total(t, book, items, o)
			if got := total(t, book, append(append([]Item{}, one...), two...), o); !got.Equal(whole) {
				t.Fatalf("free tier %s: the whole costs %s, its parts on one bill %s: %v", free, whole, got, items)
			}
			if len(items) > 1 {
				continue // which meter of a pool gets a free quantity may differ
			}
			beside := o
			beside.Account = one
			if got := total(t, book, one, o).Add(total(t, book, two, beside)); !got.Equal(whole) {
				t.Fatalf("free tier %s: the whole costs %s, one part after the other %s: %v", free, whole, got, items)
			}
		}
	}
}

// At the edge of a tier the cost does not jump: one unit more costs the price of
// the next band, one less saves that of the band before.
func TestTiersAreContinuous(t *testing.T) {
	book, day := shipped(t), NewDate(2026, time.November, 22)
	o := BillOptions{AsOf: day, FreeTier: FreeNone}
	edges := 0
	for _, m := range book.Meters() {
		for _, region := range book.Regions(m) {
			rates, err := book.Rates(m, region, day)
			if err != nil {
				continue
			}
			for i, r := range rates[1:] {
				edges++
				bill := func(q Quantity) USD {
					return total(t, book, []Item{{Meter: m, Region: region, Quantity: q}}, o)
				}
				edge := r.Tier.From
				if got := bill(edge.Add(Count(1))).Sub(bill(edge)); !got.Equal(r.USD) {
					t.Errorf("%s %s: one above %s costs %s more, want %s", m, region, edge, got, r.USD)
				}
				if got := bill(edge).Sub(bill(edge.Sub(Count(1)))); !got.Equal(rates[i].USD) {
					t.Errorf("%s %s: one below %s costs %s less, want %s", m, region, edge, got, rates[i].USD)
				}
			}
		}
	}
	if edges < 50 {
		t.Errorf("only %d edges", edges)
	}
}

package reconcile_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"frontdoor/pricing"
	"frontdoor/pricing/offers"
	"frontdoor/reconcile"
)

// times multiplies a cell; "" stays "".
func times(cell, factor string) string {
	if cell == "" {
		return ""
	}
	x, ok := new(big.Rat).SetString(cell)
	f, _ := new(big.Rat).SetString(factor)
	if !ok {
		panic(cell)
	}
	return x.Mul(x, f).FloatString(14)
}

// mistake changes one line of a bill; nil when the line cannot have it.
type mistake func(b bill, w words, row int) *bill

func changed(b bill) *bill { return &b }

func mistakes() map[string]mistake {
	quantity := func(factor string) mistake {
		return func(b bill, w words, row int) *bill {
			return changed(b.with(row, map[string]string{w.quantity: times(b.get(row, w.quantity), factor), w.cost: times(b.get(row, w.cost), factor)}))
		}
	}
	return map[string]mistake{
		"more":    quantity("2"),
		"less":    quantity("0.5"),
		"missing": func(b bill, w words, row int) *bill { return changed(b.without(row)) },
		"rate": func(b bill, w words, row int) *bill {
			cells := map[string]string{w.cost: times(b.get(row, w.cost), "1.5"), w.rate: times(b.get(row, w.rate), "1.5"), w.list: times(b.get(row, w.list), "1.5")}
			if x, _ := new(big.Rat).SetString(b.get(row, w.cost)); x.Sign() == 0 {
				cells = map[string]string{w.cost: "0.01"}
			}
			return changed(b.with(row, cells))
		},
		"Region": func(b bill, w words, row int) *bill {
			usage := b.get(row, w.usage)
			if b.get(row, w.region) == "" { // CloudFront's zones
				_, rest, _ := strings.Cut(usage, "-")
				return changed(b.with(row, map[string]string{w.usage: "JP-" + rest}))
			}
			for _, prefix := range []string{"USE1-", "EU-"} {
				usage = strings.TrimPrefix(usage, prefix)
			}
			return changed(b.with(row, map[string]string{w.usage: "EUC1-" + usage, w.region: "eu-central-1"}))
		},
	}
}

// Each mistake in each line of the run, in each export, is named: the line of the
// meter, Region and hour is beyond the tolerance and no other, but for the one in
// which a line of the wrong Region turns up.
func TestOneMistakeIsNamed(t *testing.T) {
	in := input(t, known(t))
	made := 0
	for _, name := range []string{"cur-2.0.csv", "focus-1.0.csv", "focus-1.2.csv"} {
		b, w := load(t, name), wordsOf(name)
		_, right := charges(t, synthetic(name))
		for row := range b.rows {
			meter, region, ok := estimated(in, b, w, row)
			if some := testing.Short() || name != "cur-2.0.csv"; !ok || some && row%4 != 0 { // all of one export, and some of the others
				continue
			}
			for what, make := range mistakes() {
				if meter == pricing.IPv4Hours && (what == "more" || what == "Region") {
					continue // without a tag: what is more may be anybody's
				}
				made++
				over := map[string]bool{}
				res := judged(t, in, slices.Concat(right[:row], misread(t, b, make(b, w, row), row), right[row+1:]))
				for _, l := range res.Lines {
					if l.Over {
						over[string(l.Meter)+" "+l.Region+" "+l.From.Format("15")] = true
					}
				}
				hour := strings.ReplaceAll(b.get(row, w.start), "T", " ")[11:13]
				want := string(meter) + " " + region + " " + hour
				if most := map[bool]int{false: 1, true: 2}[what == "Region"]; !over[want] || len(over) != most || len(res.Over()) != most {
					t.Errorf("%s row %d (%s), %s: %v is over, want %s", name, row+2, b.get(row, w.usage), what, over, want)
				}
			}
		}
	}
	if made < 130 {
		t.Fatalf("%d mistakes were made", made)
	}
}

// misread is the one line in which a bill is wrong, read from a file; none when it is
// missing.
func misread(t testing.TB, right bill, wrong *bill, row int) []reconcile.Charge {
	if len(wrong.rows) < len(right.rows) {
		return nil
	}
	_, list := charges(t, bill{wrong.header, wrong.rows[row : row+1]}.save(t))
	return list
}

// judged holds an input against lines that were read.
func judged(t testing.TB, in reconcile.Input, list []reconcile.Charge) *reconcile.Result {
	t.Helper()
	r, err := reconcile.New(in)
	check(t, err)
	for _, c := range list {
		check(t, r.Add(c))
	}
	res, err := r.Result(nil)
	check(t, err)
	return res
}

// estimated is what a line of the bill counts, if the run has an estimate of it and
// the line is the run's, or nobody's.
func estimated(in reconcile.Input, b bill, w words, row int) (pricing.Meter, string, bool) {
	kind, tags := b.get(row, w.kind), b.get(row, w.tags)
	if kind != "Usage" && kind != "SavingsPlanCoveredUsage" || strings.Contains(tags, "quickstart-0000") || strings.Contains(b.get(row, w.start), "11-24") {
		return "", "", false
	}
	meter, region, err := offers.MeterOf(offers.Usage{Service: b.get(row, w.service), UsageType: b.get(row, w.usage), Operation: b.get(row, w.operation), Region: b.get(row, w.region)})
	if err != nil {
		return "", "", false
	}
	for _, u := range in.Spent.Uses {
		if u.Meter == meter && u.Region == region {
			return meter, region, true
		}
	}
	return "", "", false
}

// A line that the run has no estimate of is a residual of its own, also at $0 and
// also when it counts no meter of bench.
func TestExtraLineIsNamed(t *testing.T) {
	in := input(t, known(t))
	for _, name := range []string{"cur-2.0.csv", "focus-1.0.csv", "focus-1.2.csv"} {
		b, w := load(t, name), wordsOf(name)
		for _, c := range []struct {
			cells map[string]string
			want  string
		}{
			{map[string]string{w.usage: "Lambda-Provisioned-GB-Second", w.quantity: "9", w.cost: "0.0000874998"}, "lambda.provisioned_duration_gb_seconds.x86 in us-east-1, 2026-11-22 15:00: line 1"},
			{map[string]string{w.usage: "APN1-Request", w.region: "ap-northeast-1"}, "lambda.requests in ap-northeast-1, 2026-11-22 15:00"},
			{map[string]string{w.usage: "Lambda-Nobody-Knows", w.cost: "0.02"}, "AWSLambda Lambda-Nobody-Knows (Invoke): no meter of bench"},
		} {
			over := against(t, in, b.plus(0, c.cells).save(t)).Over()
			if len(over) != 1 || !strings.HasPrefix(over[0], strings.TrimSuffix(c.want, "line 1")) {
				t.Errorf("%s: %q, want %q", name, over, c.want)
			}
		}
	}
}

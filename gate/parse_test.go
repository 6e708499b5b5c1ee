package gate

import (
	"errors"
	"reflect"
	"testing"
)

func p95(front string) Term { return Term{Metric: &Metric{Name: "p", Percent: 95, Front: front}} }

func named(name string) Term { return Term{Metric: &Metric{Name: name}} }

func TestParse(t *testing.T) {
	overhead := func(percent float64, front string) Term {
		return Term{Metric: &Metric{Name: "overhead_p", Percent: percent, Front: front}}
	}
	tests := []struct {
		text        string
		left, right Sum
		op, written string
		is          Dimension
		fronts      []string
	}{
		{"p(95)<200", Sum{p95("")}, Sum{{Quantity: 0.2}}, "<", "p(95) < 200ms", Time, nil}, // k6: bare times are milliseconds
		{"rate<0.01", Sum{named("rate")}, Sum{{Quantity: 0.01}}, "<", "rate < 1%", Share, nil},
		{" rate < 1% ", Sum{named("rate")}, Sum{{Quantity: 0.01}}, "<", "rate < 1%", Share, nil},
		{"count>=500", Sum{named("count")}, Sum{{Quantity: 500}}, ">=", "count >= 500", Count, nil},
		{"usd_per_million<1.50", Sum{named("usd_per_million")}, Sum{{Quantity: 1.5}}, "<", "usd_per_million < $1.50", Money, nil},
		{"$1234.5678 > usd_per_month", Sum{{Quantity: 1234.5678}}, Sum{named("usd_per_month")}, ">", "$1234.5678 > usd_per_month", Money, nil},
		{"overhead_p(99)[url]<20ms", Sum{overhead(99, "url")}, Sum{{Quantity: 0.02}}, "<", "overhead_p(99)[url] < 20ms", Time, []string{"url"}},
		{"overhead_p99<20ms", Sum{overhead(99, "")}, Sum{{Quantity: 0.02}}, "<", "overhead_p(99) < 20ms", Time, nil},
		{"overhead_p99.9[a]<=0", Sum{overhead(99.9, "a")}, Sum{{}}, "<=", "overhead_p(99.9)[a] <= 0", Time, []string{"a"}},
		{"p(95)[alb] <= p(95)[http-api] + 5ms", Sum{p95("alb")}, Sum{p95("http-api"), {Quantity: 0.005}}, "<=",
			"p(95)[alb] <= p(95)[http-api] + 5ms", Time, []string{"alb", "http-api"}},
		{"p(95)[a]-p(95)[b]<1.5s-500us", Sum{p95("a"), {Minus: true, Metric: p95("b").Metric}},
			Sum{{Quantity: 1.5}, {Minus: true, Quantity: 500e-6}}, "<", "p(95)[a] - p(95)[b] < 1.5s - 500us", Time, []string{"a", "b"}},
		{"2s != max", Sum{{Quantity: 2}}, Sum{named("max")}, "!=", "2s != max", Time, nil},
	}
	for _, test := range tests {
		got, err := Parse(test.text)
		if err != nil {
			t.Errorf("%q %v", test.text, err)
			continue
		}
		want := Gate{got.Text, test.left, test.right, test.op}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n got %+v\nwant %+v", test.text, got, want)
		}
		if got.String() != test.written || got.Dimension() != test.is || !reflect.DeepEqual(got.Fronts(), test.fronts) {
			t.Errorf("%q is %q, %q, fronts %q", test.text, got, got.Dimension(), got.Fronts())
		}
	}
	if g, err := Parse(" rate < 1% "); err != nil || g.Text != "rate < 1%" {
		t.Errorf("text %q, %v", g.Text, err)
	}
}

func TestParseMistakes(t *testing.T) {
	tests := map[string]string{
		"":                             "ends where a metric or a number belongs",
		"p(95)":                        "ends where a comparison (<, <=, >, >=, ==, !=) belongs",
		"p(95) <":                      "ends where a metric or a number belongs",
		"p(95) < 200 ms":               `has "ms" where its end belongs`,
		"p(95) << 200":                 `has "< 200" where a metric or a number belongs`,
		"p(95) = 200":                  `has "= 200" where a comparison (<, <=, >, >=, ==, !=) belongs`,
		"p95 < 200":                    `has the metric "p95", which is not known, did you mean "p(95)"`,
		"p99.9 < 200":                  `has the metric "p99.9", which is not known, did you mean "p(99.9)"`,
		"p < 200":                      "has p(), which is not a percentile between 0 and 100",
		"p(0) < 200":                   "has p(0), which is not a percentile between 0 and 100",
		"p(100) < 200":                 "has p(100), which is not a percentile between 0 and 100",
		"p(NaN) < 200":                 "has p(NaN), which is not a percentile between 0 and 100",
		"p(9e1) < 200":                 "has p(9e1), which is not a percentile between 0 and 100",
		"overhead_p < 200":             "has overhead_p(), which is not a percentile between 0 and 100",
		"overhead_p100 < 200":          "has overhead_p(100), which is not a percentile between 0 and 100",
		"overhead_p99(99) < 200":       `has the metric "overhead_p99", which is not known, did you mean "overhead_p"`,
		"avg(5) < 200":                 "has avg with an argument, which it does not take",
		"avg() < 200":                  "has avg with an argument, which it does not take",
		"speed < 200":                  `has the metric "speed", which is not known`,
		"q < 200":                      `has the metric "q", which is not known`,
		"usd_per_milion < 200":         `has the metric "usd_per_milion", which is not known, did you mean "usd_per_million"`,
		"counts < 200":                 `has the metric "counts", which is not known, did you mean "count"`,
		"avg[] < 200":                  "has empty brackets: a front's id belongs there",
		"avg < rate":                   "compares a time with a share",
		"rate < 5ms":                   "compares a share with a number in ms",
		"avg < $5":                     "compares a time with a number in $",
		"usd_per_month < 5%":           "compares an amount of money with a number in %",
		"count > 500k":                 `has "k" where its end belongs`,
		"count > 1000000000000":        "has the number 1000000000000, which is too large",
		"1 < 2":                        "has no metric",
		"avg < -5":                     `has "-5" where a metric or a number belongs`,
		"avg < 5 and max < 9 and more": `has "and max < 9 and more" where its end belongs`,
		"avg < 5 and max < 9 or more":  `has "and max < 9 or more" where its end belongs`,
		"avg < 5, max < 9, p(95) < 99": `has ", max < 9, p(95) < 9..." where its end belongs`,
	}
	for text, want := range tests {
		_, err := Parse(text)
		var wrong *Error
		if !errors.As(err, &wrong) || *wrong != (Error{text, want}) {
			t.Errorf("%q\n got %v\nwant %s", text, err, want)
		}
	}
	if _, err := Parse("rate"); err == nil || err.Error() != `gate "rate" ends where a comparison (<, <=, >, >=, ==, !=) belongs` {
		t.Errorf("got %v", err)
	}
}

// What a gate is written as is read as the same gate, and written the same again.
func FuzzParseOfString(f *testing.F) {
	for _, text := range []string{
		"p(95)<200", "rate<0.01", "rate < 1%", "count>=500", "usd_per_million<$1.50", "overhead_p99.9[url]<20ms",
		"p(95)[alb] <= p(95)[http-api] + 5ms", "p(95)[a] - p(95)[b] < 1s - 500us", "2s != max", "0 == min", "p95<1", "",
		"avg < 1000.0000000000002", "med > 0.000000000000001us", "rate<0.000000000000001", "max<999999999999.999999999999999s",
		"usd_per_month<=123456789.123456789012345", "p(0.000000000000001)<999999999999999us",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(g.String())
		if err != nil {
			t.Fatalf("%q is written as %q: %v", text, g, err)
		}
		if again.Text != again.String() {
			t.Errorf("%q is written as %q and then as %q", text, again.Text, again)
		}
		again.Text = g.Text
		if !reflect.DeepEqual(again, g) {
			t.Errorf("%q is written as %q, which is another gate\n got %+v\nwant %+v", text, g, again, g)
		}
	})
}

package scenarios

import (
	"reflect"
	"testing"
)

func TestGateParses(t *testing.T) {
	p95 := func(front string) Term { return Term{Metric: &Metric{Name: "p", Percent: 95, Front: front}} }
	tests := []struct {
		text        string
		left, right Sum
		op          string
	}{
		{"p(95)<200", Sum{p95("")}, Sum{{Quantity: 0.2}}, "<"}, // k6: bare times are milliseconds
		{"rate<0.01", Sum{{Metric: &Metric{Name: "rate"}}}, Sum{{Quantity: 0.01}}, "<"},
		{"rate < 1%", Sum{{Metric: &Metric{Name: "rate"}}}, Sum{{Quantity: 0.01}}, "<"},
		{"count>=500", Sum{{Metric: &Metric{Name: "count"}}}, Sum{{Quantity: 500}}, ">="},
		{"usd_per_million<1.50", Sum{{Metric: &Metric{Name: "usd_per_million"}}}, Sum{{Quantity: 1.5}}, "<"},
		{"overhead_p(99)[url]<20ms", Sum{{Metric: &Metric{Name: "overhead_p", Percent: 99, Front: "url"}}}, Sum{{Quantity: 0.02}}, "<"},
		{"p(95)[alb] <= p(95)[http-api] + 5ms", Sum{p95("alb")}, Sum{p95("http-api"), {Quantity: 0.005}}, "<="},
		{"p(95)[a] - p(95)[b] < 1s - 500us", Sum{p95("a"), {Minus: true, Metric: p95("b").Metric}},
			Sum{{Quantity: 1}, {Minus: true, Quantity: 500e-6}}, "<"},
		{"2s != max", Sum{{Quantity: 2}}, Sum{{Metric: &Metric{Name: "max"}}}, "!="},
	}
	for _, test := range tests {
		var got Gate
		if err := got.set(literal{test.text, "!!str"}); err != nil {
			t.Errorf("%q %v", test.text, err)
			continue
		}
		for _, sum := range []Sum{got.Left, got.Right} {
			for i := range sum {
				sum[i].unit = ""
			}
		}
		want := Gate{test.text, test.left, test.right, test.op}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n got %+v\nwant %+v", test.text, got, want)
		}
	}
}

func TestGateMistakes(t *testing.T) {
	tests := map[string]string{
		"":                             "ends where a metric or a number belongs",
		"p(95)":                        "ends where a comparison (<, <=, >, >=, ==, !=) belongs",
		"p(95) <":                      "ends where a metric or a number belongs",
		"p(95) < 200 ms":               `has "ms" where its end belongs`,
		"p(95) << 200":                 `has "< 200" where a metric or a number belongs`,
		"p(95) = 200":                  `has "= 200" where a comparison (<, <=, >, >=, ==, !=) belongs`,
		"p95 < 200":                    `has the metric "p95", which is not known`,
		"p < 200":                      "has p(), which is not a percentile between 0 and 100",
		"p(100) < 200":                 "has p(100), which is not a percentile between 0 and 100",
		"p(NaN) < 200":                 "has p(NaN), which is not a percentile between 0 and 100",
		"avg(5) < 200":                 "has avg with an argument, which it does not take",
		"speed < 200":                  `has the metric "speed", which is not known`,
		"avg[] < 200":                  "has empty brackets: a front's id belongs there",
		"avg < rate":                   "compares a time with a share",
		"rate < 5ms":                   "compares a share with a number in ms",
		"usd_per_month < 5%":           "compares an amount of money with a number in %",
		"1 < 2":                        "has no metric",
		"avg < -5":                     `has "-5" where a metric or a number belongs`,
		"avg < 5 and max < 9 and more": `has "and max < 9 and more" where its end belongs`,
	}
	for text, want := range tests {
		var g Gate
		if err := g.set(literal{text, "!!str"}); err == nil || err.Error() != want {
			t.Errorf("%q\n got %v\nwant %s", text, err, want)
		}
	}
}

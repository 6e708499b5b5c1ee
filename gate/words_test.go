package gate

import (
	"fmt"
	"testing"
)

func TestWords(t *testing.T) {
	number := func(x float64, d Dimension) string {
		return map[Dimension]string{Time: fmt.Sprintf("%.1f ms", 1000*x), Money: fmt.Sprintf("$%.2f", x), Share: fmt.Sprintf("%.1f %%", 100*x), Count: fmt.Sprint(x)}[d]
	}
	for text, want := range map[string]string{
		"p(95)[six] < 245":                    "p(95) of six is 200.0 ms [163.9 ms, 244.1 ms], the limit is 245.0 ms",
		"p(95)[six] >= 245":                   "p(95) of six is 200.0 ms [163.9 ms, 244.1 ms], the least is 245.0 ms",
		"244 > p(95)[six]":                    "p(95) of six is 200.0 ms [163.9 ms, 244.1 ms], the limit is 244.0 ms: the interval holds both sides of the limit",
		"p(95)[six] < p(95)[later]":           "p(95) of six is 200.0 ms [163.9 ms, 244.1 ms], p(95) of later is 220.0 ms [183.6 ms, 263.7 ms], the margin is 20.0 ms",
		"count[six] == 500":                   "count of six is 500, it must be 500",
		"count[six] != 5":                     "count of six is 500, it must not be 5",
		"rate[many] <= 1%":                    "rate of many is 0.0 % [0.0 %, 0.4 %], the limit is 1.0 %",
		"usd_per_month[six] < $9.50":          "usd_per_month of six is $5.00 [$1.00, $9.00], the limit is $9.50",
		"p(95)[none] < 200":                   "p(95) of none: was not measured",
		"p(95)[two] < 200":                    "p(95) of two is 200.0 ms, the limit is 200.0 ms: no interval: needs 3 rounds and there are 2",
		"max[six] <= overhead_p99[six] + 1ms": "max of six is 500.0 ms, overhead_p(99) of six + 1ms is 2.0 ms [-9.9 ms, 13.9 ms], the margin is -498.0 ms [-509.9 ms, -486.1 ms]",
	} {
		if got := Words(Judge(parsed(t, text), table{figures: figures()})[0], number); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

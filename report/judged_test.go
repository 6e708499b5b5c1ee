package report

import (
	"strings"
	"testing"

	"frontdoor/gate"
)

// A front is not refused because another one is slower than it.
func TestFrontsThatAGateJudges(t *testing.T) {
	for text, want := range map[string]string{
		"p(95) < 200":                                  "",
		"p(95)[alb] < 200":                             "alb",
		"200 > p(95)[alb]":                             "alb",
		"p(95)[alb] > 1":                               "alb",
		"p(95)[alb] <= p(95)[url] + 5ms":               "alb",
		"p(95)[url] + 5ms >= p(95)[alb]":               "alb",
		"p(95)[url] + p(95)[alb] < 2ms":                "alb url",
		"p(95)[url] + p(95)[url] < p(95)[alb]":         "url",
		"count[alb] >= count[url]":                     "alb",
		"usd_per_month[url] == usd_per_month[alb]":     "alb url",
		"usd_per_month[url] < usd_per_month[http-api]": "url",
	} {
		g, err := gate.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(judged(g), " "); got != want {
			t.Errorf("%s: it judges %q, want %q", text, got, want)
		}
	}
}

package scenarios

import "strings"

// Gate is a condition that decides the exit code, such as "p(95)<200" or
// "p(95)[alb] <= p(95)[http-api] + 5ms". This package checks that it reads well
// (metrics, units and fronts are known); it does not evaluate it.
type Gate struct {
	Text        string // as written
	Left, Right Sum
	Op          string // "<", "<=", ">", ">=", "==" or "!="
}

// Sum is terms added up.
type Sum []Term

// Term is one metric or one quantity, to be added or taken away.
type Term struct {
	Minus    bool
	Metric   *Metric // nil: the term is Quantity
	Quantity float64 // in seconds, dollars, shares (0 to 1) or requests
	unit     string  // as written, until it is converted
}

// Metric is a measured quantity.
type Metric struct {
	Name    string  // one that dimensionOf knows
	Percent float64 // of p and overhead_p: 95 for p(95); else 0
	Front   string  // "" is every front
}

// dimension is what a metric measures; both sides of a gate have the same one.
type dimension string

const (
	inTime  dimension = "a time"
	inShare dimension = "a share"
	inCount dimension = "a number of requests"
	inMoney dimension = "an amount of money"
)

// dimensionOf lists the metrics. Those without a prefix mean what k6 means by them
// for http_req_duration and, for rate, http_req_failed:
// https://grafana.com/docs/k6/latest/using-k6/thresholds/
func dimensionOf(metric string) (dimension, bool) {
	switch metric {
	case "p", "avg", "min", "med", "max":
		return inTime, true // response time
	case "overhead_p":
		return inTime, true // response time without the function's own duration
	case "rate":
		return inShare, true // failed requests
	case "count":
		return inCount, true // requests
	case "usd_per_million", "usd_per_month":
		return inMoney, true
	}
	return "", false
}

func (g *Gate) set(l literal) error {
	p := gateParser{rest: l.text}
	parsed, err := p.gate()
	if err != nil {
		return err
	}
	parsed.Text = l.text
	*g = parsed
	return nil
}

func (g *Gate) want() string {
	return `a gate such as "p(95)<200", "rate<0.01" or "p(95)[alb] <= p(95)[http-api] + 5ms"`
}

func (g *Gate) schema() *schema {
	return &schema{Type: "string", Pattern: `^[^<>=!]+(<|<=|>|>=|==|!=)[^<>=!]+$`}
}

// Fronts lists the fronts that the gate names, as often as it does.
func (g Gate) Fronts() []string {
	var ids []string
	for _, sum := range []Sum{g.Left, g.Right} {
		for _, t := range sum {
			if t.Metric != nil && t.Metric.Front != "" {
				ids = append(ids, t.Metric.Front)
			}
		}
	}
	return ids
}

// String is the gate as written.
func (g Gate) String() string { return strings.TrimSpace(g.Text) }

package scenarios

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// gateParser reads a gate from left to right:
//
//	gate   = sum op sum
//	sum    = term { ("+" | "-") term }
//	term   = number [unit] | metric [ "(" percent ")" ] [ "[" front "]" ]
//	op     = "<" | "<=" | ">" | ">=" | "==" | "!="
//	unit   = "us" | "ms" | "s" | "%"      a bare time is in ms, as in k6
//
// Its errors are phrases that follow the quoted gate.
type gateParser struct {
	rest string
	is   dimension // of the metrics so far
}

var (
	gateOp     = regexp.MustCompile(`^\s*(<=|>=|==|!=|<|>)\s*`)
	gateSign   = regexp.MustCompile(`^\s*([+-])\s*`)
	gateNumber = regexp.MustCompile(`^\s*([0-9]{1,15}(?:\.[0-9]{1,15})?)(us|ms|s|%)?`)
	gateMetric = regexp.MustCompile(`^\s*([a-z_][a-z_0-9]*)(?:\(([^()]*)\))?(?:\[([^\[\]]*)\])?`)
)

// take cuts re's match off the text and returns its groups, or nil.
func (p *gateParser) take(re *regexp.Regexp) []string {
	m := re.FindStringSubmatch(p.rest)
	if m != nil {
		p.rest = p.rest[len(m[0]):]
	}
	return m
}

func (p *gateParser) gate() (Gate, error) {
	var g Gate
	var err error
	if g.Left, err = p.sum(); err != nil {
		return Gate{}, err
	}
	op := p.take(gateOp)
	if op == nil {
		return Gate{}, p.stuck("a comparison (<, <=, >, >=, ==, !=)")
	}
	g.Op = op[1]
	if g.Right, err = p.sum(); err != nil {
		return Gate{}, err
	}
	if strings.TrimSpace(p.rest) != "" {
		return Gate{}, p.stuck("its end")
	}
	if err := p.settle(g.Left); err != nil {
		return Gate{}, err
	}
	return g, p.settle(g.Right)
}

func (p *gateParser) sum() (Sum, error) {
	var sum Sum
	for minus := false; ; {
		t, err := p.term()
		if err != nil {
			return nil, err
		}
		t.Minus = minus
		sum = append(sum, t)
		sign := p.take(gateSign)
		if sign == nil {
			return sum, nil
		}
		minus = sign[1] == "-"
	}
}

func (p *gateParser) term() (Term, error) {
	if m := p.take(gateNumber); m != nil {
		n, err := strconv.ParseFloat(m[1], 64)
		return Term{Quantity: n, unit: m[2]}, err
	}
	m := p.take(gateMetric)
	if m == nil {
		return Term{}, p.stuck("a metric or a number")
	}
	metric, err := p.metric(m[0], m[1], m[2], m[3])
	return Term{Metric: metric}, err
}

func (p *gateParser) metric(text, name, percent, id string) (*Metric, error) {
	is, ok := dimensionOf(name)
	switch {
	case !ok:
		return nil, fmt.Errorf("has the metric %q, which is not known", name)
	case p.is != "" && p.is != is:
		return nil, fmt.Errorf("compares %s with %s", p.is, is)
	case strings.Contains(text, "[") && id == "":
		return nil, errors.New("has empty brackets: a front's id belongs there")
	}
	p.is = is
	m := &Metric{Name: name, Front: id}
	if name == "p" || name == "overhead_p" {
		n, err := strconv.ParseFloat(percent, 64)
		if err != nil || !decimal.MatchString(percent) || n <= 0 || n >= 100 {
			return nil, fmt.Errorf("has %s(%s), which is not a percentile between 0 and 100", name, percent)
		}
		m.Percent = n
	} else if strings.Contains(text, "(") {
		return nil, fmt.Errorf("has %s with an argument, which it does not take", name)
	}
	return m, nil
}

// settle converts the numbers of s to base units, now that the metrics have said
// what is compared.
func (p *gateParser) settle(s Sum) error {
	if p.is == "" {
		return errors.New("has no metric")
	}
	for i, t := range s {
		if t.Metric != nil {
			continue
		}
		factor, ok := map[dimension]map[string]float64{
			inTime:  {"": 1e-3, "us": 1e-6, "ms": 1e-3, "s": 1},
			inShare: {"": 1, "%": 0.01},
			inCount: {"": 1},
			inMoney: {"": 1},
		}[p.is][t.unit]
		if !ok {
			return fmt.Errorf("compares %s with a number in %s", p.is, t.unit)
		}
		s[i].Quantity = t.Quantity * factor
	}
	return nil
}

func (p *gateParser) stuck(wanted string) error {
	rest := strings.TrimSpace(p.rest)
	if rest == "" {
		return fmt.Errorf("ends where %s belongs", wanted)
	}
	if len(rest) > 20 {
		rest = strings.ToValidUTF8(rest[:20], "") + "..."
	}
	return fmt.Errorf("has %q where %s belongs", rest, wanted)
}

package gate

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Error says why a text is not a gate.
type Error struct {
	Text    string // all of it, as given
	Problem string // a phrase to follow the quoted text: `ends where a number belongs`
}

func (e *Error) Error() string { return fmt.Sprintf("gate %q %s", e.Text, e.Problem) }

// Parse reads a gate; the package comment has the grammar. Its error is an *Error.
func Parse(text string) (Gate, error) {
	p := parser{rest: text}
	g, err := p.gate()
	if err != nil {
		return Gate{}, &Error{text, err.Error()}
	}
	g.Text = strings.TrimSpace(text)
	return g, nil
}

// parser reads a gate from left to right. Its errors are an Error's Problem.
type parser struct {
	rest    string
	is      Dimension // of the metrics so far
	numbers []number  // in the order of their terms, until is tells their units
}

// number is a quantity as written.
type number struct{ digits, mark string }

// maxDecimals is what the patterns allow behind a number's point.
const maxDecimals = 15

var (
	opPattern     = regexp.MustCompile(`^\s*(<=|>=|==|!=|<|>)\s*`)
	signPattern   = regexp.MustCompile(`^\s*([+-])\s*`)
	numberPattern = regexp.MustCompile(`^\s*(\$?)([0-9]{1,15}(?:\.[0-9]{1,15})?)(us|ms|s|%)?`)
	metricPattern = regexp.MustCompile(`^\s*([a-z_][a-z_0-9]*(?:\.[0-9]+)?)(\([^()]*\))?(\[[^\[\]]*\])?`)
	// The percent of the p99 in overhead_p99, which is overhead_p(99).
	shortPattern   = regexp.MustCompile(`^(overhead_p)([0-9].*)$`)
	percentPattern = regexp.MustCompile(`^[0-9]{1,2}(\.[0-9]{1,15})?$`)
)

// take cuts re's match off the text and returns its groups, or nil.
func (p *parser) take(re *regexp.Regexp) []string {
	m := re.FindStringSubmatch(p.rest)
	if m != nil {
		p.rest = p.rest[len(m[0]):]
	}
	return m
}

func (p *parser) gate() (Gate, error) {
	var g Gate
	var err error
	if g.Left, err = p.sum(); err != nil {
		return Gate{}, err
	}
	op := p.take(opPattern)
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
	return g, p.settle(g)
}

func (p *parser) sum() (Sum, error) {
	var sum Sum
	for minus := false; ; {
		t, err := p.term()
		if err != nil {
			return nil, err
		}
		t.Minus = minus
		sum = append(sum, t)
		sign := p.take(signPattern)
		if sign == nil {
			return sum, nil
		}
		minus = sign[1] == "-"
	}
}

func (p *parser) term() (Term, error) {
	if m := p.take(numberPattern); m != nil {
		p.numbers = append(p.numbers, number{m[2], m[1] + m[3]})
		return Term{}, nil
	}
	m := p.take(metricPattern)
	if m == nil {
		return Term{}, p.stuck("a metric or a number")
	}
	metric, err := p.metric(m[1], m[2], m[3])
	return Term{Metric: metric}, err
}

// metric is the one of that name, with its argument and its front in their brackets,
// or "" where there are none.
func (p *parser) metric(name, argument, front string) (*Metric, error) {
	if m := shortPattern.FindStringSubmatch(name); m != nil && argument == "" {
		name, argument = m[1], "("+m[2]+")"
	}
	is, ok := dimensionOf(name)
	switch {
	case !ok:
		return nil, fmt.Errorf("has the metric %q, which is not known%s", name, suggestion(name))
	case p.is != "" && p.is != is:
		return nil, fmt.Errorf("compares %s with %s", p.is, is)
	case front == "[]":
		return nil, fmt.Errorf("has empty brackets: a front's id belongs there")
	case argument != "" && !percentile(name):
		return nil, fmt.Errorf("has %s with an argument, which it does not take", name)
	}
	p.is = is
	m := &Metric{Name: name, Front: strings.Trim(front, "[]")}
	if percentile(name) {
		percent := strings.Trim(argument, "()")
		n, err := strconv.ParseFloat(percent, 64)
		if err != nil || !percentPattern.MatchString(percent) || n <= 0 || n >= 100 {
			return nil, fmt.Errorf("has %s(%s), which is not a percentile between 0 and 100", name, percent)
		}
		m.Percent = n
	}
	return m, nil
}

// settle gives the quantities of g their values in base units, now that the
// metrics have said what is compared.
func (p *parser) settle(g Gate) error {
	if p.is == "" {
		return fmt.Errorf("has no metric")
	}
	for _, s := range []Sum{g.Left, g.Right} {
		for i := range s {
			if s[i].Metric != nil {
				continue
			}
			n := p.numbers[0]
			p.numbers = p.numbers[1:]
			q, ok := p.is.read(n.digits, n.mark)
			if !ok {
				return fmt.Errorf("compares %s with a number in %s", p.is, n.mark)
			}
			if p.is == Share && q > 1 {
				return fmt.Errorf("has the share %s, which is more than all: a share is 0 to 1, or 0%% to 100%%", n.digits+n.mark)
			}
			if q >= maxQuantity {
				return fmt.Errorf("has the number %s, which is too large", n.digits)
			}
			s[i].Quantity = q
		}
	}
	return nil
}

func (p *parser) stuck(wanted string) error {
	rest := strings.TrimSpace(p.rest)
	if rest == "" {
		return fmt.Errorf("ends where %s belongs", wanted)
	}
	if len(rest) > 20 {
		rest = strings.ToValidUTF8(rest[:20], "") + "..."
	}
	return fmt.Errorf("has %q where %s belongs", rest, wanted)
}

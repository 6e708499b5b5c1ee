package stats

import (
	"fmt"
	"math"
)

// Rule is when a comparison becomes a verdict.
type Rule struct {
	Alpha float64 // share of families in which some verdict of faster or slower may be false
	Delta float64 // margin: a ratio from 1/(1+Delta) to 1+Delta is too small to matter
}

// Judge gives the comparisons of a family, chosen before they were looked at,
// their adjusted p and their verdict, in place.
//
// A ratio whose whole interval lies within the margin is equivalent, whether or
// not it excludes 1. Otherwise B is faster or slower when both agree: the
// interval excludes 1, and P after Holm over the family is below Alpha. All else
// is inconclusive, with about how many more rounds would tell. It is an error
// when Alpha is not between 0 and 1 or Delta is not a positive number.
func Judge(family []*Comparison, o Rule) error {
	if !(o.Alpha > 0 && o.Alpha < 1) {
		return fmt.Errorf("alpha %g: it must lie between 0 and 1, like 0.05", o.Alpha)
	}
	if !(o.Delta > 0) || math.IsInf(o.Delta, 1) {
		return fmt.Errorf("delta %g: it must be a positive share, like 0.05", o.Delta)
	}
	ps := make([]float64, len(family))
	for i, c := range family {
		ps[i] = c.P
	}
	for i, p := range Holm(ps) {
		family[i].Adjusted = p
		family[i].judge(o, len(family))
	}
	return nil
}

func (c *Comparison) judge(o Rule, comparisons int) {
	c.Verdict, c.MoreRounds = Inconclusive, 0
	if !c.Ratio.HasInterval() || math.IsNaN(c.Adjusted) {
		c.note("no verdict: " + c.lacks())
		return
	}
	below, above := c.Ratio.Hi < 1, c.Ratio.Lo > 1
	sure := c.Adjusted < o.Alpha
	switch {
	case c.Ratio.Lo >= 1/(1+o.Delta) && c.Ratio.Hi <= 1+o.Delta:
		c.Verdict = Equivalent
		if sure && (below || above) {
			c.note("different, too small to matter")
		}
	case sure && below:
		c.Verdict = Faster
	case sure && above:
		c.Verdict = Slower
	default:
		c.MoreRounds = c.more(o, comparisons)
	}
}

// lacks says what a verdict would need.
func (c *Comparison) lacks() string {
	switch {
	case c.Ratio.Refused != "":
		return c.Ratio.Refused
	case c.Ratio.Note != "":
		return c.Ratio.Note
	case !c.Ratio.HasInterval():
		return "the ratio has no interval"
	}
	return "there is no test"
}

// more is about how many more rounds would tell: what finds a difference of the
// margin, or the one that is there where the interval excludes 1 and it is larger, and
// what the test needs to reach alpha in its family. Where there are as many already,
// the interval sets it (a pooled tail varies more than the rounds' own figures say):
// until it is as wide as one side of the margin, when it cannot both touch 1 and leave
// the margin.
func (c *Comparison) more(o Rule, comparisons int) int {
	least := LeastRounds(comparisons, o.Alpha)
	if c.Test == "rank-sum" {
		least = leastRoundsOfRuns(comparisons, o.Alpha)
	}
	alpha := o.Alpha / float64(max(1, comparisons)) // the strictest that Holm asks for
	if c.Ratio.Hi < 1 || c.Ratio.Lo > 1 {           // only the test is missing
		return max(1, planRounds(c.SD, max(o.Delta, c.apart()), alpha)-c.Pairs, least-c.Pairs)
	}
	needed := max(planRounds(c.SD, o.Delta, alpha), least)
	if needed <= c.Pairs {
		share := math.Log(c.Ratio.Hi/c.Ratio.Lo) / math.Log1p(o.Delta)
		needed = int(math.Ceil(float64(c.Pairs) * min(share*share, 1e6)))
	}
	return max(0, needed-c.Pairs)
}

// apart is the difference that the test has to find, as a share. It ranks the rounds'
// own figures, and those may lie closer together than the pooled ones: a tail that a
// few rounds make is in every interval, and the same in no test.
func (c *Comparison) apart() float64 {
	by := math.Log(c.Ratio.Point)
	if rounds := math.Log(c.Shift.Point); c.Shift.Point > 0 {
		if by < 0 {
			rounds = -rounds
		}
		return math.Expm1(max(0, min(math.Abs(by), rounds)))
	}
	return math.Expm1(math.Abs(by))
}

package gate

import "frontdoor/stats"

// Words says a result in one phrase, with figures as number writes them (unit
// included): "p(95) of alb is 4.21 ms [4.02 ms, 4.42 ms], the limit is 200 ms".
func Words(r Result, number func(float64, Dimension) string) string {
	if r.Outcome == Invalid {
		return r.Why
	}
	figure := func(e stats.Estimate) string {
		text := number(e.Point, r.Unit)
		if low, high := number(e.Lo, r.Unit), number(e.Hi, r.Unit); e.HasInterval() && (low != text || high != text) {
			text += " [" + low + ", " + high + "]"
		}
		return text
	}
	text := r.What + " is " + figure(r.Value) + ", "
	if r.Against == "" {
		text += r.wanted() + " " + figure(r.Limit)
	} else {
		text += r.Against + " is " + figure(r.Limit) + ", the margin is " + figure(r.Margin)
	}
	if r.Why != "" {
		text += ": " + r.Why
	}
	return text
}

func (r Result) wanted() string {
	switch r.Op {
	case ">", ">=":
		return "the least is"
	case "==":
		return "it must be"
	case "!=":
		return "it must not be"
	}
	return "the limit is"
}

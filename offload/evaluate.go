package offload

// Result is every option over the same history.
type Result struct {
	Params   Params
	Seed     uint64
	Outcomes []Outcome // in the order of Options
}

// Of returns the outcome of an option.
func (r *Result) Of(o Option) (Outcome, bool) {
	for _, out := range r.Outcomes {
		if out.Option == o {
			return out, true
		}
	}
	return Outcome{}, false
}

// Evaluate simulates every option, or those named. It is a pure function: the same
// parameters and seed give the same result.
func Evaluate(p Params, seed uint64, options ...Option) Result {
	if len(options) == 0 {
		options = Options()
	}
	h := newHistory(&p, seed)
	r := Result{Params: p, Seed: seed}
	for _, o := range options {
		r.Outcomes = append(r.Outcomes, newRun(&p, seed, o, h).finish())
	}
	return r
}

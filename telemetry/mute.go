package telemetry

import (
	"frontdoor/front"
	"frontdoor/record"
)

// handsOn reports whether a distribution has several functions of Lambda@Edge, of which
// one is at a request event: where that hands the request on it has no answer to tell
// itself in, and that of another function does not tell of it.
func handsOn(f record.Front) bool {
	functions := functionsOf(f)
	for _, one := range functions {
		if one.Kind == front.EdgeViewerRequest || one.Kind == front.EdgeOriginRequest {
			return len(functions) > 1
		}
	}
	return false
}

// mute reports whether no answer told an invocation of a group's function, in whichever
// Region it ran, though other functions of its front may have been told.
func (p *pursuit) mute(g *group) bool {
	for _, f := range g.fronts {
		if !p.handsOn[f] {
			return false
		}
	}
	for _, o := range p.groups {
		if o.name != g.name {
			continue
		}
		for _, v := range o.invocations() {
			if _, told := p.told.trials[v.RequestID]; told {
				return false
			}
		}
	}
	return true
}

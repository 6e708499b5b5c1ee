package main

import (
	"context"
	"net/http"
	"strings"

	"frontdoor/deploy/apply"
	"frontdoor/scenarios"
)

// probes are the scenario's first request to every deployed front, as a run would send
// it, with what it must be answered with.
func (o *deployOptions) probes(ctx context.Context, env *env, s *loaded) ([]apply.Probe, error) {
	t, err := loadTargets(o.targets, nil)
	if err != nil {
		return nil, err
	}
	at, err := s.on(t)
	if err != nil {
		return nil, err
	}
	if err := at.prepare(ctx, env); err != nil {
		return nil, err
	}
	var probes []apply.Probe
	for _, f := range at.Fronts {
		first := at.Requests[0].Named(scenarios.SessionAside(f.ID))
		sign := at.credentials.signer(f.ID)
		probes = append(probes, apply.Probe{Front: f.ID, Status: first.Expect.For(f.ID).Status, Request: func(ctx context.Context) (*http.Request, error) {
			r, err := http.NewRequestWithContext(ctx, first.Method, f.URL+first.Target(), strings.NewReader(first.Body))
			if err != nil {
				return nil, err
			}
			for name, value := range first.Headers {
				r.Header.Set(name, value)
			}
			if sign == nil {
				return r, nil
			}
			return r, sign(r)
		}})
	}
	return probes, nil
}

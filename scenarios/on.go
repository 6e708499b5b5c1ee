package scenarios

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"frontdoor/gate"
)

// On is the scenario with its fronts where the targets say; only, when given, selects
// some of them. Without it all must be deployed: beside figures of AWS those of a front
// in the lab would compare machines. What the lab simulates is left out, for there the
// real thing is measured: distance, and the clock of outages.
//
// An error of the targets file is an *Error with the place; others are of only, or of
// the scenario.
func (s *Scenario) On(t *Targets, only ...string) (*Scenario, error) {
	if err := s.suits(t); err != nil {
		return nil, err
	}
	on, c := *s, t.checker()
	on.Distance, on.Speed, on.Fronts, on.Requests = nil, 1, slices.Clone(s.Fronts), s.withoutKeys()
	for i, target := range t.Fronts {
		on.put(c, fmt.Sprintf("fronts[%d]", i), target)
	}
	if c.first != nil {
		return nil, c.first
	}
	if err := on.choose(only); err != nil {
		return nil, err
	}
	on.checkWhole(c)
	if c.first != nil {
		return nil, c.first
	}
	if err := on.refuseLiterals(); err != nil {
		return nil, err
	}
	of := slices.DeleteFunc(slices.Clone(s.Warnings), func(w Warning) bool { return w.Field == "load.http" }) // the lab's
	on.Warnings = append(of, c.sorted()...)
	return &on, nil
}

// suits refuses targets of another scenario, and a scenario without fronts.
func (s *Scenario) suits(t *Targets) error {
	c := t.checker()
	switch {
	case t.Scenario != s.Name:
		c.fail("scenario", fmt.Sprintf("%q is not the scenario that is run, %q", t.Scenario, s.Name), "targets of "+s.Name)
	case s.Offload != nil:
		c.fail("scenario", fmt.Sprintf("%q has offload instead of fronts", t.Scenario), "a scenario of fronts")
	default:
		return nil
	}
	return c.first
}

// put deploys the front of a target, which stands at path of the file.
func (s *Scenario) put(c *checker, path string, t Target) {
	ids := s.ids()
	i := slices.Index(ids, t.ID)
	if i < 0 {
		c.fail(path+".id", fmt.Sprintf("%q is no front of the scenario%s", t.ID, gate.DidYouMean(t.ID, ids)), "one of "+strings.Join(ids, ", "))
		return
	}
	f := &s.Fronts[i]
	if f.Domain != nil || len(f.Outages) > 0 {
		c.fail(path+".id", fmt.Sprintf("%q has a domain or outages, which only the lab brings about", t.ID), "a front without them")
		return
	}
	f.Deployed, f.Region = t.Deployed, or(t.Region, f.Region)
	f.Viewer, f.Timeout, f.Concurrency, f.Environment, f.Command = "", 0, 0, nil, nil
	f.deployed()
	f.checkIdentifiers(c, path, identifiersOf(f.Kind), t.has)
	f.checkDeployedFunctions(c, path)
	f.Auth.check(c, path+".auth")
	if version := s.Load.HTTP; version != "1.1" && !f.https() {
		c.fail(path+".url", fmt.Sprintf("is not https, which HTTP/%s needs, and the scenario has http: %q", version, version), "an https url")
	}
	if f.Kind.Edge() && f.Region != "us-east-1" {
		c.fail(path+".region", fmt.Sprintf("%q is not where a Lambda@Edge function is made", f.Region), "us-east-1")
	}
}

// withoutKeys is the requests without the keys of the lab's own APIs, which are no
// secret: a deployed API has another, and who is to send it has it by auth.
func (s *Scenario) withoutKeys() []Request {
	requests := slices.Clone(s.Requests)
	for i, r := range requests {
		requests[i].Headers = maps.Clone(r.Headers)
		maps.DeleteFunc(requests[i].Headers, func(name, value string) bool {
			return strings.EqualFold(name, "x-api-key") && slices.ContainsFunc(s.Fronts, func(f Front) bool { return f.Gateway != nil && f.Gateway.APIKey == value })
		})
	}
	return requests
}

// has reports whether the target has the identifier.
func (t Target) has(name string) bool {
	f, _ := fieldNamed(t.identifiers(), name)
	value, ok := f.into.(*string)
	return ok && *value != ""
}

// choose keeps the fronts of only, or all when it is empty.
func (s *Scenario) choose(only []string) error {
	if len(only) == 0 {
		return nil
	}
	ids := s.ids()
	for _, id := range only {
		if !slices.Contains(ids, id) {
			return fmt.Errorf("%q is no front of scenario %q%s: want some of %s", id, s.Name, gate.DidYouMean(id, ids), strings.Join(ids, ", "))
		}
	}
	s.Fronts = slices.DeleteFunc(s.Fronts, func(f Front) bool { return !slices.Contains(only, f.ID) })
	for _, g := range s.Gates {
		for _, id := range g.Fronts() {
			if !slices.Contains(only, id) {
				return fmt.Errorf("gate %q names the front %q, which is not among those chosen: %s", g.Text, id, strings.Join(only, ", "))
			}
		}
	}
	return nil
}

// checkWhole refuses a scenario of which a part would be the lab's.
func (s *Scenario) checkWhole(c *checker) {
	var lab, deployed []string
	for _, f := range s.Fronts {
		if f.Lab() {
			lab = append(lab, f.ID)
		} else {
			deployed = append(deployed, f.ID)
		}
	}
	if len(lab) > 0 {
		c.fail("fronts", "lacks "+strings.Join(lab, ", ")+", and a run cannot mix fronts of the lab with deployed ones", "every front of the scenario, or --fronts "+strings.Join(deployed, ","))
	}
}

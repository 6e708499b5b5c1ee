package deploy

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/scenarios"
)

// Refusal is something of a scenario that cannot be deployed. It prints as one line,
// as the mistakes of scenarios do:
//
//	mine.yaml: fronts[2].domain: cannot be deployed yet: want the front without it, ...
type Refusal struct {
	File    string
	Line    int // and column, from 1
	Column  int
	Field   string // "fronts[2].domain"
	Problem string
	Want    string
}

func (r *Refusal) Error() string {
	return (&scenarios.Error{File: r.File, Line: r.Line, Column: r.Column, Field: r.Field, Problem: r.Problem, Want: r.Want}).Error()
}

const notYet = "cannot be deployed yet"

// refusal is the first thing of the scenario that cannot be deployed, nil for none.
func (c Config) refusal() error {
	s := c.Scenario
	if s.Offload != nil {
		return c.refuse("offload", notYet, "a scenario with fronts")
	}
	for i, f := range s.Fronts {
		path := fmt.Sprintf("fronts[%d]", i)
		for _, part := range []func(string, scenarios.Front) error{c.refuseFront, c.refuseCode, c.refuseEnvironment, c.refuseGateway, c.refuseCloudFront, c.refuseData} {
			if err := part(path, f); err != nil {
				return err
			}
		}
	}
	for i, t := range s.Tables {
		path := fmt.Sprintf("tables[%d]", i)
		if len(t.Regions) > 1 {
			return c.refuse(path+".regions", "global tables cannot be deployed yet", "one region")
		}
	}
	if u, found := s.Unplayed(); found {
		return c.refuse(u.Field, u.Problem, u.Want)
	}
	return c.refuseBuckets()
}

func (c Config) refuse(field, problem, want string) error {
	file := c.File
	if file == "" {
		file = c.Scenario.Name
	}
	line, column := c.Scenario.Position(field)
	return &Refusal{file, line, column, field, problem, want}
}

// refuseFront tests what a front is.
func (c Config) refuseFront(path string, f scenarios.Front) error {
	switch {
	case !f.Lab():
		return c.refuse(path+".url", "the front is deployed already", "the front without url")
	case f.Domain != nil:
		return c.refuse(path+".domain", notYet, "a front in one Region")
	case len(f.Outages) > 0:
		return c.refuse(path+".outages", "no Region of AWS fails at will", "the front without them")
	case f.Version != "":
		return c.refuse(path+".version", "AWS numbers the versions", "the front without it")
	}
	return nil
}

// refuseCode tests what runs behind a front.
func (c Config) refuseCode(path string, f scenarios.Front) error {
	if f.Kind == front.CloudFrontFunction { // whose code is no program
		return nil
	}
	handler, command := c.runs(f)
	given := c.Packages[f.ID] != ""
	field := path + ".command"
	if slices.Equal(command, c.Scenario.Command) { // the format hands it on to the fronts
		field = "command"
	}
	switch {
	case command != nil && f.Kind.Edge():
		return c.refuse(field, "a program of your own cannot be deployed to the edge yet", "a built-in handler")
	case command != nil && !given:
		return c.refuse(field, fmt.Sprintf("front %q runs %q here, which is no package for Lambda", f.ID, strings.Join(command, " ")),
			"a package for it, a zip with a bootstrap for provided.al2023, or a built-in handler")
	case command == nil && given:
		return c.refuse(path, fmt.Sprintf("runs the built-in handler %q, and a package is given", handler), "command, or no package")
	}
	return nil
}

// refuseData wants a handler's table to be where the handler looks for it. At the edge
// each function's is looked at by itself.
func (c Config) refuseData(path string, f scenarios.Front) error {
	if f.Kind.CloudFront() {
		return nil
	}
	handler, _ := c.runs(f)
	return c.refuseTable(path, handler, f.Environment)
}

func (c Config) refuseTable(path, handler string, variables map[string]string) error {
	use, ok := tableUse(handler, variables)
	if !ok {
		return nil
	}
	for _, t := range c.Scenario.Tables {
		if t.Name == use.table && t.Region == use.region {
			return nil
		}
	}
	return c.refuse(path, fmt.Sprintf("the handler %q reads the table %s in %s, which the scenario does not have", handler, use.table, use.region), "it under tables")
}

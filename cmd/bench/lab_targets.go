package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"frontdoor/lab"
	"frontdoor/lab/dynamodb"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// checkLabTargets refuses a targets file of what would not be measured as deployed.
func checkLabTargets(path string, s *scenarios.Scenario) error {
	if path == "" {
		return nil
	}
	if s.Offload != nil {
		return usage(errors.New("--targets: a scenario of offload has no fronts"))
	}
	for _, f := range s.Fronts {
		if !f.Lab() || f.Domain != nil || len(f.Outages) > 0 {
			return usage(fmt.Errorf("--targets: front %q is deployed, or has a domain or outages: want fronts that stand as they are", f.ID))
		}
	}
	return usage(checkLabFile(path))
}

// writeLabTargets writes where the lab's fronts are; a path of "" is nowhere.
func writeLabTargets(path string, s *scenarios.Scenario, fronts []lab.Served) error {
	if path == "" {
		return nil
	}
	t, keys := scenarios.Targets{Scenario: s.Name}, labKeys(s)
	for _, f := range fronts {
		target := labTarget(f, homeOf(s, frontNamed(s, f.ID)))
		if k, ok := keys[f.ID]; ok {
			target.Auth = &scenarios.Auth{APIKey: &scenarios.APIKey{Secret: scenarios.Secret{Env: k.variable}}}
		}
		t.Fronts = append(t.Fronts, target)
	}
	return record.WriteWhole(path, func(w io.Writer) error {
		_, err := w.Write(scenarios.FormatTargets(t))
		return err
	})
}

// labTarget is a front of the lab as one that stands somewhere. A function at the edge
// was made in home and ran in the front's Region.
func labTarget(f lab.Served, home string) scenarios.Target {
	region := f.Region
	if home != "" {
		region = home
	}
	var further []scenarios.DeployedFunction
	for _, one := range f.Further {
		function := scenarios.DeployedFunction{Event: one.Event, Function: strings.TrimPrefix(one.Name, "us-east-1.")}
		if one.Kind.Edge() {
			function.FunctionRegion = one.Region
		}
		further = append(further, function)
	}
	return scenarios.Target{ID: f.ID, Region: region, Deployed: scenarios.Deployed{
		Functions: further,
		URL:       f.URL, Function: strings.TrimPrefix(f.Function, "us-east-1."), FunctionRegion: f.FunctionRegion, APIName: f.APIName, APIID: f.APIID,
		Stage: f.Stage, LoadBalancer: f.LoadBalancer, TargetGroup: f.TargetGroup, Distribution: f.Distribution,
	}}.Of(f.Kind)
}

// untimed is tables whose items do not change by themselves, as on AWS: bench run writes
// them, and a lab that did too would be ahead of it.
func untimed(tables []dynamodb.Table) []dynamodb.Table {
	tables = slices.Clone(tables)
	for i := range tables {
		tables[i].Timelines = nil
	}
	return tables
}

// measuring says how another process measures the lab's fronts, "" without a targets
// file; tables is where it writes items, scenario is as the user named it. Credentials
// have to be some: the SDK signs with them.
func measuring(s *scenarios.Scenario, tables, scenario, path string) string {
	if path == "" {
		return ""
	}
	var b strings.Builder
	if slices.ContainsFunc(s.Tables, scenarios.Table.Timed) {
		b.WriteString("  export AWS_ENDPOINT_URL_DYNAMODB=" + tables + "\n")
	}
	b.WriteString("  export AWS_ACCESS_KEY_ID=lab AWS_SECRET_ACCESS_KEY=lab\n")
	keys, exported := labKeys(s), map[string]bool{}
	for _, f := range s.Fronts {
		if k, ok := keys[f.ID]; ok && !exported[k.variable] {
			exported[k.variable] = true
			fmt.Fprintf(&b, "  export %s=%s\n", k.variable, k.value)
		}
	}
	fmt.Fprintf(&b, "and with these bench measures the fronts from another process\n  bench run %s --targets %s\n", scenario, path)
	return b.String()
}

func frontNamed(s *scenarios.Scenario, id string) scenarios.Front {
	f, _ := s.Front(id)
	return f
}

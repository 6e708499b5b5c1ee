package main

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"

	"frontdoor/deploy"
	"frontdoor/doctor"
	"frontdoor/handlers"
	"frontdoor/pricing"
	"frontdoor/scenarios"
)

// subject is what the account is to be ready for.
func (o doctorOptions) subject(args []string) (doctor.Subject, error) {
	if o.targets != "" {
		if len(args) > 0 || o.region != "" || o.viewers != nil || o.alarm != "" || o.signed || o.bound != "" {
			return doctor.Subject{}, fmt.Errorf("--targets says which fronts stand where: want it without SCENARIO and without --region, --viewer-region, --billing-alarm, --signed and --permissions-boundary")
		}
		return targetsSubject(o.targets)
	}
	nameOrPath := "quickstart"
	if len(args) > 0 {
		nameOrPath = args[0]
	}
	name, data, err := scenarios.Open(nameOrPath)
	if err != nil {
		return doctor.Subject{}, err
	}
	s, err := scenarios.Parse(name, data, handlers.Names()...)
	if err != nil {
		return doctor.Subject{}, err
	}
	var alarm pricing.USD
	email := ""
	if o.alarm != "" {
		if alarm, err = pricing.ParseUSD(o.alarm); err != nil {
			return doctor.Subject{}, fmt.Errorf("--billing-alarm: %w", err)
		}
		email = "somebody@example.com" // whoever it is, the permissions are the same
	}
	d, err := deploy.Plan(deploy.Config{
		Scenario: s, File: name, Name: "doctor", Region: o.region, ViewerRegions: o.viewers, Signed: o.signed, BillingAlarmUSD: alarm, AlarmEmail: email, Boundary: o.bound,
		HasNode: func(handler string) bool { _, ok := handlers.NodeCode(handler); return ok },
	})
	if err != nil {
		return doctor.Subject{}, err
	}
	return doctor.Of(d, doctor.Load{PerSecond: peak(s.Load), Connections: s.Load.Connections}), nil
}

// peak is the highest rate of a load.
func peak(l scenarios.Load) float64 {
	var most scenarios.Rate
	for _, s := range l.Stages {
		most = max(most, s.From, s.To)
	}
	return float64(most)
}

// apiOf is an API's id, which the host of a REST API begins with: "*" below a domain of
// its owner's.
func apiOf(f scenarios.Target) string {
	if f.APIID != "" {
		return f.APIID
	}
	if at, err := url.Parse(f.URL); err == nil {
		if id, rest, _ := strings.Cut(at.Hostname(), "."); strings.HasPrefix(rest, "execute-api.") {
			return id
		}
	}
	return "*"
}

// targetsSubject is a run on fronts that stand already.
func targetsSubject(file string) (doctor.Subject, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return doctor.Subject{}, fmt.Errorf("--targets: %w", err)
	}
	targets, err := scenarios.ParseTargets(file, data)
	if err != nil {
		return doctor.Subject{}, err
	}
	var s doctor.Subject
	var reading deploy.Reading
	add := func(region string) {
		if region != "" && !slices.Contains(s.Regions, region) {
			s.Regions = append(s.Regions, region)
		}
	}
	for _, f := range targets.Fronts {
		add(f.Region)
		if f.Function != "" {
			reading.LogGroups = append(reading.LogGroups, deploy.LogGroups(f.Function, f.Distribution != "")...)
		}
		for _, one := range f.Functions {
			reading.LogGroups = append(reading.LogGroups, deploy.LogGroups(one.Function, true)...)
		}
		if f.Auth != nil && f.Auth.APIKey != nil && f.Auth.APIKey.APIGateway != "" {
			reading.Keys = true
		}
		switch signed := f.Auth != nil && f.Auth.IAM != nil; {
		case signed && f.APIName+f.APIID != "":
			reading.APIs = append(reading.APIs, deploy.Stages(cmp.Or(f.Region, "*"), apiOf(f)))
		case signed && f.Function != "":
			reading.Functions = append(reading.Functions, "arn:aws:lambda:*:*:function:"+f.Function)
		}
	}
	if targets.Deployment != nil {
		for _, stack := range targets.Deployment.Stacks {
			add(stack.Region)
		}
	}
	if reading.Tables, err = tablesOf(targets.Scenario); err != nil {
		return doctor.Subject{}, err
	}
	s.Purposes = []doctor.Purpose{{Name: doctor.ToMeasure, Policy: reading.Policy()}}
	return s, nil
}

// tablesOf are the ARNs of the tables that a run on a scenario's targets writes. Of one
// that does not come with bench the targets file has the name alone: they are not known.
func tablesOf(scenario string) ([]string, error) {
	if !slices.Contains(scenarios.Names(), scenario) {
		return nil, nil
	}
	name, data, err := scenarios.Open(scenario)
	if err != nil {
		return nil, err
	}
	s, err := scenarios.Parse(name, data, handlers.Names()...)
	if err != nil {
		return nil, err
	}
	return deploy.TimedTables(s), nil
}

package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"frontdoor/deploy"
	"frontdoor/deploy/code"
	"frontdoor/gate"
	"frontdoor/handlers"
	"frontdoor/pricing"
	"frontdoor/pricing/offers"
	"frontdoor/report/deployed"
	"frontdoor/scenarios"
)

// check tests the flags that the planner does not see.
func (o *deployOptions) check() error {
	for architecture := range o.bootstraps {
		if architecture != code.ARM64 && architecture != code.X86 {
			return fmt.Errorf("--bootstrap: %q is no architecture: want %s or %s", architecture, code.ARM64, code.X86)
		}
	}
	return nil
}

// settle decides on the deployment's name, and refuses to write over the targets of
// another: they may be all that tells where it is.
func (o *deployOptions) settle(s *loaded) error {
	data, err := openTargets(o.targets)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if o.name == "" {
			o.name = fmt.Sprintf("%s-%04x", s.Name, rand.N(0x10000))
		}
		return nil
	case err != nil:
		return err
	}
	t, err := scenarios.ParseTargets(o.targets, data)
	if err != nil {
		return fmt.Errorf("%w\nhint: --targets FILE writes another file", err)
	}
	if t.Deployment == nil || t.Scenario != s.Name || o.name != "" && o.name != t.Deployment.Name {
		return fmt.Errorf("%s is %s: want --targets with another file", o.targets, whose(t))
	}
	o.name, o.account, o.before = t.Deployment.Name, t.Deployment.Account, t.Deployment.Stacks
	return nil
}

// keep puts stacks of an earlier deploy that are no longer made, of a front that is gone
// or in another Region, before the others: only the file tells where they are.
func (o *deployOptions) keep(env *env, t *scenarios.Targets) {
	var old []scenarios.DeployedStack
	for _, s := range o.before {
		if !slices.Contains(t.Deployment.Stacks, s) {
			old = append(old, s)
			fmt.Fprintf(env.stderr, "%s in %s is of an earlier deploy and stays until bench destroy\n", s.Name, s.Region)
		}
	}
	t.Deployment.Stacks = append(old, t.Deployment.Stacks...)
}

// whose says what a targets file is of.
func whose(t *scenarios.Targets) string {
	if t.Deployment == nil {
		return "of no deployment, of scenario " + t.Scenario
	}
	return fmt.Sprintf("of deployment %s, of scenario %s", t.Deployment.Name, t.Scenario)
}

func (o *deployOptions) plan(s *loaded) (*deploy.Deployment, error) {
	c := deploy.Config{
		Scenario: s.whole(), File: s.name, Name: o.name, Region: o.region, ViewerRegions: o.viewers, LogRetentionDays: o.retention,
		Signed: o.signed, From: o.from, Boundary: o.bound, Certificate: deploy.Certificate{ARN: o.certificate, Host: o.host}, AlarmEmail: o.email, Packages: o.code, Runtime: o.runtime, Entry: o.entry,
		HasNode: func(handler string) bool { _, ok := handlers.NodeCode(handler); return ok }, Script: s.script,
	}
	if o.alarm != "" {
		var err error
		if c.BillingAlarmUSD, err = pricing.ParseUSD(o.alarm); err != nil || c.BillingAlarmUSD.Sign() <= 0 {
			return nil, fmt.Errorf("--billing-alarm: %q is not an amount: want US dollars such as 10", o.alarm)
		}
	}
	return deploy.Plan(c)
}

// show writes the plan with its idle cost.
func (o *deployOptions) show(env *env, out io.Writer, d *deploy.Deployment, where string) error {
	book, _, err := loadBook(env, o.book)
	if err != nil {
		return err
	}
	idle, err := d.Idle(book, pricing.DateOf(env.now()))
	if err != nil {
		return err
	}
	doc, err := deployed.Document(d, idle, where)
	if err != nil {
		return err
	}
	doc.Verdict = append(doc.Verdict, o.unknownRegions()...)
	return env.style(o.color).Document(out, doc)
}

// unknownRegions are doubts, and no errors: AWS adds Regions.
func (o *deployOptions) unknownRegions() []string {
	var doubts []string
	known := offers.Regions()
	for _, region := range append([]string{o.region}, o.viewers...) {
		if region != "" && !slices.Contains(known, region) {
			doubts = append(doubts, fmt.Sprintf("bench knows no Region %q%s: unless AWS has added it since, nothing can be made there.", region, gate.DidYouMean(region, known)))
		}
	}
	return doubts
}

// writeTemplates writes every stack's template and parameters into a folder, made for it;
// "" is none. Files are called as the stacks without the deployment's name, which may be
// another the next time.
func writeTemplates(dir string, d *deploy.Deployment) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return usage(fmt.Errorf("--templates: %w", err))
	}
	for _, s := range d.Stacks {
		body, err := s.Body()
		if err != nil {
			return err
		}
		parameters, err := s.ParametersJSON()
		if err != nil {
			return err
		}
		path := filepath.Join(dir, d.Part(s))
		if err := cmp.Or(writeText(path+".yaml", []byte(body)), writeText(path+".parameters.json", parameters)); err != nil {
			return err
		}
	}
	return nil
}

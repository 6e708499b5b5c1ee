package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"frontdoor/auth"
	"frontdoor/awscall"
	"frontdoor/guard"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// credentials sign the requests to deployed fronts, and keep what they know to
// themselves.
type credentials struct {
	signers map[string]auth.Signer // by the front's id; nil of one without auth
	known   *auth.Redactor

	mu     sync.Mutex
	failed []error // renewals, until they are told
}

// prepare looks up every secret that the fronts' auth names, before anything is sent.
// From here on nothing that is written for people has one in it.
func (l *loaded) prepare(ctx context.Context, env *env) error {
	_, deployed := labFronts(l.Scenario)
	if len(deployed) == 0 {
		return nil
	}
	c := &credentials{signers: map[string]auth.Signer{}, known: env.known}
	l.credentials = c
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} { // CloudWatch is read with them
		c.known.Add(env.getenv(name))
	}
	for _, f := range deployed {
		if f.Auth != nil && strings.HasPrefix(f.URL, "http:") && !guard.Loopback(hostOf(f.URL)) {
			fmt.Fprintf(env.stderr, "warning: front %q: what proves who asks goes over http, for everybody on the way to read: use an https url\n", f.ID)
		}
		at, dir := l.authPlace(f.ID)
		lookup := auth.Lookup{Getenv: env.getenv, Dir: dir, Now: env.now, Known: c.known, Failed: c.fail(f.ID)}
		sign, err := lookup.Signer(ctx, specOf(f))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil && awscall.KindOf(err) == awscall.Passing {
			return fmt.Errorf("%s: %w", at, err)
		}
		if err != nil {
			return usage(fmt.Errorf("%s: %w", at, err))
		}
		c.signers[f.ID] = sign
	}
	return usage(l.checkWritten())
}

// authPlace is where a front's auth is written, for errors, and the folder from which
// its commands run.
func (l *loaded) authPlace(id string) (at, dir string) {
	if l.targets != nil {
		for i, f := range l.targets.Fronts {
			if f.ID == id {
				return placed(l.targets.name, fmt.Sprintf("fronts[%d].auth", i), l.targets.Position), filepath.Dir(l.targets.name)
			}
		}
	}
	i := slices.IndexFunc(l.Fronts, func(f scenarios.Front) bool { return f.ID == id })
	return placed(l.name, fmt.Sprintf("fronts[%d].auth", i), l.Position), l.dir
}

// placed is a field of a file as errors call it.
func placed(file, path string, position func(string) (line, column int)) string {
	line, column := position(path)
	return fmt.Sprintf("%s:%d:%d: %s", file, line, column, path)
}

// checkWritten refuses files that hold a secret themselves: they are recorded. The key of
// a lab on this machine is the scenario's own to say, and public.
func (l *loaded) checkWritten() error {
	const help = "\nhint: the file is recorded with the run; take the secret out of it"
	text := string(l.yaml)
	if len(remote(hostsOf(l.Scenario, guard.Allow{}))) == 0 {
		for _, k := range labKeys(l.Scenario) {
			text = strings.ReplaceAll(text, k.value, "")
		}
	}
	if l.credentials.known.Holds(text) {
		return errors.New(l.name + ": has a secret in it that auth finds elsewhere" + help)
	}
	if l.targets != nil && l.credentials.known.Holds(string(l.targets.yaml)) {
		return errors.New(l.targets.name + ": has a secret in it that auth finds elsewhere" + help)
	}
	return nil
}

func (c *credentials) fail(id string) func(error) {
	return func(err error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.failed = append(c.failed, fmt.Errorf("front %q: auth: %w", id, err))
	}
}

// tell prints the renewals that failed since the last time.
func (c *credentials) tell(env *env) {
	if c == nil {
		return
	}
	c.mu.Lock()
	failed := c.failed
	c.failed = nil
	c.mu.Unlock()
	for _, err := range failed {
		fmt.Fprintf(env.stderr, "warning: %v\n", err)
	}
}

// signer is what signs requests to a front, nil where nothing does.
func (c *credentials) signer(id string) auth.Signer {
	if c == nil {
		return nil
	}
	return c.signers[id]
}

// clean takes secrets out of what fronts answered: one may send back what it was sent.
func (c *credentials) clean(hits []record.Hit) {
	if c == nil {
		return
	}
	for i := range hits {
		h := &hits[i]
		for _, s := range []*string{&h.Error, &h.RequestID, &h.FrontID, &h.Pop, &h.Cache, &h.Protocol, &h.Consumed} {
			*s = c.known.Redact(*s)
		}
	}
}

// cleanMeters takes secrets out of what CloudWatch answered.
func (c *credentials) cleanMeters(m *record.Meters) {
	if c == nil {
		return
	}
	for i := range m.Fronts {
		c.cleanAll(m.Fronts[i].Problems)
	}
	if m.Reading == nil {
		return
	}
	for i := range m.Reading.Regions {
		c.cleanAll(m.Reading.Regions[i].Problems)
	}
}

func (c *credentials) cleanAll(list []string) {
	for i, s := range list {
		list[i] = c.known.Redact(s)
	}
}

// specOf is a front's auth in the words of package auth.
func specOf(f scenarios.Front) auth.Spec {
	var spec auth.Spec
	a := f.Auth
	if a == nil {
		return spec
	}
	if k := a.APIKey; k != nil {
		spec.APIKey = &auth.APIKey{Source: auth.Source(k.Secret), ID: k.APIGateway, Region: f.Region}
	}
	if b := a.Bearer; b != nil {
		spec.Bearer = &auth.Bearer{Source: auth.Source(b.Secret), Refresh: time.Duration(b.Refresh)}
	}
	if i := a.IAM; i != nil {
		spec.IAM = &auth.IAM{Service: i.Service, Region: i.Region, Profile: i.Profile}
	}
	if g := a.Cognito; g != nil {
		spec.Cognito = &auth.Cognito{ClientID: g.ClientID, Region: g.Region, Username: auth.Source(g.Username), Password: auth.Source(g.Password), Access: g.Token == scenarios.TokenAccess}
	}
	return spec
}

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"

	"frontdoor/guard"
	"frontdoor/handlers"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// targets is a targets file as read, and which of its fronts are measured.
type targets struct {
	*scenarios.Targets
	name string
	yaml []byte
	only []string // ids; empty is all
}

// loadTargets reads the targets file at path. The zero path is none, which is nil.
func loadTargets(path string, only []string) (*targets, error) {
	if path == "" {
		if len(only) > 0 {
			return nil, usage(errors.New("--fronts chooses among deployed fronts: want --targets too"))
		}
		return nil, nil
	}
	data, err := openTargets(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w\nhint: bench deploy SCENARIO writes one, and bench lab SCENARIO --targets FILE; docs/targets.md has its fields", err)
	}
	if err != nil {
		return nil, usage(err)
	}
	t, err := scenarios.ParseTargets(path, data)
	if err != nil {
		return nil, usage(err)
	}
	return &targets{Targets: t, name: path, yaml: data, only: only}, nil
}

// openTargets is what a targets file has in it.
func openTargets(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	if why := (*fs.PathError)(nil); errors.As(err, &why) { // which would name it once more
		err = fmt.Errorf("open targets file %q: %w", path, why.Err)
	}
	return data, err
}

// on is the scenario with its fronts where the targets say; nil leaves them where they
// are.
func (l *loaded) on(t *targets) (*loaded, error) {
	if t == nil {
		return l, nil
	}
	s, err := l.On(t.Targets, t.only...)
	if err != nil {
		return nil, usage(err)
	}
	at := *l
	at.Scenario, at.targets = s, t
	return &at, nil
}

// sum is the SHA-256 of the file as the record has it, "" of none.
func (t *targets) sum() string {
	if t == nil {
		return ""
	}
	sum := sha256.Sum256(t.yaml)
	return hex.EncodeToString(sum[:])
}

// asWritten is the scenario that lies in a recording, as it was written.
func asWritten(rec *record.Recording) (*scenarios.Scenario, error) {
	return scenarios.Parse(rec.Dir+"/scenario.yaml", rec.YAML, handlers.Names()...)
}

// asRun is the scenario that a recording was made with: its fronts where its targets
// file says.
func asRun(rec *record.Recording) (*scenarios.Scenario, error) {
	s, err := asWritten(rec)
	if err != nil || rec.Targets == nil {
		return s, err
	}
	t, err := scenarios.ParseTargets(rec.Dir+"/targets.yaml", rec.Targets)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range rec.Fronts {
		ids = append(ids, f.ID)
	}
	return s.On(t, ids...)
}

// source is lab when the lab serves any front: one lab figure makes a run one. It is aws
// when every front is one of AWS's hosts, or a host that bench deploy wrote down; a host
// of this machine is never one.
func source(s *loaded) record.Source {
	if served, _ := labFronts(s.Scenario); len(served) > 0 {
		return record.SourceLab
	}
	for _, f := range s.Fronts {
		if host := hostOf(f.URL); guard.Loopback(host) || !ofAWS(host) && !s.targets.deployed() {
			return record.SourceURL
		}
	}
	return record.SourceAWS
}

// deployed reports whether bench deploy wrote the file, and its hosts since then are the
// same.
func (t *targets) deployed() bool {
	return t != nil && t.Deployment != nil && t.Deployment.HostsSum == t.HostsSum()
}

// edited reports whether bench deploy wrote the file, and its hosts are others by now.
func (t *targets) edited() bool { return t != nil && t.Deployment != nil && !t.deployed() }

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
}

// ofAWS reports whether a host is below a domain in which AWS names what it hosts: APIs
// and load balancers, function URLs, distributions.
// https://docs.aws.amazon.com/general/latest/gr/apigateway.html (amazonaws.com, api.aws),
// https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html (on.aws),
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-overview.html
func ofAWS(host string) bool {
	for _, domain := range []string{".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".on.aws", ".cloudfront.net"} {
		if strings.HasSuffix(host, domain) {
			return true
		}
	}
	return false
}

// writeTargets records the targets file of a run that was given one.
func (m *measurement) writeTargets() error {
	if m.scenario.targets == nil {
		return nil
	}
	return m.writer.WriteTargets(bytes.Clone(m.scenario.targets.yaml))
}

// scenario is the scenario that the file names, for a command line that names none: one
// that comes with bench.
func (t *targets) scenario() (string, error) {
	if t == nil {
		return "", usage(errors.New("no scenario is named\nhint: bench run --help"))
	}
	if !slices.Contains(scenarios.Names(), t.Scenario) {
		return "", usage(fmt.Errorf("%s: %q does not come with bench: want its file too, as in bench run %s.yaml --targets %s", placed(t.name, "scenario", t.Position), t.Scenario, t.Scenario, t.name))
	}
	return t.Scenario, nil
}

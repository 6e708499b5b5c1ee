package main

import (
	"net/url"
	"slices"
	"strings"

	"frontdoor/guard"
	"frontdoor/scenarios"
)

// hostsOf lists where a scenario is sent to, in the order of its fronts.
func hostsOf(s *scenarios.Scenario, allow guard.Allow) []guard.Host {
	var hosts []guard.Host
	for _, f := range s.Fronts {
		if f.Lab() {
			continue
		}
		name := f.URL
		if u, err := url.Parse(f.URL); err == nil {
			name = strings.ToLower(u.Host)
		}
		i := slices.IndexFunc(hosts, func(h guard.Host) bool { return h.Name == name })
		if i < 0 {
			i = len(hosts)
			hosts = append(hosts, guard.Host{Name: name, Why: allow.Why(name)})
		}
		hosts[i].Fronts = append(hosts[i].Fronts, f.ID)
	}
	return hosts
}

// remote are the hosts that are not this machine.
func remote(hosts []guard.Host) []string {
	var names []string
	for _, h := range hosts {
		if !guard.Loopback(h.Name) {
			names = append(names, h.Name)
		}
	}
	return names
}

// allowed are the hosts that may be sent to: those of a deployment whose file still has
// the hosts that it was written with, and those that the user names.
func allowed(t *targets, owned []guard.Owned) guard.Allow {
	allow := guard.Allow{Owned: owned}
	if t.deployed() {
		allow.Deployment, allow.Deployed = t.Deployment.Name, t.Hosts()
	}
	return allow
}

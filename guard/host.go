package guard

import (
	"fmt"
	"net"
	"slices"
	"strings"
)

// Host is where a run sends to.
type Host struct {
	Name   string   `json:"name"` // in small letters, with the port where the url has one
	Fronts []string `json:"fronts"`
	Why    string   `json:"why"` // it may be sent to; "": nobody said that it is theirs
}

// Stranger is a host that nobody claims.
type Stranger struct {
	Host   Host
	Edited string // the deployment whose file had other hosts when it was written; "": none
}

func (e *Stranger) Error() string {
	why := "no deployment of bench made it, and nobody said whose it is"
	if e.Edited != "" {
		why = fmt.Sprintf("the urls of deployment %q are other than those that were deployed (edited?), so that it is not known to be yours", e.Edited)
	}
	return fmt.Sprintf("nothing is sent to %s (front %s): %s", e.Host.Name, strings.Join(e.Host.Fronts, ", "), why)
}

// Allow says which hosts are the user's own.
type Allow struct {
	Deployment string   // its name
	Deployed   []string // hosts that it made
	Owned      []Owned
}

// Why says why a host may be sent to, and is "" when it may not.
func (a Allow) Why(host string) string {
	name := nameOf(host)
	switch {
	case Loopback(host):
		return "this machine"
	case slices.Contains(a.Deployed, strings.ToLower(host)):
		return "made by bench deploy: " + a.Deployment
	}
	for _, o := range a.Owned {
		if o.has(name) {
			return "named with --i-own " + string(o)
		}
	}
	return ""
}

// Loopback reports whether a host is this machine, by its name
// (https://www.rfc-editor.org/rfc/rfc6761#section-6.3) or its address.
func Loopback(host string) bool {
	name := nameOf(host)
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// nameOf is a host without its port, in small letters.
func nameOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}

// Owned is a host, or, as "*.example.com", every name below one.
type Owned string

// shared are names below which everybody's fronts stand: a claim to all of one would
// claim those of others.
func shared() []string {
	return []string{"amazonaws.com", "cloudfront.net", "on.aws", "api.aws", "elb.amazonaws.com", "execute-api.amazonaws.com"}
}

// ParseOwned reads a host such as api.example.com, or *.example.com.
func ParseOwned(s string) (Owned, error) {
	name := strings.ToLower(s)
	below, all := strings.CutPrefix(name, "*.")
	switch {
	case name == "" || strings.ContainsAny(below, "*/: @") && net.ParseIP(name) == nil:
		return "", fmt.Errorf("%q is not a host: want a name such as api.example.com or *.example.com, without scheme, port and path", s)
	case !all:
		return Owned(name), nil
	case !strings.Contains(below, "."):
		return "", fmt.Errorf("%q is too much for one owner: want a name of two parts or more behind \"*.\"", s)
	}
	for _, suffix := range shared() {
		if below == suffix || strings.HasSuffix(below, "."+suffix) {
			return "", fmt.Errorf("%q is where others' fronts stand too: want the whole name of your own", s)
		}
	}
	return Owned(name), nil
}

// has reports whether a name is covered. "*.example.com" does not cover example.com.
func (o Owned) has(name string) bool {
	below, all := strings.CutPrefix(string(o), "*")
	if !all {
		return name == string(o)
	}
	return strings.HasSuffix(name, below) && len(name) > len(below)
}

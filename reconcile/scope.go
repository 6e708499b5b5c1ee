package reconcile

import (
	"net/url"
	"strings"
	"unicode"

	"frontdoor/record"
)

// Scope says which lines of a bill may be the run's.
type Scope struct {
	Account   string   // "" for any
	Key       string   // of the tag that the run's resources bear, "bench:deployment"; "" for none
	Value     string   // of it
	Resources []string // names and ids of the run's resources, as ARNs have them
}

// ResourcesOf lists the names under which a bill may know a run's resources.
func ResourcesOf(run record.Run) []string {
	var names []string
	add := func(name string) {
		if name != "" {
			names = append(names, name)
		}
	}
	for _, f := range run.Fronts {
		add(strings.TrimPrefix(f.Function, "us-east-1."))
		for _, further := range f.Further {
			add(strings.TrimPrefix(further.Function, "us-east-1."))
		}
		add(f.Resource.APIID)
		add(apiOf(f.URL))
		add(f.Resource.LoadBalancer)
		add(f.Resource.Distribution)
	}
	return names
}

// apiOf is the id of an API of API Gateway, which is the first word of its host:
// https://a1b2c3d4.execute-api.us-east-1.amazonaws.com/prod. "" for another URL.
func apiOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if id, rest, ok := strings.Cut(u.Hostname(), "."); ok && strings.HasPrefix(rest, "execute-api.") {
		return id
	}
	return ""
}

// owner says whose a line is, as far as it tells.
type owner int

const (
	unknown owner = iota
	own
	foreign
)

// owner goes by the tag, then by the resource. A tag of the same key with another
// value is somebody else's; a line without either may be anybody's.
func (s Scope) owner(c Charge) owner {
	if s.Account != "" && c.Account != "" && c.Account != s.Account {
		return foreign
	}
	if value := s.tagged(c); value == s.Value && value != "" {
		return own
	} else if value != "" {
		return foreign
	}
	for _, name := range s.Resources {
		if named(c.Resource, name) {
			return own
		}
	}
	return unknown
}

// tagged is the value that a line has for the scope's tag; "" for none.
func (s Scope) tagged(c Charge) string {
	if s.Key == "" {
		return ""
	}
	for key, value := range c.Tags {
		if value != "" && sameKey(key, s.Key) {
			return value
		}
	}
	return ""
}

// sameKey compares a tag's key as exports write it with the key itself. CUR 2.0
// writes user_bench_deployment for bench:deployment, FOCUS writes it as it is, and
// some of AWS's columns put user: or resourceTags/ before it.
func sameKey(exported, key string) bool {
	if exported == key {
		return true
	}
	exported = strings.TrimPrefix(exported, "resourceTags/")
	for _, prefix := range []string{"user:", "user_"} {
		if rest, ok := strings.CutPrefix(exported, prefix); ok {
			exported = rest
			break
		}
	}
	return snake(exported) == snake(key)
}

// snake is a key as CUR 2.0 writes it: lower case, words parted by one underscore,
// an upper-case letter within one beginning another.
func snake(key string) string {
	var b strings.Builder
	gap, lower := false, false
	for _, c := range key {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			gap, lower = b.Len() > 0, false
			continue
		}
		if gap || unicode.IsUpper(c) && lower {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
		gap, lower = false, unicode.IsLower(c)
	}
	return b.String()
}

// named reports whether a resource is called name: as a whole, or as a part of an
// ARN between its marks.
func named(resource, name string) bool {
	mark := func(c byte) bool { return c == ':' || c == '/' }
	for from := 0; from+len(name) <= len(resource); from++ {
		end := from + len(name)
		if resource[from:end] == name && (from == 0 || mark(resource[from-1])) && (end == len(resource) || mark(resource[end])) {
			return true
		}
	}
	return false
}

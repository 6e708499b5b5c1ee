package scenarios

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Keys are the keys of a timeline's items that the request asks for in a session, by what
// is known of it: the values that have the session's name in them.
func (r Request) Keys(t Timeline, session string) []string {
	var keys []string
	for _, value := range r.sessionValues() {
		key := strings.ReplaceAll(value, Session, session)
		if match, _ := path.Match(t.Key, key); match && !slices.Contains(keys, key) { // the pattern was checked
			keys = append(keys, key)
		}
	}
	return keys
}

// Named is the request as a session sends it.
func (r Request) Named(session string) Request {
	put := func(text string) string { return strings.ReplaceAll(text, Session, session) }
	r.Path, r.Body = put(r.Path), put(r.Body)
	r.Query, r.Headers = maps.Clone(r.Query), maps.Clone(r.Headers)
	for name, values := range r.Query {
		r.Query[name] = slices.Clone(values)
		for i, v := range values {
			r.Query[name][i] = put(v)
		}
	}
	for name, value := range r.Headers {
		r.Headers[name] = put(value)
	}
	return r
}

// Aside are the items that the table holds for sessions of no trial, each as its first
// version: what a front can be asked for before any is measured.
func (s *Scenario) Aside(t Table) []Item {
	var items []Item
	for _, f := range s.Fronts {
		for _, r := range s.Requests {
			for _, line := range t.Timelines {
				for _, key := range r.Keys(line, SessionAside(f.ID)) {
					if slices.ContainsFunc(items, func(i Item) bool { return i[t.Key] == key }) {
						continue
					}
					item := Item{t.Key: key}
					maps.Copy(item, line.Versions[0].Item)
					items = append(items, item)
				}
			}
		}
	}
	return items
}

// sessionValues are the parts of a request that a handler may look an item up by, and that
// have the session in them: parameters, parts of the path, header fields, texts of a body.
func (r Request) sessionValues() []string {
	var values []string
	for _, name := range slices.Sorted(maps.Keys(r.Query)) {
		values = append(values, r.Query[name]...)
	}
	for part := range strings.SplitSeq(r.Path, "/") {
		if plain, err := url.PathUnescape(part); err == nil {
			values = append(values, plain)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		values = append(values, r.Headers[name])
	}
	values = append(values, texts(r.Body)...)
	return slices.DeleteFunc(values, func(v string) bool { return !strings.Contains(v, Session) })
}

// texts are those of a JSON document, or the whole of what is none.
func texts(body string) []string {
	var v any
	if json.Unmarshal([]byte(body), &v) != nil {
		return []string{body}
	}
	return textsOf(v)
}

func textsOf(v any) []string {
	var all []string
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, each := range v {
			all = append(all, textsOf(each)...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			all = append(all, textsOf(v[name])...)
		}
	}
	return all
}

// Unplayed is why a timeline cannot be played where items do not change by themselves.
type Unplayed struct{ Field, Problem, Want string }

// Unplayed is the first timeline that bench cannot play on AWS; false where it can play
// all. It has to know when the key of an item is read first, which of keys that sessions
// name is when their first request is due.
func (s *Scenario) Unplayed() (Unplayed, bool) {
	for i, t := range s.Tables {
		for n, line := range t.Timelines {
			switch {
			case len(t.Regions) > 1:
				return Unplayed{fmt.Sprintf("tables[%d].regions", i), "items of a global table that change by themselves cannot be written on AWS yet", "one region"}, true
			case !s.named(line):
				return Unplayed{fmt.Sprintf("tables[%d].timelines[%d].key", i, n), fmt.Sprintf("no request asks for a key that %q matches by the name of its session, and bench has to know when an item is read first to change it on AWS", line.Key),
					fmt.Sprintf("load.polling, and %s in a request, which stands for a name such as %s", Session, SessionAside(s.Fronts[0].ID))}, true
			}
		}
	}
	return Unplayed{}, false
}

// named reports whether some request asks for items of a timeline by its session's name.
func (s *Scenario) named(t Timeline) bool {
	for _, f := range s.Fronts {
		for _, r := range s.Requests {
			if len(r.Keys(t, SessionAside(f.ID))) > 0 {
				return true
			}
		}
	}
	return false
}

// Timed reports whether items of a table change by themselves.
func (t Table) Timed() bool { return len(t.Timelines) > 0 }

// checkTimed warns of items that nobody changes: the lab does it for its own fronts, and
// bench for those of a targets file.
func (s *Scenario) checkTimed(c *checker) {
	table := slices.IndexFunc(s.Tables, Table.Timed)
	front := slices.IndexFunc(s.Fronts, func(f Front) bool { return !f.Lab() })
	if table >= 0 && front >= 0 {
		c.warn(fmt.Sprintf("tables[%d].timelines", table), fmt.Sprintf("nobody changes the items that front %q reads, which has a url", s.Fronts[front].ID), "name its address in a targets file, so that bench writes them")
	}
}

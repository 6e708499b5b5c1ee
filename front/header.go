package front

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// group is the values of one header name, in the order sent.
type group struct {
	name   string // as first sent
	values []string
}

// groups gathers fields by name, case-insensitively, and sorts them by name. Names
// are tokens (checkLine), so ASCII lower case is enough.
func groups(h Header) []group {
	gs := make([]group, 0, len(h))
	for _, f := range h {
		i := slices.IndexFunc(gs, func(g group) bool { return strings.EqualFold(g.name, f.Name) })
		if i < 0 {
			gs = append(gs, group{name: f.Name, values: []string{utf8Text(f.Value)}})
			continue
		}
		gs[i].values = append(gs[i].values, utf8Text(f.Value))
	}
	slices.SortFunc(gs, func(a, b group) int {
		return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return gs
}

// fieldsOf is the fields of a map of values, sorted by name; names that differ
// only in case stay apart.
func fieldsOf(m map[string][]string) Header {
	h := make(Header, 0, len(m))
	for name, values := range m {
		for _, v := range values {
			h = append(h, Field{name, v})
		}
	}
	h.sort()
	return h
}

func (h Header) sort() {
	slices.SortStableFunc(h, func(a, b Field) int {
		if c := cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); c != 0 {
			return c
		}
		return cmp.Compare(a.Name, b.Name)
	})
}

// with returns h with one field called name, in the place of the first if there
// was one. h is not modified.
func (h Header) with(name, value string) Header {
	out := make(Header, 0, len(h)+1)
	done := false
	for _, f := range h {
		switch {
		case !strings.EqualFold(f.Name, name):
			out = append(out, f)
		case !done:
			out, done = append(out, Field{name, value}), true
		}
	}
	if !done {
		out = append(out, Field{name, value})
	}
	return out
}

// without returns the fields of h that drop does not take. h is not modified.
func (h Header) without(drop func(name string) bool) Header {
	return slices.DeleteFunc(slices.Clone(h), func(f Field) bool { return drop(f.Name) })
}

// host returns the header with a Host field, which HTTP servers hand over apart.
func (r Request) host() Header {
	if r.Host == "" || r.Header.Get("Host") != "" {
		return r.Header
	}
	return r.Header.with("Host", r.Host)
}

// forwarded returns the header with what the Region's doors add: X-Forwarded-For,
// -Port and -Proto, and X-Amzn-Trace-Id where the client sent none. The recorded
// REST events of LocalStack (tests/aws/services/apigateway/
// test_apigateway_lambda.snapshot.json, 2024-07) and AWS's sample events of the
// others show the same four.
func forwarded(r Request, id Identity) Header {
	h := r.host()
	if r.via.event {
		return h
	}
	hops := h.Values("X-Forwarded-For")
	if r.SourceIP != "" {
		hops = append(hops, r.SourceIP)
	}
	if len(hops) > 0 {
		h = h.with("X-Forwarded-For", strings.Join(hops, ", "))
	}
	h = h.with("X-Forwarded-Port", id.port()).with("X-Forwarded-Proto", id.scheme())
	if h.Get("X-Amzn-Trace-Id") == "" {
		h = h.with("X-Amzn-Trace-Id", traceID(r))
	}
	return h
}

// traceID is a trace header in X-Ray's form: version, seconds in 8 hex digits, 96
// bits. Here they come from the request's id, so that an event is a function of
// the request. https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html
func traceID(r Request) string {
	sum := sha256.Sum256([]byte(r.ID))
	return fmt.Sprintf("Root=1-%08x-%s", uint32(r.Time.Unix()), hex.EncodeToString(sum[:12]))
}

// traceTime is the second at which the trace began, or the zero time.
func traceTime(trace string) time.Time {
	_, root, _ := strings.Cut(trace, "Root=1-")
	seconds, _, _ := strings.Cut(root, "-")
	n, err := strconv.ParseUint(seconds, 16, 32)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(int64(n), 0).UTC()
}

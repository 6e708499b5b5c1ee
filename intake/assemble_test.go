package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/record"
)

var began = time.Date(2026, 11, 29, 7, 0, 0, 0, time.UTC)

// sent is a capture of n requests, one a second, that name their invocation or do not.
func sent(at time.Time, n int, ids bool) Capture {
	var list []request
	for i := range n {
		t := at.Add(time.Duration(i) * time.Second).UnixNano()
		r := request{launched: t, sent: t, done: t + 100e6, Hit: record.Hit{Status: 200, Cold: -1}}
		if ids {
			r.RequestID = fmt.Sprintf("id-%d-%d", at.Unix(), i)
		}
		list = append(list, r)
	}
	c := captureOf("x", list, true)
	if !ids {
		c.Lacks = []record.Lack{record.LacksRequestIDs}
	}
	return c
}

// ran is as many invocations, which end 50 ms after their requests were sent.
func ran(at time.Time, n int, dated bool) Invocations {
	var all Invocations
	for i := range n {
		one := Invocation{Report: record.Report{RequestID: fmt.Sprintf("id-%d-%d", at.Unix(), i), BilledMS: int64(i + 1), MemoryMB: 128, InitUS: -1}}
		if dated {
			one.At = at.Add(time.Duration(i)*time.Second + 50*time.Millisecond)
		}
		all.List = append(all.List, one)
	}
	return all
}

func TestAssemble(t *testing.T) {
	second := began.Add(time.Minute)
	both := ran(began, 20, true)
	both.List = append(both.List, ran(second, 20, true).List...)
	undated := ran(began, 20, false)
	for name, c := range map[string]struct {
		captures []Capture
		reports  []Invocations
		options  Options
		rounds   string // hits/warm-up/reports of each
		note     string
	}{
		"by request id":                  {[]Capture{sent(began, 20, true), sent(second, 20, true)}, []Invocations{both}, Options{}, "20/0/20 20/0/20", ""},
		"ids of other calls":             {[]Capture{sent(began, 20, true)}, []Invocations{both}, Options{}, "20/0/20", "20 REPORT lines are of no request"},
		"by time":                        {[]Capture{sent(began, 20, false), sent(second, 20, false)}, []Invocations{both}, Options{}, "20/0/20 20/0/20", "40 REPORT lines are taken for those of 40 requests"},
		"by time, a warm-up":             {[]Capture{sent(began, 20, false), sent(second, 20, false)}, []Invocations{both}, Options{Warmup: 5 * time.Second}, "20/5/15 20/5/15", "10 REPORT lines are of no round's time or of its warm-up"},
		"by time, cut into rounds":       {[]Capture{sent(began, 20, false)}, []Invocations{both}, Options{Split: 6 * time.Second}, "6/0/8 6/0/6 6/0/6", "2 requests at the end"},
		"file by file":                   {[]Capture{sent(began, 20, false), sent(second, 20, false)}, []Invocations{undated, undated}, Options{}, "20/0/20 20/0/20", "40 REPORT lines are taken"},
		"numbers that do not agree":      {[]Capture{sent(began, 20, false)}, []Invocations{ran(began, 18, true)}, Options{}, "20/0/18", "more than 1 % apart"},
		"more invocations than requests": {[]Capture{sent(began, 20, false)}, []Invocations{ran(began, 21, true)}, Options{}, "20/0/21", "more than 1 % apart"},
		"requests alone":                 {[]Capture{sent(began, 20, false)}, nil, Options{Warmup: time.Second}, "20/1/-", ""},
		"invocations alone":              {nil, []Invocations{undated, both}, Options{}, "0/0/20 0/0/40", "each invocation counts as one"},
		"invocations, cut":               {nil, []Invocations{both}, Options{Split: 10 * time.Second}, "0/0/10 0/0/10 0/0/10", ""},
	} {
		rounds, imported, err := Assemble(c.captures, c.reports, c.options)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, r := range rounds {
			reports := "-"
			if r.Reports != nil {
				reports = fmt.Sprint(len(r.Reports))
			}
			got = append(got, fmt.Sprintf("%d/%d/%s", len(r.Hits), r.Load.Warmup, reports))
		}
		if strings.Join(got, " ") != c.rounds || !strings.Contains(strings.Join(imported.Notes, "\n"), c.note) {
			t.Errorf("%s: rounds %q, want %s; notes %q", name, got, c.rounds, imported.Notes)
		}
	}
}

func TestAssembleErrors(t *testing.T) {
	for want, c := range map[string]struct {
		captures []Capture
		reports  []Invocations
		options  Options
	}{
		"there is nothing to import":              {},
		"no file of requests is as long":          {[]Capture{sent(began, 20, true)}, nil, Options{Split: time.Minute}},
		"REPORT lines have no time and there are": {[]Capture{sent(began, 20, false), sent(began, 20, false)}, []Invocations{ran(began, 20, false)}, Options{}},
		"they cannot be cut into rounds":          {nil, []Invocations{ran(began, 20, false)}, Options{Split: time.Second}},
		"no file of REPORT lines is as long":      {nil, []Invocations{ran(began, 20, true)}, Options{Split: time.Minute}},
	} {
		if _, _, err := Assemble(c.captures, c.reports, c.options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Nothing is lost and nothing is there twice: every request of a file is in one round, or
// at its end.
func TestSplitKeepsAll(t *testing.T) {
	for n := range 40 {
		c := sent(began, n+1, true)
		c.Warm(3 * time.Second)
		rounds, left := c.Split(7 * time.Second)
		var ids []string
		for _, r := range rounds {
			for _, h := range r.Hits {
				ids = append(ids, h.RequestID)
			}
		}
		slices.Sort(ids)
		whole := len(slices.Compact(ids))
		// A warm-up without a round after it belongs to the end.
		if whole != len(ids) || whole+left != n+1 && !(len(rounds) == 0 && left <= n+1) {
			t.Errorf("%d requests: %d in rounds, %d of them once, %d left", n+1, len(ids), whole, left)
		}
	}
}

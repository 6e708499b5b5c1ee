package scenarios

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// A key is looked for wherever a request has its session's name: whole or with more
// around it, in a text of JSON too, and nowhere else.
func TestKeysOfARequest(t *testing.T) {
	r := Request{Path: "/jobs/p-{session}/state", Query: map[string]Values{"job_id": {"{session}", "other", "{session}"}, "z": {"z-{session}"}},
		Headers: map[string]string{"X-Job": "h-{session}"}, Body: `{"jobs": ["b-{session}", 1], "{session}": "job-1"}`}
	for pattern, want := range map[string][]string{
		"*":        {"job-e-7", "z-job-e-7", "p-job-e-7", "h-job-e-7", "b-job-e-7"},
		"job-*":    {"job-e-7"},
		"?-job-*":  {"z-job-e-7", "p-job-e-7", "h-job-e-7", "b-job-e-7"},
		"job-e-7":  {"job-e-7"},
		"job-1":    nil,
		"b-job-*7": {"b-job-e-7"},
	} {
		if got := r.Keys(Timeline{Key: pattern}, "job-e-7"); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
	if got := (Request{Body: "job={session}"}).Keys(Timeline{Key: "job=*"}, "s"); !slices.Equal(got, []string{"job=s"}) {
		t.Errorf("of a body that is no JSON: %q", got)
	}
	named := r.Named("s")
	if named.Path != "/jobs/p-s/state" || named.Query["job_id"][0] != "s" || named.Headers["X-Job"] != "h-s" || named.Body != `{"jobs": ["b-s", 1], "s": "job-1"}` ||
		r.Query["job_id"][0] != Session || r.Headers["X-Job"] != "h-{session}" {
		t.Errorf("named %+v of %+v", named, r)
	}
}

// Whoever deploys a scenario asks each front once before any trial: the item is there.
func TestAside(t *testing.T) {
	s := ship(t, "mediaconvert-polling")
	got := s.Aside(s.Tables[0])
	var want []Item
	for _, front := range []string{"http-api", "alb", "edge"} {
		want = append(want, Item{"JobId": "job-" + front + "-0.0.0-0", "JobStatus": "SUBMITTED", "ProgressRate": got[0]["ProgressRate"]})
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// What cannot be played on AWS is named with its field; the timelines that come with
// bench can.
func TestUnplayed(t *testing.T) {
	for _, name := range Names() {
		if u, found := ship(t, name).Unplayed(); found {
			t.Errorf("%s: %+v", name, u)
		}
	}
	s := ship(t, "mediaconvert-polling")
	timelines := s.Tables[0].Timelines
	for field, change := range map[string]func(){
		"tables[0].timelines[1].key": func() { s.Tables[0].Timelines = append(slices.Clone(timelines), Timeline{Key: "job-1"}) },
		"tables[0].timelines[0].key": func() { s.Tables[0].Timelines = []Timeline{{Key: "Job-*"}} },
		"tables[0].regions":          func() { s.Tables[0].Regions = []string{"us-east-1", "eu-west-1"} },
	} {
		change()
		u, found := s.Unplayed()
		if !found || u.Field != field || u.Want == "" {
			t.Errorf("%+v, want %s", u, field)
		}
		s.Tables[0].Timelines, s.Tables[0].Regions = timelines, []string{"ap-northeast-1"}
	}
	s.Tables[0].Timelines = []Timeline{{Key: "job-alb-*"}} // of one front alone
	if u, found := s.Unplayed(); found {
		t.Errorf("%+v", u)
	}
}

// Nobody changes items for a front that has a url in the scenario itself.
func TestTimedFarAway(t *testing.T) {
	const timed = "tables: [{name: Jobs, key: Id, timelines: [{key: job-*, versions: [{item: {}}]}]}]\n"
	if w := parse(t, base+timed).Warnings; len(w) != 0 {
		t.Errorf("in the lab: %v", w)
	}
	s := parse(t, strings.Replace(base+timed, "kind: apigw-rest", "kind: apigw-rest\n    url: http://127.0.0.1:8080\n    metrics: none", 1))
	if w := s.Warnings[len(s.Warnings)-1]; w.Field != "tables[0].timelines" || !strings.Contains(w.Text, s.Fronts[0].ID) {
		t.Errorf("%v", s.Warnings)
	}
}

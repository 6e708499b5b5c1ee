package telemetry

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// regionOf is the Region that a request was signed for.
func regionOf(r *http.Request) string {
	scope := strings.Split(r.Header.Get("Authorization"), "/")
	if len(scope) < 3 {
		return ""
	}
	return scope[2]
}

// groups is a CloudWatch Logs that knows log groups by Region and refuses some Regions.
// It answers DescribeLogGroups as the API's page has it
// (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html).
func groups(t *testing.T, denied []string, have map[string][]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		if slices.Contains(denied, regionOf(r)) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"__type":"UnrecognizedClientException","message":"The security token included in the request is invalid."}`)
			return
		}
		var in struct{ LogGroupNamePrefix string }
		_ = json.NewDecoder(r.Body).Decode(&in)
		type group struct {
			Name string `json:"logGroupName"`
		}
		out := struct {
			LogGroups []group `json:"logGroups"`
		}{[]group{}}
		for _, name := range have[regionOf(r)] {
			if strings.HasPrefix(name, in.LogGroupNamePrefix) {
				out.LogGroups = append(out.LogGroups, group{name})
			}
		}
		_ = json.NewEncoder(w).Encode(out)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// A function at the edge of which no Region is given is found where its metrics or its
// log group are: sums are those of all Regions that ran it, the one with the most first.
func TestLocate(t *testing.T) {
	f := everyFront(front.EdgeViewerRequest)
	w := newWorld(t, f)
	w.sent(f, 5)
	for region, durations := range map[string][]float64{"eu-central-1": {10, 20, 30}, "us-west-2": {40, 50}} {
		f.FunctionIn = region
		w.invoke(f, at("12:01:00"), durations...)
	}
	w.put(f, "Requests", at("12:01:00"), 1, 1, 1, 1, 1)
	w.run.Fronts[0].FunctionIn = ""
	// sa-east-1 has a log group that was made for the function, and did not run it; the name
	// in eu-west-2 only begins like it.
	w.LogsEndpoint = groups(t, []string{"ap-south-1"}, map[string][]string{"sa-east-1": {LogGroup(f.Function)}, "eu-west-2": {LogGroup(f.Function) + "-2"}})
	r := NewReader(w.Config)
	meters, fronts, err := r.Collect(context.Background(), &w.run, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := meters.Fronts[0]
	wantValue(t, m, "Invocations", "Sum", 5)
	wantValue(t, m, "Duration", "Sum", 150)
	if got := metric(t, m, "Duration", "Sum").Region; got != "eu-central-1, us-west-2" {
		t.Errorf("Duration from %q", got)
	}
	if fronts[0].FunctionIn != "eu-central-1" || !slices.Equal(fronts[0].AlsoIn, []string{"us-west-2"}) {
		t.Errorf("found in %q and %q", fronts[0].FunctionIn, fronts[0].AlsoIn)
	}
	if got := r.known[f.Function]; !slices.Equal(got, []string{"eu-central-1", "sa-east-1", "us-west-2"}) {
		t.Errorf("logs are looked for in %q", got)
	}
	if w.run.Fronts[0].FunctionIn != "" {
		t.Error("the run that was given was changed")
	}
	calls := 0
	for _, region := range meters.Reading.Regions {
		calls += region.ListCalls
		if denied := region.Region == "ap-south-1"; denied != (len(region.Problems) == 1) || denied && !strings.Contains(region.Problems[0], "UnrecognizedClientException") {
			t.Errorf("problems of %s: %q", region.Region, region.Problems)
		}
	}
	// ListMetrics in 15 Regions, DescribeLogGroups in the 13 that listed nothing.
	if len(meters.Reading.Regions) != 15 || calls != 15+13 {
		t.Errorf("%d Regions, %d calls; want 15 and 28", len(meters.Reading.Regions), calls)
	}
	if hasProblem(m, "no Region") {
		t.Errorf("problems %q", m.Problems)
	}
}

// A Region lists a new metric late: it is looked for again each minute, and not at
// each question.
func TestLocateLate(t *testing.T) {
	f := everyFront(front.EdgeViewerRequest)
	w := newWorld(t, f)
	w.sent(f, 2)
	w.LogsEndpoint = groups(t, nil, nil)
	w.run.Fronts[0].FunctionIn = ""
	w.clocked(3*time.Minute, func(n int) {
		if n == 2 { // after 30 s
			w.invoke(f, at("12:01:00"), 10, 20)
		}
	})
	r := NewReader(w.Config)
	meters, fronts, err := r.Collect(context.Background(), &w.run, nil)
	if err != nil {
		t.Fatal(err)
	}
	wantValue(t, meters.Fronts[0], "Duration", "Sum", 30)
	// 10, 20, 40: the question after 70 s is the first that looks again.
	if fronts[0].FunctionIn != "eu-central-1" || meters.Fronts[0].Coverage.WaitedS != 70 || meters.Reading.WaitedS != 70 {
		t.Errorf("found in %q after %v s", fronts[0].FunctionIn, meters.Fronts[0].Coverage.WaitedS)
	}
}

func TestLocateNowhere(t *testing.T) {
	f := everyFront(front.EdgeViewerRequest)
	w := newWorld(t, f)
	w.sent(f, 2)
	w.LogsEndpoint = groups(t, nil, nil)
	w.run.Fronts[0].FunctionIn = ""
	m := w.collect(t)[0]
	if !hasProblem(m, `no Region knows the function "us-east-1.`) || m.Coverage.Invocations != nil || len(m.Steps) != 0 {
		t.Errorf("problems %q, coverage %+v", m.Problems, m.Coverage)
	}
	for _, x := range m.Metrics {
		if x.Namespace == "AWS/Lambda" {
			t.Errorf("%s of %s was asked", x.Stat, x.Name)
		}
	}
}

// Further functions of a distribution are looked for by their own names.
func TestLocateFurther(t *testing.T) {
	f := everyFront(front.EdgeViewerRequest)
	f.Further = []record.Function{{Event: "viewer-response", Kind: front.EdgeViewerResponse, Function: "us-east-1.further", In: ""}}
	w := newWorld(t, f)
	w.sent(f, 1)
	w.LogsEndpoint = groups(t, nil, map[string][]string{"eu-west-1": {LogGroup("us-east-1.further")}})
	_, fronts, err := NewReader(w.Config).Collect(context.Background(), &w.run, nil)
	if err != nil || fronts[0].FunctionIn != "eu-central-1" || fronts[0].Further[0].In != "eu-west-1" || w.run.Fronts[0].Further[0].In != "" {
		t.Errorf("%+v, %v", fronts, err)
	}
}

package lab

import (
	"cmp"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/lab/cloudfront"
	"frontdoor/lab/dynamodb"
	"frontdoor/world"
)

// far is a front whose viewers are somewhere.
func far(t testing.TB, id string, kind front.Kind, region, viewer string) Front {
	f := fronts(t, "hello", kind)[0]
	f.ID, f.Region, f.Viewer = id, region, viewer
	return f
}

// serveFar serves fronts under a distance with round trips that are far enough apart
// to be told from noise in any order.
func serveFar(t testing.TB, list ...Front) logged {
	t.Helper()
	d := world.Default()
	dir := t.TempDir()
	l, err := Start(Config{LogDir: dir, Fronts: list, Distance: &d})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return logged{l, dir, time.Now()}
}

// quickest is the least time of some requests to a front, each on a connection of
// its own (cold) or all on one that is open (warm). The function is warm in both. The
// least is what distance bounds from below and noise only adds to.
func quickest(t testing.TB, url string, cold bool) time.Duration {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: cold}}
	defer client.CloseIdleConnections()
	once := func() time.Duration {
		before := time.Now()
		resp, err := client.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", url, resp.Status)
		}
		return time.Since(before)
	}
	once() // the function's first environment, and the connection
	var all []time.Duration
	for range 4 {
		all = append(all, once())
	}
	return slices.Min(all)
}

// Distance is in what a client measures: the further front of one run is the slower
// one, and a new connection pays for its set-up.
func TestDistance(t *testing.T) {
	t.Parallel()
	l := serveFar(t,
		far(t, "tokyo", front.APIGatewayHTTP, "ap-northeast-1", "us-east-1"),               // 165.9 ms, cold 497.7
		far(t, "ireland", front.FunctionURL, "eu-west-1", "us-east-1"),                     // 79.9 ms, cold 239.7
		edgeOptimized(far(t, "over-edge", front.APIGatewayREST, "eu-west-1", "us-east-1")), // 79.9 ms, cold 99.9
		far(t, "virginia", front.ALB, "us-east-1", "us-east-1"),                            // 10 ms, cold 30
		far(t, "edge", front.EdgeViewerRequest, "us-east-1", "eu-west-1"),                  // 10 ms wherever the viewer is
	)
	warm, cold := map[string]time.Duration{}, map[string]time.Duration{}
	for _, f := range l.Fronts() {
		warm[f.ID], cold[f.ID] = quickest(t, f.URL, false), quickest(t, f.URL, true)
	}
	// What is one last mile away is left unsorted: noise decides there.
	if got, want := furthest(warm)[:1], []string{"tokyo"}; !slices.Equal(got, want) {
		t.Errorf("warm, the furthest are %s: %v", got, warm)
	}
	if got, want := furthest(cold)[:3], []string{"tokyo", "ireland", "over-edge"}; !slices.Equal(got, want) {
		t.Errorf("cold, the furthest are %s: %v", got, cold)
	}
	shapes := map[string]world.Shape{"tokyo": world.Regional, "ireland": world.Regional, "over-edge": world.EdgeOptimized, "virginia": world.Regional, "edge": world.EdgeLocal}
	for _, f := range l.Fronts() { // never less than the closed form, whatever the machine does
		least, err := world.Default().Latency(world.Case{Shape: shapes[f.ID], Viewer: f.Viewer, Regions: []string{f.Region}})
		if err != nil || warm[f.ID] < least.Warm || cold[f.ID] < least.Cold || cold[f.ID] < warm[f.ID] {
			t.Errorf("%s: warm %v, cold %v, of %v; %v", f.ID, warm[f.ID], cold[f.ID], least, err)
		}
	}
}

// furthest is the fronts, the slowest first.
func furthest(times map[string]time.Duration) []string {
	return slices.SortedFunc(maps.Keys(times), func(a, b string) int { return cmp.Compare(times[b], times[a]) })
}

// edgeOptimized is a front with an edge-optimized endpoint.
func edgeOptimized(f Front) Front { f.Gateway.EdgeOptimized = true; return f }

// A function at the edge runs near the viewer, and its metrics are there.
func TestEdgeRunsNearTheViewer(t *testing.T) {
	t.Parallel()
	l := serveFar(t, far(t, "edge", front.EdgeViewerRequest, "us-east-1", "ap-northeast-1"))
	f := l.Fronts()[0]
	if f.FunctionRegion != "ap-northeast-1" || f.Region != "us-east-1" {
		t.Errorf("made in %s, runs in %s", f.Region, f.FunctionRegion)
	}
	if a := get(t, f.URL); a.status != http.StatusOK || a.header.Get("X-Amz-Cf-Pop") != "NRT-LAB" {
		t.Fatal(a)
	}
	l.has(t, f, map[string]float64{"Invocations": 1, "Requests": 1})
}

// What a front measures of itself leaves the way to it out, as on AWS.
func TestDistanceIsNotTheFronts(t *testing.T) {
	t.Parallel()
	l := serveFar(t, far(t, "tokyo", front.APIGatewayHTTP, "ap-northeast-1", "us-east-1"))
	f := l.Fronts()[0]
	outside := quickest(t, f.URL, false)
	l.Settle()
	latency := *l.sum(t, f, "Latency") / *l.sum(t, f, "Count")
	if inside := time.Duration(latency * float64(time.Millisecond)); inside >= outside {
		t.Errorf("the front counts %v of %v", inside, outside)
	}
}

// A viewer or a front in a Region that the matrix lacks is refused: no distance is
// known, and none would be the best of all.
func TestUnknownPlaceIsRefused(t *testing.T) {
	d := world.Default()
	for _, f := range []Front{
		far(t, "a", front.ALB, "us-east-1", "mars-north-1"), far(t, "b", front.ALB, "mars-north-1", "us-east-1"),
		far(t, "c", front.EdgeViewerRequest, "us-east-1", ""),
	} {
		l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}, Distance: &d})
		if err == nil {
			l.Close()
		}
		if err == nil || !strings.Contains(err.Error(), "has no Region") {
			t.Errorf("%s: %v", f.ID, err)
		}
	}
}

// A function at the edge waits for the table of another Region: on the first call of
// its environment for the connection too.
func TestDistanceToATable(t *testing.T) {
	t.Parallel()
	d := world.Default()
	var list []Front
	for _, region := range []string{"us-east-1", "eu-west-1"} {
		f := rawFront(t, front.EdgeViewerRequest, "tells", string(front.EdgeViewerRequest), region, "c-1")
		f.ID, f.Viewer = "table-in-"+region, "us-east-1"
		list = append(list, f)
	}
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: list, Distance: &d,
		Tables: []dynamodb.Table{jobs(t, "us-east-1", "eu-west-1")}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var warm []time.Duration
	for _, f := range l.Fronts() {
		warm = append(warm, quickest(t, f.URL, false))
	}
	remote, err := d.Latency(world.Case{Shape: world.EdgeRemote, Viewer: "us-east-1", Regions: []string{"eu-west-1"}})
	if err != nil || warm[1] < remote.Warm || warm[0] > warm[1] {
		t.Errorf("local %v, remote %v of %v, %v", warm[0], warm[1], remote.Warm, err)
	}
}

// A distribution asks its origin from the edge location, over connections that it
// keeps: the viewer's new connection is set up with the edge alone. Of objects the
// bucket is in the distribution's Region.
func TestDistanceToAnOrigin(t *testing.T) {
	t.Parallel()
	api := far(t, "api", front.FunctionURL, "eu-west-1", "us-east-1")
	distribution := func(id, viewer string, origin Origin) Front {
		f := rawFront(t, front.EdgeOriginRequest, "forwards")
		f.ID, f.Viewer = id, viewer
		f.CloudFront = &CloudFront{Behaviour: cloudfront.Behaviour{ForwardAll: true}, Origin: origin}
		return f
	}
	objects := Origin{Objects: []Object{{Path: "/", Body: "Hello", CacheControl: "no-store"}}}
	l := serveFar(t, api, distribution("over-cloudfront", "us-east-1", Origin{Front: "api"}), distribution("objects", "eu-west-1", objects))
	d := world.Default()
	cold := map[string]time.Duration{}
	for _, f := range l.Fronts() {
		warm := quickest(t, f.URL, false)
		cold[f.ID] = quickest(t, f.URL, true)
		shape, region := world.EdgeOptimized, "eu-west-1"
		switch f.ID {
		case "api":
			shape = world.Regional
		case "objects":
			region = "us-east-1"
		}
		least, err := d.Latency(world.Case{Shape: shape, Viewer: f.Viewer, Regions: []string{region}})
		if err != nil || warm < least.Warm || cold[f.ID] < least.Cold {
			t.Errorf("%s: warm %v, cold %v, of %v; %v", f.ID, warm, cold[f.ID], least, err)
		}
	}
	if cold["over-cloudfront"] >= cold["api"] {
		t.Errorf("a new connection over CloudFront takes %v, to the Region %v", cold["over-cloudfront"], cold["api"])
	}
}

// No kind of front is left out: with a last mile that is far above what loopback
// takes, each waits for it on every request and three times on a new connection.
func TestDistanceIsInEachKind(t *testing.T) {
	d := world.Distance{Matrix: world.Recent(), LastMile: 20 * time.Millisecond, TLS: world.TLS13}
	list := fronts(t, "hello", front.Kinds()...)
	for i, f := range list {
		list[i].Viewer = "us-east-1"
		switch {
		case f.Kind == front.CloudFrontFunction:
			list[i].Code = `function handler(event) { return {statusCode: 200, statusDescription: "OK"}; }`
		case !f.Kind.Answers():
			list[i] = rawFront(t, f.Kind, "returns", `{"status":"200","headers":{}}`)
			list[i].Viewer = "us-east-1"
			list[i].CloudFront = &CloudFront{Behaviour: cloudfront.Behaviour{ForwardAll: true}, Origin: Origin{Objects: []Object{{Path: "/", Body: "x"}}}}
		}
	}
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: list, Distance: &d})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	for _, f := range l.Fronts() {
		t.Run(f.ID, func(t *testing.T) {
			t.Parallel()
			if warm, cold := quickest(t, f.URL, false), quickest(t, f.URL, true); warm < d.LastMile || cold < 3*d.LastMile {
				t.Errorf("warm %v, cold %v", warm, cold)
			}
		})
	}
}

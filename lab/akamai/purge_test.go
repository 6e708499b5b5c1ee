package akamai_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/akamai/AkamaiOPEN-edgegrid-golang/v13/pkg/edgegrid"

	"frontdoor/akamai"
	lab "frontdoor/lab/akamai"
)

// wall is a customer at the time of day: Akamai's module signs with the machine's clock.
func wall(t *testing.T, change func(*lab.Config)) *customer {
	t.Helper()
	cfg := config()
	cfg.Clock = lab.NewManual(time.Now())
	if change != nil {
		change(&cfg)
	}
	return start(t, cfg)
}

func byURL() akamai.Purge {
	return akamai.Purge{Action: akamai.Invalidate, By: akamai.ByURL, Network: akamai.Production, Objects: []any{"https://www.example.com/report.csv"}}
}

// What Akamai's module signs the server finds authentic; 201 says that a purge is
// accepted, not that it is done.
func TestPurgeAccepted(t *testing.T) {
	c := wall(t, nil)
	for _, p := range []akamai.Purge{
		byURL(),
		{Action: akamai.Delete, By: akamai.ByCPCode, Network: akamai.Staging, Objects: []any{832468}},
		{Action: akamai.Invalidate, By: akamai.ByCPCode, Network: akamai.Production, Objects: []any{"832468"}}, // as the published handler sends it
		{Action: akamai.Invalidate, By: akamai.ByTag, Network: akamai.Production, Objects: []any{"reports"}},
	} {
		a, err := c.purge.Do(t.Context(), p)
		if err != nil || a.HTTPStatus != 201 || a.EstimatedSeconds != 5 || a.Detail != "Request accepted" || a.PurgeID == "" || a.SupportID == "" {
			t.Errorf("%+v: %+v, %v", p, a, err)
		}
	}
	if m := c.Purge.Meters(); m != (lab.PurgeMeters{Requests: 4, Accepted: 4, Objects: 4}) {
		t.Errorf("%+v", m)
	}
}

// F27 and what else Fast Purge refuses, each with its status.
// https://techdocs.akamai.com/purge-cache/reference/error-codes
func TestPurgeRefuses(t *testing.T) {
	long := `{"objects":["http://www.example.com/` + strings.Repeat("x", 51_000) + `"]}`
	const one = `{"objects":["http://www.example.com/a"]}`
	for name, x := range map[string]struct {
		method, path, contentType, body string
		want                            int
	}{
		"GET":                {"GET", "/ccu/v3/invalidate/url/production", "application/json", "", 405},
		"a form":             {"POST", "/ccu/v3/invalidate/url/production", "text/plain", one, 415},
		"F27: 51 KB":         {"POST", "/ccu/v3/invalidate/url/production", "application/json", long, 413},
		"no JSON":            {"POST", "/ccu/v3/invalidate/url/production", "application/json", "objects", 400},
		"two documents":      {"POST", "/ccu/v3/invalidate/url/production", "application/json", one + one, 400},
		"another field":      {"POST", "/ccu/v3/invalidate/url/production", "application/json", `{"objects":["http://www.example.com/a"],"type":"arl"}`, 400},
		"no objects":         {"POST", "/ccu/v3/invalidate/url/production", "application/json", `{"objects":[]}`, 400},
		"two sorts":          {"POST", "/ccu/v3/invalidate/url/production", "application/json", `{"objects":["http://www.example.com/a",832468]}`, 400},
		"a name":             {"POST", "/ccu/v3/invalidate/cpcode/production", "application/json", `{"objects":["reports"]}`, 400},
		"somebody's URL":     {"POST", "/ccu/v3/invalidate/url/production", "application/json", `{"objects":["http://www.example.org/a"]}`, 403},
		"somebody's CP code": {"POST", "/ccu/v3/invalidate/cpcode/production", "application/json", `{"objects":[832469]}`, 403},
		"a third network":    {"POST", "/ccu/v3/invalidate/url/testing", "application/json", one, 404},
		"a third action":     {"POST", "/ccu/v3/remove/url/production", "application/json", one, 404},
		"version 2":          {"POST", "/ccu/v2/invalidate/url/production", "application/json", one, 404},
		"the older form":     {"POST", "/ccu/v3/invalidate/url/production", "application/json", `{"hostname":"www.example.com","objects":["/a"]}`, 201},
		"no network":         {"POST", "/ccu/v3/invalidate/url", "application/json; charset=utf-8", one, 201},
		"no network, slash":  {"POST", "/ccu/v3/invalidate/url/", "application/json", one, 201},
	} {
		t.Run(name, func(t *testing.T) {
			c := wall(t, nil)
			req, err := http.NewRequest(x.method, c.PurgeURL()+x.path, strings.NewReader(x.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", x.contentType)
			resp, problem := send(t, req, signer())
			if resp.StatusCode != x.want || int(problem["httpStatus"].(float64)) != x.want || problem["supportId"] == "" || problem["detail"] == "" {
				t.Errorf("%d %v, want %d", resp.StatusCode, problem, x.want)
			}
			if ct := resp.Header.Get("Content-Type"); (ct == "application/problem+json") != (x.want >= 400) {
				t.Errorf("Content-Type %s", ct)
			}
			if m := c.Purge.Meters(); m.Accepted > 0 != (x.want == 201) {
				t.Errorf("%+v", m)
			}
		})
	}
}

func signer() *edgegrid.Config {
	return &edgegrid.Config{ClientToken: "akab-client", AccessToken: "akab-access", ClientSecret: "secret=", MaxBody: edgegrid.MaxBodySize}
}

// send signs a request with Akamai's module, if there is a signer, and reads the answer.
func send(t *testing.T, req *http.Request, sign *edgegrid.Config) (*http.Response, map[string]any) {
	t.Helper()
	if sign != nil {
		sign.SignRequest(req)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var body map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	return resp, body
}

// F28: a Config that is a literal has MaxBody 0. The module then signs an empty body, and
// a POST with one is refused. So is whatever else is not authentic.
func TestPurgeAuthenticity(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*edgegrid.Config)
		early  time.Duration // the server's clock
		status int
	}{
		"F28: MaxBody 0":   {func(c *edgegrid.Config) { c.MaxBody = 0 }, 0, 401},
		"wrong secret":     {func(c *edgegrid.Config) { c.ClientSecret = "secret" }, 0, 401},
		"unknown client":   {func(c *edgegrid.Config) { c.ClientToken = "akab-other" }, 0, 401},
		"unknown access":   {func(c *edgegrid.Config) { c.AccessToken = "akab-other" }, 0, 401},
		"33 s apart":       {func(*edgegrid.Config) {}, -33 * time.Second, 401},
		"20 s apart":       {func(*edgegrid.Config) {}, -20 * time.Second, 201},
		"33 s behind":      {func(*edgegrid.Config) {}, 33 * time.Second, 401},
		"all as it should": {func(*edgegrid.Config) {}, 0, 201},
	} {
		t.Run(name, func(t *testing.T) {
			c := wall(t, func(c *lab.Config) { c.Clock = lab.NewManual(time.Now().Add(x.early)) })
			req, err := http.NewRequest("POST", c.PurgeURL()+"/ccu/v3/invalidate/cpcode/production", strings.NewReader(`{"objects":[832468]}`))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			s := signer()
			x.change(s)
			resp, problem := send(t, req, s)
			if resp.StatusCode != x.status {
				t.Errorf("%d %v, want %d", resp.StatusCode, problem, x.status)
			}
			if m := c.Purge.Meters(); m.Accepted > 0 != (x.status == 201) {
				t.Errorf("%+v", m)
			}
		})
	}
}

// A header that is not there, or used before, is refused; with which status can be said.
func TestPurgeReplay(t *testing.T) {
	c := wall(t, func(c *lab.Config) { c.Purge.Unauthorized = 403 })
	var header string
	for _, want := range []int{403, 201, 403} {
		req, err := http.NewRequest("POST", c.PurgeURL()+"/ccu/v3/invalidate/cpcode/production", strings.NewReader(`{"objects":[832468]}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		if want == 201 {
			signer().SignRequest(req)
			header = req.Header.Get("Authorization")
		}
		if header != "" {
			req.Header.Set("Authorization", header)
		}
		if resp, problem := send(t, req, nil); resp.StatusCode != want {
			t.Errorf("%d %v, want %d", resp.StatusCode, problem, want)
		}
	}
}

// A body of unknown length is a 411.
func TestPurgeWantsALength(t *testing.T) {
	c := wall(t, nil)
	body := []byte(`{"objects":[832468]}`)
	req, err := http.NewRequest("POST", c.PurgeURL()+"/ccu/v3/invalidate/cpcode/production", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	signer().SignRequest(req)
	req.ContentLength, req.TransferEncoding = -1, []string{"chunked"}
	if resp, problem := send(t, req, nil); resp.StatusCode != 411 {
		t.Errorf("%d %v", resp.StatusCode, problem)
	}
}

// The schema has CP codes as integers; the API takes strings too.
func TestPurgeStrictTypes(t *testing.T) {
	c := wall(t, func(c *lab.Config) { c.Purge.StrictTypes = true })
	p := akamai.Purge{Action: akamai.Invalidate, By: akamai.ByCPCode, Network: akamai.Production, Objects: []any{"832468"}}
	if _, err := c.purge.Do(t.Context(), p); status(err) != 400 {
		t.Errorf("a string: %v", err)
	}
	p.Objects = []any{832468}
	if _, err := c.purge.Do(t.Context(), p); err != nil {
		t.Errorf("an integer: %v", err)
	}
}

// F26: 300 CP codes are there at once and 30 a minute come back. A request that is too
// large for what is left gets 429 and takes nothing.
// https://techdocs.akamai.com/purge-cache/reference/rate-limiting
func TestPurgeRateLimits(t *testing.T) {
	c := wall(t, nil)
	purge := func(n int) error {
		objects := make([]any, n)
		for i := range objects {
			objects[i] = 832468
		}
		_, err := c.purge.Do(t.Context(), akamai.Purge{Action: akamai.Invalidate, By: akamai.ByCPCode, Network: akamai.Production, Objects: objects})
		return err
	}
	if err := purge(301); status(err) != 429 || !strings.Contains(err.Error(), "CPCODE Rate Limit exceeded") || !strings.Contains(err.Error(), `"rateLimitRemaining":300`) {
		t.Errorf("the 301st CP code: %v", err)
	}
	if err := purge(299); err != nil { // all 300 are there still
		t.Error(err)
	}
	if err := purge(2); status(err) != 429 || !strings.Contains(err.Error(), `"rateLimitRemaining":1`) {
		t.Errorf("2 of 1: %v", err)
	}
	if err := purge(1); err != nil { // and the 429 took none of it
		t.Error(err)
	}
	c.clock.Advance(time.Second) // half a CP code
	if err := purge(1); status(err) != 429 {
		t.Errorf("within a second: %v", err)
	}
	c.clock.Advance(time.Second)
	if err := purge(1); err != nil {
		t.Error(err)
	}
	if m := c.Purge.Meters(); m.Throttled != 3 || m.Accepted != 3 || m.Objects != 301 {
		t.Errorf("%+v", m)
	}
}

// Requests have a bucket of their own, 100 deep; URLs one of 10,000. The headers tell
// of both, on success too and from rate-limit-status.
func TestPurgeRateHeaders(t *testing.T) {
	c := wall(t, nil)
	for i := range 101 {
		_, err := c.purge.Do(t.Context(), byURL())
		if want := i == 100; (status(err) == 429) != want || want && !strings.Contains(err.Error(), `"title":"Rate Limit exceeded"`) {
			t.Errorf("request %d: %v", i, err)
		}
	}
	c.clock.Advance(time.Second)
	req, err := http.NewRequest("POST", c.PurgeURL()+"/ccu/v3/rate-limit-status/url", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, _ := send(t, req, signer())
	for name, want := range map[string]string{
		"Limit": "100", "Remaining": "50", "Limit-Per-Second": "50", "Seconds-To-Refresh-Limit": "1",
		"Limit-Objects": "10000", "Remaining-Objects": "10000", "Limit-Per-Second-Objects": "200", "Seconds-To-Refresh-Limit-Objects": "0",
	} {
		if got := resp.Header.Get("X-Ratelimit-" + name); got != want {
			t.Errorf("X-Ratelimit-%s: %s, want %s", name, got, want)
		}
	}
	if resp.StatusCode != 201 {
		t.Error(resp.StatusCode)
	}
}

// Akamai's module writes the time as its vectors do: within a bubble, where the
// clock can be set, its Authorization header is the one that the vectors' formula gives.
func TestModuleAgreesWithTheVectors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := time.Date(2014, 3, 21, 19, 34, 21, 0, time.UTC)
		time.Sleep(time.Until(at))
		req, err := http.NewRequest("POST", "https://akaa.luna.akamaiapis.net/ccu/v3/invalidate/cpcode/production?x=%20y", strings.NewReader(`{"objects":[832468]}`))
		if err != nil {
			t.Fatal(err)
		}
		signer().SignRequest(req)
		unsigned, signature, _ := strings.Cut(req.Header.Get("Authorization"), "signature=")
		want := lab.Signed{
			Secret: "secret=", Timestamp: "20140321T19:34:21+0000", Method: "POST", Scheme: "https", Host: "akaa.luna.akamaiapis.net",
			Target: "/ccu/v3/invalidate/cpcode/production?x=%20y", Body: []byte(`{"objects":[832468]}`), MaxBody: 131072, Unsigned: unsigned,
		}.Signature()
		if signature != want || !strings.Contains(unsigned, fmt.Sprintf("timestamp=%s;", "20140321T19:34:21+0000")) {
			t.Errorf("%s signed %s, want %s", unsigned, signature, want)
		}
	})
}

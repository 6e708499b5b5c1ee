package claims

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/lab"
	"frontdoor/offload"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report/reporttest"
)

// day is that of docs/claims.md.
const day = "2026-11-29"

// evidence is the shipped book, or one with other rates over it.
func evidence(t *testing.T, over string) *Evidence {
	t.Helper()
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if over != "" {
		user, err := book.ParseOver("over.csv", strings.NewReader("meter,region,from,until,seen_from,seen_until,tier_from,tier_until,unit,usd,rate_code,confidence,source\n"+over))
		if err != nil {
			t.Fatal(err)
		}
		if book, err = book.Over(user); err != nil {
			t.Fatal(err)
		}
	}
	asOf, err := pricing.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	return &Evidence{Book: book, AsOf: asOf, Alarms: alarms}
}

// alarms are those of the lab's CloudWatch.
func alarms(_ pricing.Date, lambda, apiGateway pricing.USD) ([]Alarm, error) {
	states, err := lab.BillingAlarms(time.Date(2016, 8, 7, 12, 0, 0, 0, time.UTC), lab.Charges{Lambda: lambda.Float(), APIGateway: apiGateway.Float()})
	var out []Alarm
	for _, a := range states {
		out = append(out, Alarm{a.Written.Name, a.Written.Namespace, string(a.WrittenState), string(a.RepairedState)})
	}
	return out, err
}

func one(t *testing.T, e *Evidence, id string) Judged {
	t.Helper()
	judged, err := Judge(e, id)
	if err != nil || len(judged) != 1 {
		t.Fatalf("%s: %+v, %v", id, judged, err)
	}
	return judged[0]
}

// all is what a verdict says.
func all(j Judged) string {
	var b strings.Builder
	b.WriteString(j.sentence())
	for _, l := range j.Lines {
		b.WriteString("\n" + l.words())
	}
	return b.String()
}

// Each verdict with figures that were worked out apart from this program, by hand
// from the prices on AWS's pages or from the measurements named.
func TestVerdicts(t *testing.T) {
	e := evidence(t, "")
	for _, c := range []struct {
		id    string
		word  Word
		parts []string
	}{
		// ap-northeast-1, per million and second: edge 0.60+1.20 and 6.25125, REST 4.25+0.20 and 2.0833375:
		// 2.65/4.1679125 = 0.6358 s. HTTP API: 1.29+0.20 < 1.80 already. ALB: 730*0.0243+7.30 = 25.039 over
		// 1.80-0.20 + 0.02*4.1679125 - 0.008*1700/0.4e9*1e6 = 1.64936 a million: 15.18M.
		// us-east-1: (3.70-1.60+0.005 of egress)/4.1679125 = 0.5050 s in decimal gigabytes.
		// Free each month: 10M requests of CloudFront, 1M of Lambda and its GB-seconds: 7.25+1.925(x-10) = 1.49x-0.20
		// in Tokyo and 7.25+1.725(x-10) = 1.20x-0.20 in us-east-1: 27.1 and 18.7 million.
		{"C1", Conditional, []string{"API Gateway REST API up to 635 billed ms", "API Gateway HTTP API never", "Application Load Balancer up to 15,181,", "REST API: up to 504 billed ms", "API Gateway HTTP API up to 27,124,", "HTTP API: up to 18,665,",
			"requests of 700 bytes, answers of 1,000 bytes"}},
		// (0.60 + 0.3125625) / (0.20 + 0.20833375), up to 50 ms
		{"C2", False, []string{"none is cheaper", "2.23 times", "a GB-second costs 3.0 times"}},
		{"C3", True, []string{"$0.00005001 a GB-second x 128/1024 = $0.00000625125", "50 ms are $0.0000003125625"}},
		{"C4", NotJudged, []string{"needs a run of cache-ttl-straddle"}},
		// 80.5 ms between Virginia and Ireland in 2017, 10 ms last mile, 20 ms of processing: 3*10+80.5+20 and
		// 10+80.5+20 at the edge, 3*90.5+20 and 90.5+20 at the API; 80.5*0.00625125 dollars a million.
		{"C5", NotJudged, []string{"needs a run of global-api", "130.5 ms cold and 110.5 ms warm", "291.5 ms cold and 110.5 ms warm", "$0.5032 for the 80.5 ms"}},
		// 0.1*145.3 + 0.1*212.4 with the table in Tokyo; 0.8*145.3 + 0.1*80.5 in Virginia. With 49 % near Tokyo
		// 0.255*357.7 = 91.2 against 0.49*145.3 + 0.255*80.5 = 91.7, with 48 % 93.0 against 90.7.
		{"C6", True, []string{"35.8 ms on average with the table in Tokyo", "124.3 ms in us-east-1", "the least is ap-northeast-1", "assumed: 80 % of viewers near Tokyo", "from 49 % on Tokyo is the best place", "with 48 % it is us-east-1, with 90.7 ms"}},
		{"C7", True, []string{"a minute early the old version is served for up to 1m, a minute late for 23h59m"}},
		// 24/48 a day and cache; 30 days, one parent
		{"C8", Conditional, []string{"15 requests reach S3 in 30 days, 0 when it never expires", "30 requests reach S3, and 0 of them are the TTL's", "0.5 times a day"}},
		// 30 uploads of the object for 480*30 reads of it: 1 - 1/480
		{"C9", Conditional, []string{"100 % of requests, 99.79 % of bytes"}},
		{"C10", Conditional, []string{"done in about 5s"}},
		// 730*0.0225 + 2*730*0.005
		{"C11", Conditional, []string{"alb: $23.73 a month", "a month of 730 hours", "a hosted zone: $0.50", "an alarm: $0.10", "(the first 50 are free)", "(the first 10 are free)", "(the first 5 are free, logs.ingested_gb.* included)"}},
		{"C12", True, []string{"in 1 Region with edge-optimized endpoints; 2017-11: in 2 with regional ones"}},
		{"C13", NotJudged, []string{"needs a run of global-api", "an edge-optimized API ends in 1 Region", "in 2 of 2"}},
		// 23.725 over 3.50-0.034 and over 1.00-0.034 a million. Above 300M an HTTP API is 0.90 a million, which is
		// what capacity units cost at 0.90/0.02 = 45,000 bytes of request (700) and answer, and the month's fixed
		// cost is what an HTTP API's first band is dearer by. 38.88M * 3.50.
		{"C14", True, []string{"REST API from 6,845,", "HTTP API from 24,560,", "with answers of 44,301 bytes", "cheaper in us-east-1 than", "cheaper in ap-northeast-1 than", "requests of 700 bytes", "$136.08 a day"}},
		// 0.60 + 1e6*0.02*0.00000625125
		{"C15", True, []string{"free at the edge: nothing", "$0.7250 with every free tier of a new account, $0.7250 without", "1,000,000 requests a month"}},
		// 0.5/0.0000035; 0.1/(0.0000002+0.00000020833375), and 0.1/(0.0000002+0.000000208375) = 244,872.97; 10M of each
		{"C16", False, []string{"142,857 requests", "244,897 invocations", "the page's $0.00001667 a GB-second is the price list's $0.0000166667 rounded: at the page's, invocation 244,873 reaches the $0.10", "$4.083 owed to Lambda and $35.00 to API Gateway", "meditations-billing-lambda is INSUFFICIENT_DATA in AWS/Lambda, and ALARM in AWS/Billing", "in AWS/Billing, by service, 2 of 2 would"}},
	} {
		j := one(t, e, c.id)
		if j.Word != c.word || j.Changed() {
			t.Errorf("%s is %s, recorded is %s, want %s", c.id, j.Word, j.Expected, c.word)
		}
		for _, part := range c.parts {
			if !strings.Contains(all(j), part) {
				t.Errorf("%s lacks %q:\n%s", c.id, part, all(j))
			}
		}
	}
}

// A verdict is computed: other prices make another one, and it is said to have changed.
func TestVerdictsFollowTheirEvidence(t *testing.T) {
	const days = ",2017-01-01,,2017-01-01,2026-11-29,0,Inf,"
	var free []string // an edge that costs nothing
	for _, row := range []string{"edge.requests,us-east-1%Requests", "edge.requests,ap-northeast-1%Requests", "edge.gb_seconds,us-east-1%GB-Seconds", "edge.gb_seconds,ap-northeast-1%GB-Seconds",
		"cloudfront.requests.https.us,global%Requests", "cloudfront.requests.https.jp,global%Requests", "cloudfront.egress_gb.us,global%GB", "cloudfront.egress_gb.jp,global%GB"} {
		free = append(free, strings.Replace(row, "%", days, 1)+",0,,P,t")
	}
	for _, c := range []struct{ id, over string }{
		{"C1", strings.Join(free, "\n")},
		{"C2", "edge.gb_seconds,us-east-1" + days + "GB-Seconds,0.0000001,,P,t\nedge.requests,us-east-1" + days + "Requests,0.0000002,,P,t"},
		{"C3", "edge.gb_seconds,us-east-1" + days + "GB-Seconds,0.00005,,P,t"},
		{"C14", "alb.lcu_hours,us-east-1" + days + "LCU-Hours,80,,P,t"},
	} {
		if j := one(t, evidence(t, c.over), c.id); !j.Changed() {
			t.Errorf("%s stays %s:\n%s", c.id, j.Word, all(j))
		}
	}
}

// The register is whole: 16 claims in order, each said by somebody, with a recorded
// word and evidence of a known kind.
func TestRegister(t *testing.T) {
	if ids := IDs(); len(ids) != 16 || ids[0] != "C1" || ids[15] != "C16" || ids[9] != "C10" {
		t.Errorf("%v", ids)
	}
	judged, err := Judge(evidence(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range judged {
		if j.Text == "" || len(j.Said) == 0 || !slices.Contains([]Word{True, False, Conditional}, j.Expected) || len(j.Lines) == 0 {
			t.Errorf("%+v", j)
		}
		if j.Word == Conditional && j.Boundary == "" || j.Word == NotJudged && j.Needs == "" {
			t.Errorf("%s is %s without saying where, or why", j.ID, j.Word)
		}
	}
	if _, err := Judge(evidence(t, ""), "C17"); err == nil || !strings.Contains(err.Error(), "C16") {
		t.Errorf("C17: %v", err)
	}
}

// sections are those of the page by claim, and what is above the first table.
func sections(text string) map[string]string {
	m := map[string]string{}
	for i, s := range strings.Split(text, "\n## ") {
		id, _, _ := strings.Cut(s, "\n")
		if i == 0 {
			id = "head"
			s, _, _ = strings.Cut(s, "\n|")
		}
		m[id] = strings.TrimSpace(regexp.MustCompile(`(?m)^- \*record\* .*\n?`).ReplaceAllString(s, ""))
	}
	return m
}

// The page in docs is a fresh one, for what needs no run: lines that rest on runs are
// left out on both sides.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../docs/claims.md")
	if err != nil {
		t.Fatal(err)
	}
	judged, err := Judge(evidence(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	var fresh bytes.Buffer
	if err := Markdown(&fresh, Page{AsOf: day, Claims: judged}); err != nil {
		t.Fatal(err)
	}
	written, want := sections(string(page)), sections(fresh.String())
	if written["head"] != want["head"] {
		t.Errorf("%q, want %q", written["head"], want["head"])
	}
	for _, j := range judged {
		if got, ok := written[j.ID]; !ok || j.Needs == "" && got != want[j.ID] {
			t.Errorf("docs/claims.md is not fresh: bench claims --as-of %s -o markdown=docs/claims.md\n%s\n%s", day, got, want[j.ID])
		}
	}
}

func TestWriters(t *testing.T) {
	p := Page{AsOf: day, Claims: []Judged{{Claim{ID: "C9", Text: "a|b\x1b", Expected: True, Said: []Said{{"x", "2020-01-01", "https://example.org/a_b"}}},
		Verdict{False, "never", []Line{{Rule, "because", ""}}}}}}
	for _, format := range Formats() {
		write, ok := WriterOf(format)
		var b bytes.Buffer
		if !ok || write(&b, p) != nil {
			t.Fatalf("%s: %q", format, b.String())
		}
		text := b.String()
		if format == "json" {
			var back struct {
				Claims []struct{ ID, Verdict string }
			}
			if json.Unmarshal(b.Bytes(), &back) != nil || back.Claims[0].ID != "C9" || back.Claims[0].Verdict != "false" {
				t.Errorf("%s", text)
			}
			continue
		}
		if strings.Contains(text, "\x1b") || !strings.Contains(text, "CHANGED: true was recorded") || !strings.Contains(text, "https://example.org/a_b") {
			t.Errorf("%s: %s", format, text)
		}
	}
	if _, ok := WriterOf("pdf"); ok || Table(failing{}, p) == nil {
		t.Error("pdf is a format, or a writer that fails is not noticed")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// A run shows its own order of costs beside the boundaries, and no amounts: its
// durations of about 9 ms are below those of 504 ms, its month below that of 16 million.
func TestRecordedOrder(t *testing.T) {
	e := evidence(t, "")
	sample := *reporttest.Recording(t) // which other tests have too
	run := &sample
	e.Runs = []*record.Recording{run}
	for id, want := range map[string]string{
		"C1":  "record: with the durations of this run (LAB) and 10M requests a month edge is cheaper than rest and alb, and not than http-api (20261122T150000Z-sample)",
		"C14": "record: with the durations of this run (LAB) and 10M requests a month alb is cheaper than rest, and not than http-api (20261122T150000Z-sample)",
	} {
		var got []string
		for _, l := range one(t, e, id).Lines {
			if l.Kind == Record {
				got = append(got, string(l.Kind)+": "+l.words())
			}
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	for source, want := range map[record.Source]string{record.SourceAWS: "this run (AWS)", record.SourceURL: "not known to be AWS's"} {
		run.Source = source
		if text := one(t, e, "C14").Lines; !slices.ContainsFunc(text, func(l Line) bool { return l.Kind == Record && strings.Contains(l.words(), want) }) {
			t.Errorf("%s: %v", source, text)
		}
	}
}

// cached is a run of a function at both events: each answered 3 requests, with so
// many invocations. For a fifth the function could not run.
func cached(viewer, origin int) *record.Recording {
	run := &record.Recording{Run: record.Run{ID: "a-run", Fronts: []record.Front{{ID: "v", Kind: front.EdgeViewerRequest}, {ID: "o", Kind: front.EdgeOriginRequest}}}}
	for id, invocations := range map[string]int{"v": viewer, "o": origin} {
		run.Measured = append(run.Measured, record.Measured{
			Trial: record.Trial{Front: id}, Hits: []record.Hit{{Status: 200}, {Status: 200}, {Status: 404}, {Error: "timeout"}, {Status: 503, RequestID: "-"}}, Reports: make([]record.Report, invocations),
		})
	}
	return run
}

// C4 is judged by a run in which a cache helps somebody, and by no other.
func TestLittleCache(t *testing.T) {
	for _, c := range []struct {
		viewer, origin int
		word           Word
		part           string
	}{
		{3, 1, False, "v (edge-viewer-request): every request invoked the function"},
		{3, 1, False, "o (edge-origin-request): the cache answered requests without the function"},
		{3, 1, False, "at origin request a short time to live does help (o)"},
		{2, 1, True, "v (edge-viewer-request): the cache answered requests without the function"},
		{3, 3, NotJudged, "needs a run of cache-ttl-straddle"},
	} {
		e := evidence(t, "")
		e.Runs = []*record.Recording{cached(c.viewer, c.origin)}
		if j := one(t, e, "C4"); j.Word != c.word || !strings.Contains(all(j), c.part) {
			t.Errorf("%d and %d invocations of 3 requests: %s", c.viewer, c.origin, all(j))
		}
	}
	e := evidence(t, "")
	run := cached(3, 1)
	run.Fronts[1].ID = "origin-5s" // with the author's policy
	for i := range run.Measured {
		if run.Measured[i].Front == "o" {
			run.Measured[i].Front = "origin-5s"
		}
	}
	e.Runs = []*record.Recording{run}
	if got := all(one(t, e, "C4")); !strings.Contains(got, "at origin request the same policy does help (origin-5s)") {
		t.Errorf("%s", got)
	}
}

// Without a CloudWatch to ask nothing is said of alarms.
func TestAlarmsNeedACloudWatch(t *testing.T) {
	e := evidence(t, "")
	e.Alarms = nil
	if j := one(t, e, "C16"); j.Word != NotJudged || j.Changed() {
		t.Errorf("%s", all(j))
	}
}

// A run in which a name failed over shows it; one that stayed with a Region does not.
func TestOneDomainInARun(t *testing.T) {
	trial := func(regions ...string) *record.Recording {
		run := &record.Recording{Run: record.Run{ID: "a-run", Fronts: []record.Front{{ID: "api", Kind: front.APIGatewayREST}}}}
		m := record.Measured{Trial: record.Trial{Front: "api"}}
		for _, r := range regions {
			m.Events = append(m.Events, record.Event{What: record.Resolves, Region: r}, record.Event{What: record.CheckFails, Region: "eu-west-1"})
		}
		run.Measured = append(run.Measured, m)
		return run
	}
	e := evidence(t, "")
	e.Runs = []*record.Recording{trial("us-east-1", "us-west-2", "us-east-1"), trial("us-east-1", "us-east-1")}
	if got := all(one(t, e, "C12")); strings.Count(got, "one name sent viewers to") != 1 || !strings.Contains(got, "api: one name sent viewers to us-east-1 and us-west-2 (a-run)") {
		t.Errorf("%s", got)
	}
}

// Claims about offload are judged by a scenario's own numbers, and by what its options
// did on loopback. 20 caches without a parent ask once a day each.
func TestOffloadOfAScenario(t *testing.T) {
	p := offload.Defaults()
	p.Parents = 0
	e := evidence(t, "")
	e.Offload = &p
	options := []record.OffloadOption{
		{Option: "a", IdleSame: 1},
		{Option: "b", S3: record.OffloadS3{Gets: 3}, Invocations: 3, Changes: []record.OffloadChange{{Fresh: true}, {Fresh: true}}},
		{Option: "b-published", Purges: record.OffloadPurges{Accepted: 2}, Changes: []record.OffloadChange{{}, {}}},
	}
	e.Runs = []*record.Recording{{Run: record.Run{ID: "a-run"}, Offload: &record.Offload{Options: options}}}
	for id, parts := range map[string][]string{
		"C8":  {"600 requests reach S3, and 0 of them are the TTL's", "a on loopback: an invalidation without a change sent a request"},
		"C9":  {"b on loopback: S3 was read by the publishing function alone"},
		"C10": {"b on loopback: every change came to every edge", "b-published on loopback: no change came to any edge, though 2 purges were accepted"},
	} {
		for _, part := range parts {
			if got := all(one(t, e, id)); !strings.Contains(got, part) {
				t.Errorf("%s lacks %q:\n%s", id, part, got)
			}
		}
	}
	options[0].IdleFull, options[1].S3.Gets = 1, 4
	if got := all(one(t, e, "C8")); strings.Contains(got, "on loopback") {
		t.Errorf("%s", got)
	}
	if got := all(one(t, e, "C9")); !strings.Contains(got, "read by others than the publishing function") {
		t.Errorf("%s", got)
	}
}

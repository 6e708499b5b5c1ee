package intake

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/record"
)

// heyRows are in the form of csvTmpl in requester/print.go of rakyll/hey: every time with
// four decimals, rows in the order in which answers came.
const heyRows = `response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset
0.0600,0.0000,0.0000,0.0000,0.0595,0.0005,500,0.0500
0.0500,0.0100,0.0040,0.0001,0.0397,0.0002,200,0.0000
`

func TestHey(t *testing.T) {
	c, err := ReadHits("hey.csv", []byte(heyRows), Auto, front.ALB)
	if err != nil {
		t.Fatal(err)
	}
	const ms = 1_000_000
	want := []record.Hit{
		{Status: 200, Cold: -1, Sent: 10 * ms, FirstByte: 49_800_000, Done: 50 * ms},
		{Seq: 1, Status: 500, Cold: -1, Due: 50 * ms, Launched: 50 * ms, Sent: 50 * ms, FirstByte: 109_500_000, Done: 110 * ms, Error: "status 500"},
	}
	if !slices.Equal(c.Hits, want) || !c.Started.IsZero() {
		t.Errorf("from %s\n%+v\nwant\n%+v", c.Started, c.Hits, want)
	}
	if !strings.Contains(strings.Join(c.Notes, " "), "how many failed is not known") || !slices.Contains(c.Lacks, record.LacksConnections) {
		t.Errorf("notes %q, lacks %q", c.Notes, c.Lacks)
	}
}

func TestWarmAndSplit(t *testing.T) {
	const s = 1_000_000_000
	var list []request
	for i := range 25 { // one a second
		list = append(list, request{launched: int64(i+1) * s, sent: int64(i+1) * s, done: int64(i+1)*s + 5})
	}
	c := captureOf("x", list, true)
	c.Warm(3 * s)
	rounds, left := c.Split(10 * s)
	if len(rounds) != 2 || left != 2 {
		t.Fatalf("%d rounds, %d left", len(rounds), left)
	}
	for i, want := range []struct {
		hits, warm int
		started    int64
	}{{13, 3, 1}, {10, 0, 14}} {
		r := rounds[i]
		l := r.Load()
		if l.Sent != want.hits || l.Warmup != want.warm || r.Started.Unix() != want.started || r.Hits[0].Launched != 0 || r.Hits[0].Done != 5 || l.AchievedRate != 1 {
			t.Errorf("round %d: %+v from %s, first %+v", i+1, l, r.Started, r.Hits[0])
		}
	}
	if l := c.Load(); l.Sent != 25 || l.Warmup != 3 {
		t.Errorf("%+v", l)
	}
}

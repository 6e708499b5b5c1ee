package intake

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"frontdoor/front"
	"frontdoor/record"
)

// attack is a real attack of vegeta's on a server that answers 200, 404 and not at all.
func attack(t *testing.T) []vegeta.Result {
	t.Helper()
	n := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		w.Header().Set("X-Bench-Request-Id", fmt.Sprintf("id-%d", n))
		w.Header().Set("X-Bench-Cold", map[bool]string{true: "1", false: "0"}[n == 1])
		w.Header().Set("X-Bench-Consumed", map[bool]string{true: "us-east-1 rru=0.5", false: "SECRET"}[n == 1])
		w.Header().Set("Apigw-Requestid", "front-id")
		switch r.URL.Path {
		case "/none":
			panic(http.ErrAbortHandler)
		case "/missing":
			http.Error(w, "no", http.StatusNotFound)
		default:
			_, _ = w.Write([]byte(strings.Repeat("x", 1000)))
		}
	}))
	defer server.Close()
	var targets []vegeta.Target
	for _, path := range []string{"/", "/missing", "/none?token=SECRET"} {
		targets = append(targets, vegeta.Target{Method: "GET", URL: server.URL + path})
	}
	a := vegeta.NewAttacker(vegeta.Workers(1), vegeta.MaxWorkers(1), vegeta.KeepAlive(false))
	var results []vegeta.Result
	for r := range a.Attack(vegeta.NewStaticTargeter(targets...), vegeta.Rate{Freq: 100, Per: time.Second}, 90*time.Millisecond, "t") {
		results = append(results, *r)
	}
	if len(results) < 6 {
		t.Fatalf("%d results", len(results))
	}
	return results
}

// encoded is the results as vegeta itself writes them, with all in the order given.
func encoded(t testing.TB, results []vegeta.Result) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for name, encoder := range map[string]func(*bytes.Buffer) vegeta.Encoder{
		"gob":  func(b *bytes.Buffer) vegeta.Encoder { return vegeta.NewEncoder(b) },
		"json": func(b *bytes.Buffer) vegeta.Encoder { return vegeta.NewJSONEncoder(b) },
		"csv":  func(b *bytes.Buffer) vegeta.Encoder { return vegeta.NewCSVEncoder(b) },
	} {
		var b bytes.Buffer
		e := encoder(&b)
		for i := range results {
			if err := e.Encode(&results[i]); err != nil {
				t.Fatal(err)
			}
		}
		files[name] = b.Bytes()
	}
	return files
}

// The law: gob, JSON and CSV of one attack give the same hits. What they say is what the
// server did.
func TestVegeta(t *testing.T) {
	results := attack(t)
	files := encoded(t, results)
	var first *Capture
	for name, data := range files {
		c, err := ReadHits(name, data, Auto, front.APIGatewayHTTP)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = &c
		}
		if !reflect.DeepEqual(c, *first) {
			t.Errorf("%s differs: %+v\n%+v", name, c, *first)
		}
		if whole, err := ReadHits(name, bytes.TrimSuffix(data, []byte("\n")), Auto, front.APIGatewayHTTP); err != nil || len(whole.Hits) != len(c.Hits) {
			t.Errorf("%s without its last \\n: %d hits, %v", name, len(whole.Hits), err)
		}
	}
	if len(first.Hits) != len(results) || !first.Started.Equal(results[0].Timestamp) {
		t.Fatalf("%d hits from %s, want %d from %s", len(first.Hits), first.Started, len(results), results[0].Timestamp)
	}
	for i, h := range first.Hits {
		r := results[i]
		if h.Seq != int64(i) || h.Sent != r.Timestamp.Sub(results[0].Timestamp).Nanoseconds() || h.Due != h.Sent || h.Done-h.Sent != int64(r.Latency) || h.Status != int32(r.Code) {
			t.Errorf("hit %d: %+v of %+v", i, h, r)
		}
		want := map[uint16][3]string{200: {"", "front-id", "id"}, 404: {"status 404", "front-id", "id"}, 0: {"EOF", "", ""}}[r.Code]
		if h.Error != want[0] || h.FrontID != want[1] || !strings.HasPrefix(h.RequestID, want[2]) || strings.Contains(fmt.Sprint(h), "SECRET") {
			t.Errorf("hit %d of status %d: %+v", i, r.Code, h)
		}
	}
	if first.Hits[0].Consumed != "us-east-1 rru=0.5" || first.Hits[1].Consumed != "" {
		t.Errorf("consumed %q and %q", first.Hits[0].Consumed, first.Hits[1].Consumed)
	}
	if first.Hits[0].Cold != 1 || first.Hits[1].Cold != 0 || first.Hits[2].Cold != -1 {
		t.Errorf("cold %d %d %d", first.Hits[0].Cold, first.Hits[1].Cold, first.Hits[2].Cold)
	}
	if !slices.Equal(first.Lacks, []record.Lack{record.LacksRequestBytes, record.LacksConnections}) {
		t.Errorf("lacks %q", first.Lacks)
	}
}

// The size of an answer, by what net/http writes; vegeta itself counts the body that it
// kept, 0 with -max-body=0.
func TestVegetaSizes(t *testing.T) {
	r := vegeta.Result{Code: 200, Method: "GET", BytesIn: 0, Headers: http.Header{"Content-Length": {"1000"}, "A": {"1", "2"}}}
	if got, want := answerSize(r), int64(len("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nA: 1\r\nA: 2\r\n\r\n")+1000); got != want {
		t.Errorf("%d bytes, want %d", got, want)
	}
	c, err := ReadHits("x", encoded(t, []vegeta.Result{{Code: 200, BytesIn: 5, Timestamp: time.Unix(1, 0)}})["gob"], Auto, front.ALB)
	if err != nil || !slices.Contains(c.Lacks, record.LacksResponseBytes) || !slices.Contains(c.Lacks, record.LacksRequestIDs) {
		t.Errorf("a result without headers lacks %q, %v", c.Lacks, err)
	}
}

func TestReasonHoldsNoAddress(t *testing.T) {
	for text, want := range map[string]string{
		`Get "https://u:p@x.example/?k=SECRET": dial tcp 127.0.0.1:1: connect: connection refused`:             "dial tcp 127.0.0.1:1: connect: connection refused",
		`Get "https://x.example/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`: "timeout",
		`Get "https://x.example/": EOF`:    "EOF",
		`something of https://x/?k=SECRET`: "no answer",
		``:                                 "no answer",
	} {
		if got := reason(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// No reader panics, whatever it is given.
func FuzzReadHits(f *testing.F) {
	for _, data := range encoded(f, []vegeta.Result{{Code: 200, Timestamp: time.Unix(1, 0), Latency: 5, Headers: http.Header{"A": {"b"}}}}) {
		f.Add(data)
	}
	for _, text := range []string{k6New, k6Old, heyRows, "", "{", "\x1f\x8b", "metric_name,timestamp,metric_value,status\nhttp_reqs,1,1,200"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		c, err := ReadHits("x", data, Auto, front.APIGatewayREST)
		if err == nil && len(c.Hits) == 0 {
			t.Error("no request and no error")
		}
		for _, h := range c.Hits {
			if h.Sent < h.Launched || h.Done < h.Sent {
				t.Errorf("%+v", h)
			}
		}
	})
}

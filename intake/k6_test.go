package intake

import (
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/record"
)

// k6Old is the example of k6's own course (grafana/k6-learn, "k6 results output options"),
// before there was a column metadata, with a request of ours that failed in two ways.
const k6Old = `metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,name,proto,scenario,service,status,subproto,tls_version,url,extra_tags
http_reqs,1641298536,1.000000,,,,true,,POST,https://httpbin.test.k6.io/post,HTTP/1.1,default,,200,,tls1.2,https://httpbin.test.k6.io/post,
http_req_duration,1641298536,114.365000,,,,true,,POST,https://httpbin.test.k6.io/post,HTTP/1.1,default,,200,,tls1.2,https://httpbin.test.k6.io/post,
http_req_blocked,1641298536,589.667000,,,,true,,POST,https://httpbin.test.k6.io/post,HTTP/1.1,default,,200,,tls1.2,https://httpbin.test.k6.io/post,
http_req_connecting,1641298536,117.517000,,,,true,,POST,https://httpbin.test.k6.io/post,HTTP/1.1,default,,200,,tls1.2,https://httpbin.test.k6.io/post,
http_req_tls_handshaking,1641298536,415.043000,,,,true,,POST,https://httpbin.test.k6.io/post,HTTP/1.1,default,,200,,tls1.2,https://httpbin.test.k6.io/post,
http_req_sending,1641298536,0.251000,,,,true,,POST,https://httpbin.test.k6.io/post,HTTP/1.1,default,,200,,tls1.2,https://httpbin.test.k6.io/post,
http_req_waiting,1641298536,114.010000,,,,true,,POST,https://httpbin.test.k6.io/post,HTTP/1.1,default,,200,,tls1.2,https://httpbin.test.k6.io/post,
http_req_receiving,1641298536,0.104000,,,,true,,POST,https://httpbin.test.k6.io/post,HTTP/1.1,default,,200,,tls1.2,https://httpbin.test.k6.io/post,
http_req_failed,1641298536,0.000000,,,,true,,POST,https://httpbin.test.k6.io/post,HTTP/1.1,default,,200,,tls1.2,https://httpbin.test.k6.io/post,
checks,1641298536,1.000000,Application says hello,,,,,,,,default,,,,,,
vus,1641298536,2.000000,,,,,,,,,,,,,,,
vus_max,1641298536,100.000000,,,,,,,,,,,,,,,
`

// k6New is as output/csv/output.go of grafana/k6 writes it since there is a column
// metadata, with K6_CSV_TIME_FORMAT=unix_milli.
const k6New = `metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,name,proto,scenario,service,status,subproto,tls_version,url,extra_tags,metadata
http_reqs,1641298536500,1.000000,,,,true,,GET,u,HTTP/2.0,default,,200,,,u,,
http_req_duration,1641298536500,100.000000,,,,true,,GET,u,HTTP/2.0,default,,200,,,u,,
http_req_blocked,1641298536500,0.002000,,,,true,,GET,u,HTTP/2.0,default,,200,,,u,,
http_req_receiving,1641298536500,1.000000,,,,true,,GET,u,HTTP/2.0,default,,200,,,u,,
http_req_failed,1641298536500,0.000000,,,,true,,GET,u,HTTP/2.0,default,,200,,,u,,
http_reqs,1641298536450,1.000000,,,,false,,GET,u,HTTP/2.0,default,,503,,,u,,
http_req_duration,1641298536450,150.000000,,,,false,,GET,u,HTTP/2.0,default,,503,,,u,,
http_req_failed,1641298536450,1.000000,,,,false,,GET,u,HTTP/2.0,default,,503,,,u,,
http_reqs,1641298537000,1.000000,,"Get ""https://x/?k=SECRET"": request timeout: timed out",1050,false,,GET,u,,default,,0,,,u,,
http_req_duration,1641298537000,400.000000,,request timeout,1050,false,,GET,u,,default,,0,,,u,,
http_req_failed,1641298537000,1.000000,,request timeout,1050,false,,GET,u,,default,,0,,,u,,
`

func TestK6(t *testing.T) {
	c, err := ReadHits("old.csv", []byte(k6Old), Auto, front.ALB)
	if err != nil || len(c.Hits) != 1 {
		t.Fatalf("%d hits, %v", len(c.Hits), err)
	}
	// By hand: it ended at :36, 114.365 ms after it was sent, which was 589.667 ms after it began.
	want := record.Hit{Status: 200, Cold: -1, Sent: 589_667_000, FirstByte: 704_032_000 - 104_000, Done: 704_032_000,
		Connect: 117_517_000, TLS: 415_043_000, NewConn: true, Protocol: "HTTP/1.1"}
	if c.Hits[0] != want {
		t.Errorf("%+v, want %+v", c.Hits[0], want)
	}
	if at := time.Unix(1641298536, 0).Add(-704_032 * time.Microsecond); !c.Started.Equal(at) {
		t.Errorf("began %s, want %s", c.Started, at)
	}
	if !strings.Contains(strings.Join(c.Notes, " "), "whole seconds") || !slices.Contains(c.Lacks, record.LacksResponseBytes) || slices.Contains(c.Lacks, record.LacksConnections) {
		t.Errorf("notes %q, lacks %q", c.Notes, c.Lacks)
	}

	c, err = ReadHits("new.csv", []byte(k6New), Auto, front.ALB)
	if err != nil || len(c.Hits) != 3 {
		t.Fatalf("%d hits, %v", len(c.Hits), err)
	}
	for i, want := range []struct {
		status        int32
		launched, end time.Duration // after 1641298536.300
		failed        string
	}{{503, 0, 150 * time.Millisecond, "status 503"}, {200, 99_998 * time.Microsecond, 200 * time.Millisecond, ""}, {0, 300 * time.Millisecond, 700 * time.Millisecond, "timeout"}} {
		h := c.Hits[i]
		if h.Status != want.status || h.Launched != int64(want.launched) || h.Done != int64(want.end) || h.Error != want.failed || h.NewConn {
			t.Errorf("hit %d: %+v, want %+v", i, h, want)
		}
	}
	if strings.Contains(strings.Join(c.Notes, " "), "whole seconds") {
		t.Errorf("notes %q of a file in milliseconds", c.Notes)
	}
}

// The formats of K6_CSV_TIME_FORMAT:
// https://grafana.com/docs/k6/latest/results-output/real-time/csv/
func TestK6Time(t *testing.T) {
	at := time.Date(2022, 1, 4, 12, 15, 36, 0, time.UTC)
	for text, coarse := range map[string]bool{
		"1641298536": true, "1641298536000": false, "1641298536000000": false, "1641298536000000000": false,
		"2022-01-04T13:15:36+01:00": true, "2022-01-04T12:15:36.000000000Z": false,
	} {
		ns, isCoarse, err := k6Time(text)
		if err != nil || ns != at.UnixNano() || isCoarse != coarse {
			t.Errorf("%s: %s, coarse %v, %v", text, time.Unix(0, ns).UTC(), isCoarse, err)
		}
	}
}

// An error names file, line and what would be right.
func TestHitErrors(t *testing.T) {
	const head = "metric_name,timestamp,metric_value,status\n"
	const hey = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n"
	for data, want := range map[string]string{
		"nothing\n":                        "f: it holds no results that are known",
		"":                                 "f: it holds no results that are known",
		head:                               "f: it holds no request",
		head + "http_req_duration,1,1,200": "f: line 2: http_req_duration comes before any http_reqs",
		head + "http_reqs,1,1,200":         "f: line 2: http_reqs is followed by no http_req_duration",
		head + "http_reqs,yesterday,1,200": `f: line 2: timestamp "yesterday": want Unix seconds`,
		head + "http_reqs,1,x,200":         `f: line 2: metric_value "x": want a number`,
		head + "http_reqs,1,1,ok\nhttp_req_duration,1,1,ok":                         `f: line 2: status "ok": want an HTTP status`,
		"metric_name,timestamp,metric_value\n":                                      `f: line 1: there is no column "status"`,
		hey + "0.1,0,0,0,0.1,0,200":                                                 "f: line 2: there is no offset",
		hey + "slow,0,0,0,0.1,0,200,0":                                              `f: line 2: response-time "slow": want a number`,
		"response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read\n": "f: line 1: columns",
	} {
		if _, err := ReadHits("f", []byte(data), Auto, front.ALB); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", data, err, want)
		}
	}
}

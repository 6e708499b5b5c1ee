package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdoor/record"
)

// k6 writes a row for each metric of a request, http_reqs first, all with the time at
// which the request ended
// (https://grafana.com/docs/k6/latest/results-output/real-time/csv/, output/csv/output.go
// of grafana/k6). Columns are found by their names: older versions have fewer.

// k6Times are the metrics of a request's phases, in milliseconds:
// https://grafana.com/docs/k6/latest/using-k6/metrics/reference/
func k6Times() []string {
	return []string{"http_req_duration", "http_req_blocked", "http_req_connecting", "http_req_tls_handshaking", "http_req_sending", "http_req_waiting", "http_req_receiving", "http_req_failed"}
}

// k6Request is the rows of one request.
type k6Request struct {
	row    []string // of http_reqs
	line   int
	ended  int64 // Unix nanoseconds
	values map[string]float64
}

func readK6(data []byte) (Capture, error) {
	rows := csv.NewReader(bytes.NewReader(data))
	rows.FieldsPerRecord, rows.ReuseRecord = -1, false
	header, err := rows.Read()
	if err != nil {
		return Capture{}, fmt.Errorf("line 1: %w", err)
	}
	table := k6Table{columns: map[string]int{}}
	for i, name := range header {
		table.columns[name] = i
	}
	for _, name := range []string{"metric_name", "timestamp", "metric_value", "status"} {
		if _, ok := table.columns[name]; !ok {
			return Capture{}, fmt.Errorf("line 1: there is no column %q: want what k6 run --out csv writes, with its system tags", name)
		}
	}
	if err := eachRow(rows, table.take); err != nil {
		return Capture{}, err
	}
	return table.capture()
}

type k6Table struct {
	columns  map[string]int
	requests []k6Request
	coarse   bool // times are whole seconds
}

func (t *k6Table) cell(row []string, name string) string {
	if i, ok := t.columns[name]; ok && i < len(row) {
		return row[i]
	}
	return ""
}

func (t *k6Table) take(row []string, line int) error {
	metric := t.cell(row, "metric_name")
	if metric != "http_reqs" && !slices.Contains(k6Times(), metric) {
		return nil // of iterations, virtual users, checks
	}
	value, err := strconv.ParseFloat(t.cell(row, "metric_value"), 64)
	if err != nil || math.IsNaN(value) || value < 0 || value > 1e12 {
		return fmt.Errorf("metric_value %q: want a number of 0 or more", t.cell(row, "metric_value"))
	}
	if metric == "http_reqs" {
		ended, coarse, err := k6Time(t.cell(row, "timestamp"))
		if err != nil {
			return err
		}
		t.coarse = t.coarse || coarse
		t.requests = append(t.requests, k6Request{row, line, ended, map[string]float64{}})
		return nil
	}
	if len(t.requests) == 0 {
		return fmt.Errorf("%s comes before any http_reqs", metric)
	}
	t.requests[len(t.requests)-1].values[metric] = value
	return nil
}

// k6Time reads a time in any of K6_CSV_TIME_FORMAT: unix (whole seconds), unix_milli,
// unix_micro, unix_nano, rfc3339, rfc3339_nano.
func k6Time(text string) (ns int64, coarse bool, err error) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= 0 {
		unit := int64(time.Second)
		for limit := int64(1e11); n >= limit && unit > 1; limit *= 1000 {
			unit /= 1000
		}
		if unit == int64(time.Second) && n > math.MaxInt64/unit {
			return 0, false, fmt.Errorf("timestamp %q is out of range", text)
		}
		return n * unit, unit == int64(time.Second), nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || at.Year() < 1970 || at.Year() > 2200 {
		return 0, false, fmt.Errorf("timestamp %q: want Unix seconds to nanoseconds, or RFC 3339", text)
	}
	return at.UnixNano(), !strings.Contains(text, "."), nil
}

func (t *k6Table) capture() (Capture, error) {
	var list []request
	for _, r := range t.requests {
		q, err := t.request(r)
		if err != nil {
			return Capture{}, fmt.Errorf("line %d: %w", r.line, err)
		}
		list = append(list, q)
	}
	c := captureOf("k6 CSV", list, true)
	c.Lacks = []record.Lack{record.LacksRequestBytes, record.LacksResponseBytes, record.LacksRequestIDs}
	c.Notes = []string{dueNote}
	if t.coarse {
		c.Notes = append(c.Notes, "times in the file are whole seconds (K6_CSV_TIME_FORMAT=unix_nano has more): warm-up and rounds are cut to the second")
	}
	return c, nil
}

// request reckons back from the end: duration is sending, waiting and receiving; blocked,
// which holds the set-up of a new connection, lies before it.
func (t *k6Table) request(r k6Request) (request, error) {
	duration, ok := r.values["http_req_duration"]
	if !ok {
		return request{}, errors.New("http_reqs is followed by no http_req_duration")
	}
	ns := func(name string) int64 { return int64(r.values[name] * 1e6) }
	q := request{done: r.ended, sent: r.ended - int64(duration*1e6)}
	q.launched = q.sent - ns("http_req_blocked")
	status, err := strconv.ParseInt(t.cell(r.row, "status"), 10, 32)
	if err != nil || status < 0 || status > 999 {
		return q, fmt.Errorf("status %q: want an HTTP status, or 0", t.cell(r.row, "status"))
	}
	h := record.Hit{Status: int32(status), Cold: -1, Protocol: t.cell(r.row, "proto"), Connect: ns("http_req_connecting"), TLS: ns("http_req_tls_handshaking")}
	h.NewConn = h.Connect > 0
	switch {
	case status == 0:
		h.Error = reason(t.cell(r.row, "error"))
	case r.values["http_req_failed"] > 0 || t.cell(r.row, "expected_response") == "false":
		h.Error = fmt.Sprintf("status %d", status) // whatever the script expected
	case t.cell(r.row, "expected_response") == "":
		h.Error = failure(h.Status)
	}
	if status != 0 {
		q.firstByte = r.ended - ns("http_req_receiving")
	}
	q.Hit = h
	return q, nil
}

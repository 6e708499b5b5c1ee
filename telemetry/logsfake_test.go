package telemetry

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"
	"testing"
	"time"

	"frontdoor/record"
)

// cloud is a CloudWatch Logs for one log group a Region, with the faults that AWS has:
// small and empty pages, events twice, lines that come late, Regions that refuse. Its
// answers have the members of the API's pages:
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
type cloud struct {
	events  map[string][]fakeEvent // by Region
	refuse  map[string]string      // by Region: an error's code
	page    int                    // events on a page
	rows    int                    // most rows of a query; 0 is what is asked for
	windows []string               // that were asked for, as "REGION FROM-UNTIL" in seconds
	running int                    // how often a query is still running
	results map[string][]fakeEvent // by query id
}

type fakeEvent struct {
	at      time.Time
	stream  string
	message string
}

func (c *cloud) serve(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		if code := c.refuse[regionOf(r)]; code != "" {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(w, `{"__type":%q,"message":"no"}`, code)
			return
		}
		body, _ := io.ReadAll(r.Body)
		operation := r.Header.Get("X-Amz-Target")
		_ = json.NewEncoder(w).Encode(c.answer(regionOf(r), operation[strings.LastIndex(operation, ".")+1:], body))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func (c *cloud) answer(region, operation string, body []byte) any {
	var in struct {
		StartTime, EndTime int64
		NextToken, QueryID string
		Limit              int
	}
	_ = json.Unmarshal(body, &in)
	switch operation {
	case "FilterLogEvents":
		return c.filtered(region, in.StartTime, in.EndTime, in.NextToken)
	case "StartQuery":
		return c.started(region, in.StartTime, in.EndTime, in.Limit)
	case "GetQueryResults":
		return c.result(in.QueryID)
	}
	panic("not served: " + operation)
}

// within are the events of a window, both ends included, in the order of time.
func (c *cloud) within(region string, from, until time.Time) []fakeEvent {
	var list []fakeEvent
	for _, e := range c.events[region] {
		if !e.at.Before(from) && !e.at.After(until) {
			list = append(list, e)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].at.Before(list[j].at) })
	return list
}

// filtered gives every page the last event of the one before too, and every second page
// is empty.
func (c *cloud) filtered(region string, from, until int64, token string) any {
	var position, empty int
	if token == "" {
		c.windows = append(c.windows, fmt.Sprintf("%s %d-%d", region, from/1000, until/1000))
	} else {
		_, _ = fmt.Sscanf(token, "%d %d", &position, &empty)
	}
	all := c.within(region, time.UnixMilli(from), time.UnixMilli(until))
	out := map[string]any{"events": []any{}, "searchedLogStreams": []any{}}
	if empty == 1 {
		out["nextToken"] = fmt.Sprintf("%d 0", position)
		return out
	}
	size := c.page
	if size == 0 {
		size = 10_000
	}
	var events []any
	for i := max(0, position-1); i < min(len(all), position+size); i++ {
		e := all[i]
		events = append(events, map[string]any{"logStreamName": e.stream, "timestamp": e.at.UnixMilli(), "ingestionTime": e.at.UnixMilli(),
			"message": e.message, "eventId": fmt.Sprintf("%d %s %s", e.at.UnixMilli(), e.stream, e.message)})
	}
	out["events"] = events
	if position+size < len(all) {
		out["nextToken"] = fmt.Sprintf("%d 1", position+size)
	}
	return out
}

func (c *cloud) started(region string, from, until int64, limit int) any {
	c.windows = append(c.windows, fmt.Sprintf("%s %d-%d", region, from, until))
	if c.results == nil {
		c.results = map[string][]fakeEvent{}
	}
	id := fmt.Sprintf("query-%d", len(c.results))
	var rows []fakeEvent
	for _, e := range c.within(region, time.Unix(from, 0), time.Unix(until, 999e6)) {
		if strings.HasPrefix(e.message, "REPORT ") || strings.Contains(e.message, `"platform.report"`) {
			rows = append(rows, e)
		}
	}
	if c.rows > 0 {
		limit = c.rows
	}
	c.results[id] = rows[:min(len(rows), limit)]
	return map[string]any{"queryId": id}
}

func (c *cloud) result(id string) any {
	out := map[string]any{"status": "Complete", "results": []any{}, "statistics": map[string]any{"bytesScanned": 1000.0}}
	if c.running > 0 {
		c.running--
		out["status"] = "Running"
		return out
	}
	var rows []any
	for _, e := range c.results[id] {
		rows = append(rows, []any{
			map[string]any{"field": "@timestamp", "value": e.at.UTC().Format("2006-01-02 15:04:05.000")},
			map[string]any{"field": "@message", "value": e.message},
		})
	}
	out["results"] = rows
	return out
}

// call adds the lines of an invocation of d milliseconds that began at a time.
func (c *cloud) call(region, stream, id string, began time.Time, d int64) {
	if c.events == nil {
		c.events = map[string][]fakeEvent{}
	}
	ended := began.Add(time.Duration(d) * time.Millisecond)
	line := format(record.Report{RequestID: id, DurationUS: d * 1000, BilledMS: d, InitUS: -1, MemoryMB: 128, MaxMemMB: 36})
	c.events[region] = append(c.events[region],
		fakeEvent{began, stream, "START RequestId: " + id + " Version: $LATEST\n"}, fakeEvent{began, stream, "working\n"},
		fakeEvent{ended, stream, "END RequestId: " + id + "\n"}, fakeEvent{ended, stream, line})
}

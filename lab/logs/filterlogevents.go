package logs

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"time"
)

type filterLogEventsInput struct {
	LogGroupName        string
	LogGroupIdentifier  string
	LogStreamNames      []string
	LogStreamNamePrefix string
	StartTime           *int64
	EndTime             *int64
	FilterPattern       string
	NextToken           string
	Limit               *int
	StartFromHead       *bool
}

type filterLogEventsOutput struct {
	Events    []filteredLogEvent `json:"events"`
	NextToken string             `json:"nextToken,omitempty"`
	// Searched is empty since 2020-05-15, says the API's page.
	Searched []struct{} `json:"searchedLogStreams"`
}

type filteredLogEvent struct {
	Stream    string `json:"logStreamName"`
	Timestamp int64  `json:"timestamp"`
	Message   string `json:"message"`
	Ingestion int64  `json:"ingestionTime"`
	ID        string `json:"eventId"`
}

// Limits of one page:
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
const (
	maxEvents = 10_000
	maxPage   = 1 << 20 // bytes
)

// filterLogEvents answers the events of one group that match, those of all streams
// together in the order of time.
func (h *Handler) filterLogEvents(c call, in filterLogEventsInput) (filterLogEventsOutput, error) {
	out := filterLogEventsOutput{Events: []filteredLogEvent{}, Searched: []struct{}{}}
	p, err := parsePattern(in.FilterPattern)
	if err != nil {
		return out, err
	}
	limit, err := limitOf(c.Least(in.Limit), maxEvents)
	if err != nil {
		return out, err
	}
	events, err := h.eventsOf(c, in)
	if err != nil {
		return out, err
	}
	after, err := in.parseCursor()
	if err != nil {
		return out, err
	}
	if c.Empty {
		out.NextToken = in.NextToken
		if after == nil {
			out.NextToken = in.cursor(in.beforeAll())
		}
		return out, nil
	}
	size := 0
	for _, e := range events {
		if after != nil && e.compare(*after)*in.direction() <= 0 || !p.matches(e.message) {
			continue
		}
		if len(out.Events) == limit || size+len(e.message) > maxPage && size > 0 {
			out.NextToken = in.cursor(*after)
			break
		}
		size += len(e.message)
		out.Events = append(out.Events, filteredLogEvent{e.stream, e.at, e.message, e.at, e.id()})
		after = &e
	}
	return out, nil
}

// eventsOf reads what the request is about, the pattern left out.
func (h *Handler) eventsOf(c call, in filterLogEventsInput) ([]event, error) {
	if (in.LogGroupName == "") == (in.LogGroupIdentifier == "") {
		return nil, invalid("Exactly one of logGroupName and logGroupIdentifier must be specified.")
	}
	if len(in.LogStreamNames) > 0 && in.LogStreamNamePrefix != "" {
		return nil, invalid("LogStreamNames and LogStreamNamePrefix are mutually exclusive.")
	}
	g, err := h.find(c.region, in.LogGroupName+in.LogGroupIdentifier)
	if err != nil {
		return nil, err
	}
	from, until := int64(0), int64(math.MaxInt64)
	if in.StartTime != nil {
		from = *in.StartTime
	}
	if in.EndTime != nil {
		until = *in.EndTime
	}
	events, _, err := h.read(g, from, c.horizon(until))
	if err != nil {
		return nil, err
	}
	events = slices.DeleteFunc(events, func(e event) bool {
		return !strings.HasPrefix(e.stream, in.LogStreamNamePrefix) ||
			len(in.LogStreamNames) > 0 && !slices.Contains(in.LogStreamNames, e.stream)
	})
	if in.direction() < 0 {
		slices.Reverse(events)
	}
	return events, nil
}

// beforeAll is ahead of every event in the direction of the request.
func (in filterLogEventsInput) beforeAll() event {
	if in.direction() < 0 {
		return event{at: math.MaxInt64, stream: "-"}
	}
	return event{at: math.MinInt64, stream: "-"}
}

// horizon is the last millisecond that is there: until, or what is not late.
func (c call) horizon(until int64) int64 {
	if c.Late == 0 {
		return until
	}
	return min(until, time.Now().Add(-c.Late).UnixMilli())
}

// direction is 1 from the earliest event on, -1 from the latest.
func (in filterLogEventsInput) direction() int {
	if in.StartFromHead != nil && !*in.StartFromHead {
		return -1
	}
	return 1
}

// cursor is the token of the page after an event. It names the event and not a position,
// so that lines added between two pages shift nothing, and carries a fingerprint of the
// request, because a token is good for that one alone.
func (in filterLogEventsInput) cursor(e event) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%x %d %d %s", in.fingerprint(), e.at, e.offset, e.stream))
}

func (in filterLogEventsInput) parseCursor() (*event, error) {
	if in.NextToken == "" {
		return nil, nil
	}
	var e event
	var print uint64
	text, err := base64.RawURLEncoding.DecodeString(in.NextToken)
	if err == nil {
		_, err = fmt.Sscanf(string(text), "%x %d %d %s", &print, &e.at, &e.offset, &e.stream)
	}
	if err != nil || print != in.fingerprint() {
		return nil, invalid("The specified nextToken is invalid.")
	}
	return &e, nil
}

func (in filterLogEventsInput) fingerprint() uint64 {
	h := fnv.New64a()
	from, until := int64(-1), int64(-1)
	if in.StartTime != nil {
		from = *in.StartTime
	}
	if in.EndTime != nil {
		until = *in.EndTime
	}
	fmt.Fprintf(h, "%q %q %q %q %q %d %d %d", in.LogGroupName, in.LogGroupIdentifier, in.LogStreamNames, in.LogStreamNamePrefix, in.FilterPattern, from, until, in.direction())
	return h.Sum64()
}

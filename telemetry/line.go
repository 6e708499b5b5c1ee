package telemetry

import (
	"encoding/json"
	"strings"

	"frontdoor/record"
)

// line is one line of a function's log, as far as invocations go.
type line struct {
	start  string         // request id of a START line; "" of others
	report *record.Report // of a REPORT line that can be read; nil of others
	bytes  int64          // of its text in UTF-8, with the end of the line
}

// lineOf reads a line in either of Lambda's log formats. What cannot be read as a
// START or a REPORT is output of the function.
func lineOf(text string) line {
	l := line{bytes: int64(len(text))}
	if platform(text) {
		l.start, l.report = platformLine(text)
		return l
	}
	if id, ok := startOf(text); ok {
		l.start = id
	}
	if r, ok, err := ParseReport(text); ok && err == nil {
		l.report = &r
	}
	return l
}

// startOf returns the request id of a START line, which may stand behind output
// that did not end its own line: "START RequestId: ID Version: $LATEST".
func startOf(line string) (string, bool) {
	_, rest, ok := strings.Cut(line, "START RequestId: ")
	id, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	return id, ok
}

// platform reports whether a line may be one of Lambda's own in the JSON format.
func platform(text string) bool {
	return strings.HasPrefix(text, "{") && strings.Contains(text, `"platform.`)
}

// platformLine reads the records that stand for START and REPORT where a function
// logs in the JSON format, at the system log level INFO or below:
// https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html.
// Durations are numbers with up to three decimals, and are not read through floats.
func platformLine(text string) (start string, report *record.Report) {
	var event struct {
		Type   string
		Record struct {
			RequestID string
			Status    string
			Metrics   struct {
				DurationMS       json.Number
				BilledDurationMS *int64
				InitDurationMS   json.Number
				MemorySizeMB     *int32
				MaxMemoryUsedMB  *int32
			}
		}
	}
	if json.Unmarshal([]byte(text), &event) != nil {
		return "", nil
	}
	r, m := event.Record, event.Record.Metrics
	switch event.Type {
	case "platform.start":
		return r.RequestID, nil
	case "platform.report":
	default:
		return "", nil
	}
	if r.RequestID == "" || m.BilledDurationMS == nil || m.MemorySizeMB == nil || m.MaxMemoryUsedMB == nil {
		return "", nil
	}
	out := record.Report{RequestID: r.RequestID, BilledMS: *m.BilledDurationMS, InitUS: -1, MemoryMB: *m.MemorySizeMB, MaxMemMB: *m.MaxMemoryUsedMB}
	var err error
	if out.DurationUS, err = microseconds(m.DurationMS.String() + " ms"); err != nil {
		return "", nil
	}
	if m.InitDurationMS != "" {
		if out.InitUS, err = microseconds(m.InitDurationMS.String() + " ms"); err != nil {
			return "", nil
		}
	}
	if r.Status != "success" {
		out.Status = r.Status
	}
	return "", &out
}

// stream gathers the invocations of one execution environment, whose lines follow one
// another.
type stream struct {
	started map[string]bool // ids of a START since the last REPORT
	bytes   int64           // since the last REPORT
}

// take reads the next line. It returns an invocation when the line is the REPORT of one
// that was started: what a function prints may look like a START or a REPORT, whole or
// not, and the real REPORT carries the id of a START.
//
// LogBytes counts every byte since the REPORT before: START, END and REPORT, the output
// between them, and what an environment logs ahead of its first START, which is there
// for the sake of the invocation that follows.
func (s *stream) take(l line) (record.Report, bool) {
	s.bytes += l.bytes
	if l.start != "" {
		if s.started == nil {
			s.started = map[string]bool{}
		}
		s.started[l.start] = true
	}
	if l.report == nil || !s.started[l.report.RequestID] {
		return record.Report{}, false
	}
	r := *l.report
	r.LogBytes, s.bytes = s.bytes, 0
	clear(s.started)
	return r, true
}

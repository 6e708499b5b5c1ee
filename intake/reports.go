package intake

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdoor/record"
	"frontdoor/telemetry"
)

// Invocation is a REPORT with the time of its line; zero: the file does not say.
type Invocation struct {
	record.Report
	At time.Time
}

// Invocations are what one file holds of invocations, in the order of time where it says.
type Invocations struct {
	Format string
	List   []Invocation
	Notes  []string
}

// The formats of invocations, by the word that names one.
const (
	insightsCSV  = "insights-csv"
	insightsJSON = "insights-json"
	reportText   = "reports"
)

// ReportFormats lists the words for formats of invocations.
func ReportFormats() []string { return []string{Auto, insightsCSV, insightsJSON, reportText} }

// ReadReports reads the invocations of one file: an export of Logs Insights, CSV or JSON,
// or REPORT lines as text or in the JSON that aws logs filter-log-events prints.
func ReadReports(name string, data []byte, format string) (Invocations, error) {
	data, err := unpack(data)
	if err != nil {
		return Invocations{}, fmt.Errorf("%s: %w", name, err)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if format == Auto {
		format = detectReports(data)
	}
	var all Invocations
	switch format {
	case insightsCSV:
		all, err = readInsightsCSV(data)
	case insightsJSON:
		all, err = readInsightsJSON(data)
	case reportText:
		all, err = readLines(data)
	default:
		err = fmt.Errorf("format %q is not known: want one of %s", format, strings.Join(ReportFormats(), ", "))
	}
	if err == nil && len(all.List) == 0 {
		err = errors.New("it holds no REPORT of an invocation: want REPORT lines, or an export of Logs Insights with @message, or with @requestId, @duration, @billedDuration, @memorySize and @maxMemoryUsed")
	}
	if err != nil {
		return Invocations{}, fmt.Errorf("%s: %w", name, err)
	}
	all.once()
	slices.SortStableFunc(all.List, func(a, b Invocation) int { return a.At.Compare(b.At) })
	return all, nil
}

func detectReports(data []byte) string {
	trimmed := bytes.TrimSpace(data)
	first, _, _ := strings.Cut(string(trimmed[:min(len(trimmed), 4096)]), "\n")
	switch {
	case len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '[') && json.Valid(trimmed):
		return insightsJSON
	case strings.Contains(first, ",") && slices.ContainsFunc([]string{"@message", "@requestId", "@timestamp"}, func(c string) bool {
		return slices.Contains(strings.Split(strings.ReplaceAll(strings.TrimSpace(first), `"`, ""), ","), c)
	}), strings.Trim(strings.TrimSpace(first), `"`) == "@message":
		return insightsCSV
	}
	return reportText
}

// once leaves a request id's first report: exports may overlap.
func (all *Invocations) once() {
	seen, twice := map[string]bool{}, 0
	all.List = slices.DeleteFunc(all.List, func(i Invocation) bool {
		if seen[i.RequestID] {
			twice++
		}
		known := seen[i.RequestID]
		seen[i.RequestID] = true
		return known
	})
	if twice > 0 {
		all.Notes = append(all.Notes, fmt.Sprintf("%d REPORT lines stood there twice, and count once", twice))
	}
}

// readLines reads text: one REPORT a line, behind whatever a tool put before it, such as
// the time and the stream of aws logs tail.
func readLines(data []byte) (Invocations, error) {
	all := Invocations{Format: "REPORT lines"}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		one, ok, err := reportIn(line)
		if err != nil {
			return all, fmt.Errorf("line %d: %w", number, err)
		}
		if ok {
			all.List = append(all.List, one)
		}
	}
	return all, nil
}

// reportIn finds a REPORT in a line and the time that the line begins with.
func reportIn(line string) (one Invocation, ok bool, err error) {
	before, _, found := strings.Cut(line, "REPORT RequestId: ")
	if !found {
		return one, false, nil
	}
	if one.Report, ok, err = parseReport(line[len(before):]); err != nil || !ok {
		return one, false, err
	}
	one.At = leadingTime(before)
	return one, true, nil
}

// labels are what follows the request id in a REPORT line. Copied from a browser, the tabs
// between them are spaces.
var labels = regexp.MustCompile(`\s+(Billed Duration|Init Duration|Restore Duration|Billed Restore Duration|Duration|Memory Size|Max Memory Used|Status|Error Type|XRAY TraceId|SegmentId|Sampled): `)

// parseReport reads a REPORT line whose tabs may be lost. The bytes of the invocation's
// other lines are not known.
func parseReport(line string) (record.Report, bool, error) {
	r, ok, err := telemetry.ParseReport(labels.ReplaceAllString(strings.TrimSpace(line), "\t$1: "))
	r.LogBytes = record.NotKnown
	return r, ok, err
}

// leadingTime is the time that a line begins with, as aws logs tail writes it, in any of
// its formats; zero if it is none.
func leadingTime(text string) time.Time {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	at, err := timeOf(word)
	if err != nil {
		return time.Time{}
	}
	return at
}

// timeOf reads what AWS's tools write for a time; without a zone it is UTC.
func timeOf(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time: want such as 2026-11-29 07:00:00.123", text)
}

// Between returns the invocations of a span; those without a time are of every span.
func (all Invocations) Between(from, until time.Time) []record.Report {
	var list []record.Report
	for _, one := range all.List {
		if one.At.IsZero() || !one.At.Before(from) && one.At.Before(until) {
			list = append(list, one.Report)
		}
	}
	return list
}

// Reports are all of them.
func (all Invocations) Reports() []record.Report {
	var list []record.Report
	for _, one := range all.List {
		list = append(list, one.Report)
	}
	return list
}

// Dated reports whether every invocation has a time, and the first and the last of them.
func (all Invocations) Dated() (first, last time.Time, dated bool) {
	for _, one := range all.List {
		if one.At.IsZero() {
			return first, last, false
		}
	}
	return all.List[0].At, all.List[len(all.List)-1].At, true
}

// MemoryMB is the memory that all invocations had; 0 where they differ.
func (all Invocations) MemoryMB() int32 {
	same := slices.CompactFunc(slices.SortedFunc(slices.Values(all.List), func(a, b Invocation) int { return cmp.Compare(a.MemoryMB, b.MemoryMB) }),
		func(a, b Invocation) bool { return a.MemoryMB == b.MemoryMB })
	if len(same) != 1 {
		return 0
	}
	return same[0].MemoryMB
}

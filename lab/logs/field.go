package logs

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// row is one line of a result under way: an event, or what stats has made of many.
type row struct {
	group  Group
	event  *event           // nil: of stats
	fields map[string]value // that the query has named
	found  map[string]value // in the message; nil: nobody has asked yet
}

// get returns a field: one that the query has named, one that every event has, or one
// that is discovered in messages of Lambda
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html).
func (r *row) get(name string) value {
	if v, ok := r.fields[name]; ok {
		return v
	}
	if r.event == nil {
		return value{}
	}
	switch name {
	case "@timestamp", "@ingestionTime":
		return momentOf(float64(r.event.at))
	case "@message":
		return textOf(r.event.message)
	case "@logStream":
		return textOf(r.event.stream)
	case "@log":
		return textOf(accountID + ":" + r.group.Name)
	case "@ptr":
		return textOf(base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "%s %s %d", r.group.Name, r.event.stream, r.event.offset)))
	}
	if r.found == nil {
		r.found = discover(r.event.message)
	}
	return r.found[name]
}

// spelled is a field as it is answered.
func (r *row) spelled(name string) string {
	v := r.get(name)
	if _, named := r.fields[name]; !named && v.kind == number && strings.HasPrefix(name, "@") {
		return discovered(v.number)
	}
	return v.String()
}

// measures are the numbers of a REPORT line with the fields that Logs Insights makes of
// them. Megabytes are decimal there: 128 MB is 1.28E8, by the recording that value.go names.
func measures() map[string]struct {
	field, unit string
	times       float64
} {
	type measure = struct {
		field, unit string
		times       float64
	}
	return map[string]measure{
		"Duration":        {"@duration", " ms", 1},
		"Billed Duration": {"@billedDuration", " ms", 1},
		"Init Duration":   {"@initDuration", " ms", 1},
		"Memory Size":     {"@memorySize", " MB", 1e6},
		"Max Memory Used": {"@maxMemoryUsed", " MB", 1e6},
	}
}

// discover reads the fields out of a message of Lambda's.
func discover(message string) map[string]value {
	fields := map[string]value{}
	for _, kind := range []string{"START", "END", "REPORT"} {
		if !strings.HasPrefix(message, kind) {
			continue
		}
		if id := requestOf(message, kind); id != "" {
			fields["@type"], fields["@requestId"] = textOf(kind), textOf(id)
		}
	}
	if id := printedID.FindStringSubmatch(message); id != nil {
		fields["@requestId"] = textOf(id[1])
	}
	if i := strings.IndexByte(message, '{'); i >= 0 {
		var object map[string]any
		if json.NewDecoder(strings.NewReader(message[i:])).Decode(&object) == nil {
			flatten(fields, "", object)
		}
	}
	if fields["@type"].text != "REPORT" {
		return fields
	}
	known := measures()
	for part := range strings.SplitSeq(strings.TrimSpace(message), "\t") {
		name, amount, _ := strings.Cut(part, ": ")
		m, ok := known[name]
		digits, unit := strings.CutSuffix(strings.TrimSpace(amount), m.unit)
		if n, err := strconv.ParseFloat(digits, 64); ok && unit && err == nil {
			fields[m.field] = numberOf(n * m.times)
		}
	}
	return fields
}

// maxFields of JSON that are discovered in one event:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
const maxFields = 200

// flatten adds the fields of JSON, those within others by a dot, those of lists by their
// position. Of Lambda's lines the first JSON alone is looked at, says the page.
func flatten(fields map[string]value, prefix string, v any) {
	if len(fields) >= maxFields {
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			flatten(fields, strings.TrimPrefix(prefix+"."+name, "."), v[name])
		}
	case []any:
		for i, one := range v {
			flatten(fields, prefix+"."+strconv.Itoa(i), one)
		}
	case float64:
		fields[prefix] = numberOf(v)
	case string:
		fields[prefix] = textOf(v)
	case bool:
		fields[prefix] = textOf(strconv.FormatBool(v))
	}
}

// printedID is the request id of what Lambda's Node.js runtime prints: a time, the id, a level.
var printedID = regexp.MustCompile(`^[0-9T:.-]{23}Z\t([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\t`)

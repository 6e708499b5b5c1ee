package intake

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"frontdoor/record"
)

// A row of Logs Insights holds the whole message, or the fields that it discovers in it:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
type row map[string]string

func readInsightsCSV(data []byte) (Invocations, error) {
	all := Invocations{Format: "Logs Insights CSV"}
	rows := csv.NewReader(bytes.NewReader(data))
	rows.FieldsPerRecord = -1
	header, err := rows.Read()
	if err != nil {
		return all, fmt.Errorf("line 1: %w", err)
	}
	return all, eachRow(rows, func(cells []string, _ int) error {
		one := row{}
		for i, name := range header {
			if i < len(cells) {
				one[name] = cells[i]
			}
		}
		return all.take(one)
	})
}

// readInsightsJSON reads the shapes that there are: the console's export (a list of
// objects), what get-query-results prints (lists of field and value), and events as
// filter-log-events prints them.
func readInsightsJSON(data []byte) (Invocations, error) {
	all := Invocations{Format: "Logs Insights JSON"}
	var whole struct {
		Results [][]resultField
		Events  []logEvent
	}
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		if err := json.Unmarshal(data, &whole); err != nil {
			return all, err
		}
	}
	for n, one := range list {
		if err := all.takeJSON(one); err != nil {
			return all, fmt.Errorf("row %d: %w", n+1, err)
		}
	}
	for n, fields := range whole.Results {
		if err := all.take(rowOf(fields)); err != nil {
			return all, fmt.Errorf("results[%d]: %w", n, err)
		}
	}
	for n, e := range whole.Events {
		if err := all.take(e.row()); err != nil {
			return all, fmt.Errorf("events[%d]: %w", n, err)
		}
	}
	if len(whole.Events) > 0 {
		all.Format = "log events JSON"
	}
	return all, nil
}

type resultField struct{ Field, Value string }

func rowOf(fields []resultField) row {
	one := row{}
	for _, f := range fields {
		one[f.Field] = f.Value
	}
	return one
}

// logEvent is one of filter-log-events, its time in Unix milliseconds.
type logEvent struct {
	Timestamp *int64
	Message   string
}

func (e logEvent) row() row {
	one := row{"@message": e.Message}
	if e.Timestamp != nil {
		one["@timestamp"] = time.UnixMilli(*e.Timestamp).UTC().Format("2006-01-02 15:04:05.000")
	}
	return one
}

// takeJSON takes one of a list: an object of fields, a list of field and value, or an event.
func (all *Invocations) takeJSON(text json.RawMessage) error {
	var fields []resultField
	if json.Unmarshal(text, &fields) == nil {
		return all.take(rowOf(fields))
	}
	var object map[string]any
	decode := json.NewDecoder(bytes.NewReader(text))
	decode.UseNumber() // durations are not read through floats here
	if err := decode.Decode(&object); err != nil {
		return fmt.Errorf("want an object or a list of field and value: %w", err)
	}
	if _, ok := object["message"].(string); ok {
		var e logEvent
		if err := json.Unmarshal(text, &e); err != nil {
			return err
		}
		all.Format = "log events JSON"
		return all.take(e.row())
	}
	one := row{}
	for name, v := range object {
		one[name] = fmt.Sprint(v)
	}
	return all.take(one)
}

// take adds the invocation of a row. A row of another kind is left out: a START, say.
func (all *Invocations) take(one row) error {
	at := time.Time{}
	if text := one["@timestamp"]; text != "" {
		var err error
		if at, err = timeOf(text); err != nil {
			return fmt.Errorf("@timestamp: %w", err)
		}
	}
	if message, ok := one["@message"]; ok {
		found, ok, err := reportIn(message)
		if found.At.IsZero() || !at.IsZero() {
			found.At = at
		}
		if ok {
			all.List = append(all.List, found)
		}
		return err
	}
	if kind := one["@type"]; kind != "" && kind != "REPORT" || one["@billedDuration"] == "" {
		return nil
	}
	r, err := one.report()
	if err == nil {
		all.List = append(all.List, Invocation{r, at})
	}
	return err
}

// report is made of the discovered fields. Durations are milliseconds; memory is in bytes,
// of decimal megabytes: 128 MB is 1.28E8, as recorded on 2023-12-05 (oslabs-beta/Embr,
// primary-app/src/app/retrievedData2.js).
func (one row) report() (record.Report, error) {
	r := record.Report{RequestID: one["@requestId"], InitUS: -1, LogBytes: record.NotKnown}
	if r.RequestID == "" {
		return r, errors.New("@requestId is missing")
	}
	for _, f := range []struct {
		name  string
		per   float64 // of the report's unit
		set   func(int64)
		least int64
	}{
		{"@duration", 1000, func(n int64) { r.DurationUS = n }, 0}, {"@billedDuration", 1, func(n int64) { r.BilledMS = n }, 0},
		{"@memorySize", 1e-6, func(n int64) { r.MemoryMB = int32(n) }, 1}, {"@maxMemoryUsed", 1e-6, func(n int64) { r.MaxMemMB = int32(n) }, 0},
		{"@initDuration", 1000, func(n int64) { r.InitUS = n }, 0},
	} {
		text, there := one[f.name]
		if text == "" && f.name == "@initDuration" {
			continue
		}
		if !there {
			return r, fmt.Errorf("there is no column %s", f.name)
		}
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(n) || n < 0 || n > 1e12 || int64(math.Round(n*f.per)) < f.least || math.Round(n*f.per) > math.MaxInt32 && f.per < 1 {
			return r, fmt.Errorf("%s %q: want a number", f.name, text)
		}
		f.set(int64(math.Round(n * f.per)))
	}
	return r, nil
}

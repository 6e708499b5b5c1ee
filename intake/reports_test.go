package intake

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"frontdoor/record"
)

// The REPORT of a recording of 2023-12-05 (oslabs-beta/Embr,
// primary-app/src/app/retrievedData2.js), with one of ours that began cold.
const (
	warmID   = "76269889-7d50-4d6d-a3f1-9b4f5322f47c"
	coldID   = "a0219c6b-18ac-4639-985d-d10f4125524f"
	warmLine = "REPORT RequestId: " + warmID + "\tDuration: 14.97 ms\tBilled Duration: 15 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\t\n"
	coldLine = "REPORT RequestId: " + coldID + "\tDuration: 9.43 ms\tBilled Duration: 10 ms\tMemory Size: 128 MB\tMax Memory Used: 77 MB\tInit Duration: 481.72 ms\t\n"
)

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// Every shape in which AWS gives REPORT lines says the same.
func TestReports(t *testing.T) {
	warm := record.Report{RequestID: warmID, DurationUS: 14_970, BilledMS: 15, InitUS: -1, MemoryMB: 128, MaxMemMB: 67, LogBytes: record.NotKnown}
	cold := record.Report{RequestID: coldID, DurationUS: 9_430, BilledMS: 10, InitUS: 481_720, MemoryMB: 128, MaxMemMB: 77, LogBytes: record.NotKnown}
	warmAt, coldAt := time.Date(2023, 12, 5, 22, 14, 43, 877e6, time.UTC), time.Date(2023, 12, 5, 22, 15, 0, 0, time.UTC)
	spaces := strings.NewReplacer("\t", " ")
	for name, c := range map[string]struct {
		data, format string
		dated        bool
	}{
		"text": {"START RequestId: x Version: $LATEST\n" + warmLine + "output\n" + coldLine, "REPORT lines", false},
		"text copied from a browser, without its tabs": {spaces.Replace(warmLine + coldLine), "REPORT lines", false},
		"text of 2019, with a space before a tab":      {strings.ReplaceAll(warmLine+coldLine, "ms\tMemory", "ms \tMemory"), "REPORT lines", false},
		// https://docs.aws.amazon.com/cli/latest/reference/logs/tail.html: detailed, iso and short
		"aws logs tail": {"2023-12-05T22:14:43.877000+00:00 2023/12/05/[$LATEST]e34ea4d32b8f441c96246bbee30ff465 " + warmLine +
			"2023-12-05T22:15:00.000000+00:00 2023/12/05/[$LATEST]e34ea4d32b8f441c96246bbee30ff465 " + coldLine, "REPORT lines", true},
		"filter-log-events":                {`{"events":[{"timestamp":1701814483877,"message":` + quoted(warmLine) + `,"eventId":"1"},{"timestamp":1701814500000,"message":` + quoted(coldLine) + `}],"searchedLogStreams":[]}`, "log events JSON", true},
		"filter-log-events --query events": {`[{"timestamp":1701814483877,"message":` + quoted(warmLine) + `},{"timestamp":1701814500000,"message":` + quoted(coldLine) + `}]`, "log events JSON", true},
		"get-query-results": {`{"results":[[{"field":"@timestamp","value":"2023-12-05 22:14:43.877"},{"field":"@message","value":` + quoted(warmLine) + `},{"field":"@ptr","value":"C"}],` +
			`[{"field":"@timestamp","value":"2023-12-05 22:15:00.000"},{"field":"@message","value":` + quoted(coldLine) + `}]],"status":"Complete"}`, "Logs Insights JSON", true},
		"get-query-results with the fields": {`{"results":[[{"field":"@timestamp","value":"2023-12-05 22:14:43.877"},{"field":"@type","value":"REPORT"},{"field":"@requestId","value":"` + warmID + `"},{"field":"@billedDuration","value":"15.0"},{"field":"@duration","value":"14.97"},{"field":"@maxMemoryUsed","value":"6.7E7"},{"field":"@memorySize","value":"1.28E8"}],` +
			`[{"field":"@timestamp","value":"2023-12-05 22:15:00.000"},{"field":"@requestId","value":"` + coldID + `"},{"field":"@billedDuration","value":"10.0"},{"field":"@duration","value":"9.43"},{"field":"@initDuration","value":"481.72"},{"field":"@maxMemoryUsed","value":"7.7E7"},{"field":"@memorySize","value":"1.28E8"}]]}`, "Logs Insights JSON", true},
		"the console's JSON": {`[{"@timestamp":"2023-12-05 22:14:43.877","@message":` + quoted(warmLine) + `},{"@timestamp":"2023-12-05 22:15:00.000","@message":` + quoted(coldLine) + `}]`, "Logs Insights JSON", true},
		"the console's CSV":  {"@timestamp,@message\n2023-12-05 22:14:43.877,\"" + warmLine + "\"\n2023-12-05 22:15:00.000,\"" + coldLine + "\"\n", "Logs Insights CSV", true},
		"the console's CSV of fields": {"@timestamp,@requestId,@duration,@billedDuration,@memorySize,@maxMemoryUsed,@initDuration\n2023-12-05 22:14:43.877," + warmID + ",14.97,15,128000000,67000000,\n" +
			"2023-12-05 22:15:00.000," + coldID + ",9.43,10,128000000,77000000,481.72\n", "Logs Insights CSV", true},
	} {
		all, err := ReadReports(name, []byte(c.data), Auto)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if len(all.List) != 2 || all.List[0].Report != warm || all.List[1].Report != cold || all.Format != c.format {
			t.Errorf("%s, %s:\n%+v", name, all.Format, all.List)
			continue
		}
		first, last, dated := all.Dated()
		if dated != c.dated || dated && (!first.Equal(warmAt) || !last.Equal(coldAt)) {
			t.Errorf("%s: from %s to %s, dated %v", name, first, last, dated)
		}
		if n := len(all.Between(warmAt, coldAt)); c.dated && n != 1 || !c.dated && n != 2 || all.MemoryMB() != 128 {
			t.Errorf("%s: %d before the second", name, n)
		}
	}
}

func TestReportsOnce(t *testing.T) {
	all, err := ReadReports("f", []byte(warmLine+warmLine+coldLine), Auto)
	if err != nil || len(all.List) != 2 || len(all.Notes) != 1 || !strings.HasPrefix(all.Notes[0], "1 REPORT lines") {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestReportErrors(t *testing.T) {
	for data, want := range map[string]string{
		"":                     "f: it holds no REPORT of an invocation",
		"START RequestId: x\n": "f: it holds no REPORT of an invocation",
		"\n" + strings.Replace(warmLine, "15 ms", "x ms", 1):                               `f: line 2: report line`,
		"@timestamp,@message\nyesterday,x\n":                                               `f: line 2: @timestamp: "yesterday" is no time`,
		"@requestId,@duration,@billedDuration,@memorySize,@maxMemoryUsed\nid,1,2,many,4\n": `f: line 2: @memorySize "many": want a number`,
		"@requestId,@billedDuration\n,2\n":                                                 "f: line 2: @requestId is missing",
		`{"results":[[{"field":"@billedDuration","value":"1"}]]}`:                          "f: results[0]: @requestId is missing",
		`[1]`: "f: row 1: want an object",
	} {
		if _, err := ReadReports("f", []byte(data), Auto); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", data, err, want)
		}
	}
}

// No reader panics, and what is read has a request id and no negative time.
func FuzzReadReports(f *testing.F) {
	for _, seed := range []string{warmLine, "@timestamp,@message\n1,2", `[{"message":"x"}]`, `{"results":[[]],"events":[{}]}`, "@message\n\"" + coldLine + "\"", `[[{"field":"@message"}]]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		all, err := ReadReports("x", data, Auto)
		if err != nil {
			return
		}
		if len(all.List) == 0 {
			t.Error("no invocation and no error")
		}
		for _, r := range all.List {
			if r.RequestID == "" || r.DurationUS < 0 || r.BilledMS < 0 || r.MemoryMB < 0 || r.InitUS < -1 {
				t.Errorf("%+v", r)
			}
		}
	})
}

package telemetry

import (
	"strings"
	"testing"

	"frontdoor/record"
)

// Lines as a function in eu-central-1 logged them in the JSON format on 2026-10-08
// (published with its log by their owner; the ids are others here). 1698 is
// 1233.96 + 463.512 rounded up, 1073 is 1072.145.
const (
	jsonStart = `{"time":"2026-10-08T07:30:28.235Z","type":"platform.start","record":{"requestId":"a","functionArn":"arn:aws:lambda:eu-central-1:123456789012:function:hello","version":"$LATEST"}}` + "\n"
	jsonCold  = `{"time":"2026-10-08T07:30:29.470Z","type":"platform.report","record":{"requestId":"a","metrics":{"durationMs":1233.96,"billedDurationMs":1698,"memorySizeMB":256,"maxMemoryUsedMB":123,"initDurationMs":463.512},"status":"success"}}` + "\n"
	jsonWarm  = `{"time":"2026-10-08T07:30:42.149Z","type":"platform.report","record":{"requestId":"b","metrics":{"durationMs":1072.145,"billedDurationMs":1073,"memorySizeMB":256,"maxMemoryUsedMB":125},"status":"success"}}`
)

func TestLineOfJSON(t *testing.T) {
	for text, want := range map[string]record.Report{
		jsonCold: {RequestID: "a", DurationUS: 1233960, BilledMS: 1698, InitUS: 463512, MemoryMB: 256, MaxMemMB: 123},
		jsonWarm: {RequestID: "b", DurationUS: 1072145, BilledMS: 1073, InitUS: -1, MemoryMB: 256, MaxMemMB: 125},
		strings.Replace(jsonWarm, "success", "timeout", 1): {RequestID: "b", DurationUS: 1072145, BilledMS: 1073, InitUS: -1, MemoryMB: 256, MaxMemMB: 125, Status: "timeout"},
	} {
		if l := lineOf(text); l.report == nil || *l.report != want || l.start != "" || l.bytes != int64(len(text)) {
			t.Errorf("%s\n= %+v of %+v, want %+v", text, l, l.report, want)
		}
	}
	if l := lineOf(jsonStart); l.start != "a" || l.report != nil {
		t.Errorf("%s = %+v", jsonStart, l)
	}
}

// What is no START and no REPORT, and a REPORT without one of its numbers, is output.
func TestLineOfOutput(t *testing.T) {
	for _, text := range []string{
		"", "\n", "{", `{"type":"platform.report"`, `{"message":"a \"platform.report\" is only mentioned"}`,
		`{"type":"platform.runtimeDone","record":{"requestId":"a"}}`, strings.Replace(jsonWarm, `"requestId":"b",`, "", 1),
		strings.Replace(jsonWarm, `"billedDurationMs":1073,`, "", 1), strings.Replace(jsonWarm, "1072.145", "1072.1451", 1),
		strings.Replace(jsonWarm, "1072.145", "-1", 1), strings.Replace(jsonWarm, "1072.145", "1e3", 1), strings.Replace(jsonWarm, `"durationMs":1072.145,`, "", 1),
		strings.Replace(jsonCold, "463.512", `"soon"`, 1), strings.Replace(jsonWarm, `"memorySizeMB":256,`, "", 1),
	} {
		if l := lineOf(text); l.report != nil || l.start != "" {
			t.Errorf("%q = %+v of %+v, want output", text, l, l.report)
		}
	}
}

// A file in the JSON format is read as one in text.
func TestReportsInJSON(t *testing.T) {
	dir := t.TempDir()
	text := `{"time":"2026-10-08T07:30:27.768Z","type":"platform.initStart","record":{}}` + "\n" + jsonStart + `{"message":"hello"}` + "\n" + jsonCold
	write(t, dir, "log", text)
	list, err := ReadReports(dir).Next("")
	if err != nil || len(list) != 1 || list[0].RequestID != "a" || list[0].BilledMS != 1698 || list[0].LogBytes != int64(len(text)) {
		t.Errorf("%+v, %v", list, err)
	}
}

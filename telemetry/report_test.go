package telemetry

import (
	"fmt"
	"strings"
	"testing"

	"frontdoor/record"
)

// The line recorded from AWS in 2023 (localstack/localstack, tests/aws/services/lambda_/test_lambda.snapshot.json),
// and its variants. Durations and inits of the third to fifth are those of
// https://bitesizedserverless.com/bite/when-is-the-lambda-init-phase-free-and-when-is-it-billed
// The last is of 2017, recorded in test_cli_format_invoke_command of
// https://github.com/Miserlou/Zappa/blob/16cc0ab8760235bb3f3850bd76d223980182d90b/tests/tests.py
func TestParseReport(t *testing.T) {
	const id = "8f507cfc-xmpl-4697-b07a-ac58fc914c95"
	for line, want := range map[string]record.Report{
		"\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n": {
			DurationUS: 3010, BilledMS: 4, InitUS: 110100, MemoryMB: 128, MaxMemMB: 36},
		"\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n": {
			DurationUS: 3010, BilledMS: 4, InitUS: -1, MemoryMB: 128, MaxMemMB: 36},
		"\tDuration: 1293.83 ms\tBilled Duration: 2344 ms\tMemory Size: 10240 MB\tMax Memory Used: 1024 MB\tInit Duration: 1049.63 ms\t": {
			DurationUS: 1293830, BilledMS: 2344, InitUS: 1049630, MemoryMB: 10240, MaxMemMB: 1024},
		"\tDuration: 1000.00 ms\tBilled Duration: 1000 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: timeout\n": {
			DurationUS: 1000000, BilledMS: 1000, InitUS: -1, MemoryMB: 128, MaxMemMB: 36, Status: "timeout"},
		"\tDuration: 18.2 ms\tBilled Duration: 19 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: error\tError Type: Runtime.ExitError\n": {
			DurationUS: 18200, BilledMS: 19, InitUS: -1, MemoryMB: 128, MaxMemMB: 36, Status: "error"},
		"\tDuration: 2 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tXRAY TraceId: 1-5e34a614-10bdxmplf1fb44f07bc535a1\tSegmentId: 07f5xmpl2d1f6f85\tSampled: true\t\r\n": {
			DurationUS: 2000, BilledMS: 2, InitUS: -1, MemoryMB: 128, MaxMemMB: 36},
		// 2.675 is 2.67499... in binary: microseconds must not go through a float.
		"\tDuration: 2.675 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tStatus: success": {
			DurationUS: 2675, BilledMS: 3, InitUS: -1, MemoryMB: 128, MaxMemMB: 36},
		"\tDuration: 0.59 ms\tBilled Duration: 100 ms \tMemory Size: 512 MB\tMax Memory Used: 53 MB\t\n": {
			DurationUS: 590, BilledMS: 100, InitUS: -1, MemoryMB: 512, MaxMemMB: 53},
	} {
		want.RequestID = id
		if got, ok, err := ParseReport("REPORT RequestId: " + id + line); !ok || err != nil || got != want {
			t.Errorf("%q\n= %+v, %v, %v\nwant %+v", line, got, ok, err, want)
		}
	}
}

func TestParseReportOtherLines(t *testing.T) {
	for _, line := range []string{"", "\n", "START RequestId: a Version: $LATEST\n", "END RequestId: a\n", "a report: REPORT RequestId: a\n", "REPORT\n"} {
		if r, ok, err := ParseReport(line); ok || err != nil {
			t.Errorf("%q = %+v, %v, %v; want no report", line, r, ok, err)
		}
	}
}

func TestParseReportRefuses(t *testing.T) {
	const good = "REPORT RequestId: a\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t\n"
	for _, change := range [][2]string{
		{"RequestId: a", "RequestId: "}, {"3.01 ms", "3.01"}, {"3.01", "-3.01"}, {"3.01", "3.0101"}, {"3.01", "3.0x"}, {"3.01", ".01"},
		{"4 ms", "4.5 ms"}, {"128 MB", "128 GB"}, {"36 MB", "99999999999 MB"}, {"\tDuration: 3.01 ms", ""}, {"\tBilled Duration: 4 ms", ""},
		{"Memory Size: 128 MB\t", ""}, {"\tMax Memory Used: 36 MB", ""},
	} {
		line := strings.Replace(good, change[0], change[1], 1)
		if r, ok, err := ParseReport(line); !ok || err == nil {
			t.Errorf("%q = %+v, %v, %v; want an error", line, r, ok, err)
		}
	}
}

// format spells a report as AWS does.
func format(r record.Report) string {
	ms := func(us int64) string { return fmt.Sprintf("%d.%02d ms", us/1000, us%1000/10) }
	line := fmt.Sprintf("REPORT RequestId: %s\tDuration: %s\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB\t",
		r.RequestID, ms(r.DurationUS), r.BilledMS, r.MemoryMB, r.MaxMemMB)
	if r.InitUS >= 0 {
		line += "Init Duration: " + ms(r.InitUS) + "\t"
	}
	if r.Status != "" {
		line += "Status: " + r.Status
	}
	return line + "\n"
}

// Law: what is formatted is read back the same.
func FuzzReport(f *testing.F) {
	f.Add(int64(301), int64(4), int64(11010), int32(128), int32(36), uint8(0))
	f.Add(int64(0), int64(1), int64(-1), int32(10240), int32(1), uint8(2))
	f.Fuzz(func(t *testing.T, duration, billed, init int64, size, used int32, status uint8) {
		const most = 1 << 50
		if min(duration, billed) < 0 || max(duration, billed, init) > most || min(size, used) < 0 || init < -1 {
			t.Skip()
		}
		want := record.Report{RequestID: "id", DurationUS: 10 * duration, BilledMS: billed, InitUS: 10 * init, MemoryMB: size, MaxMemMB: used,
			Status: []string{"", "error", "timeout"}[status%3]}
		if init < 0 {
			want.InitUS = -1
		}
		if got, ok, err := ParseReport(format(want)); !ok || err != nil || got != want {
			t.Fatalf("%q = %+v, %v, %v; want %+v", format(want), got, ok, err, want)
		}
	})
}

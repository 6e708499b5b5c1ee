package telemetry

import (
	"fmt"
	"strconv"
	"strings"

	"frontdoor/record"
)

// ParseReport reads the REPORT line that Lambda writes at the end of an
// invocation, as recorded from AWS (localstack/localstack,
// tests/aws/services/lambda_/test_lambda.snapshot.json; fields in
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html):
//
//	REPORT RequestId: ID\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t
//
// Init Duration is there on a cold start only; a status, its error type and
// X-Ray ids may follow. While Lambda billed 100 ms at a time it put a space before the
// tab behind Billed Duration: spaces around a field mean nothing. It reports false for any other line, and an error for
// a REPORT line without the fields above. LogBytes is left 0: it is known to
// the reader of the whole log.
func ParseReport(line string) (record.Report, bool, error) {
	id, ok := reportID(line)
	if !ok {
		return record.Report{}, false, nil
	}
	fields := strings.Split(strings.TrimRight(line, "\t\r\n "), "\t")
	r := record.Report{RequestID: id, DurationUS: -1, BilledMS: -1, InitUS: -1, MemoryMB: -1, MaxMemMB: -1}
	for _, field := range fields[1:] {
		if err := setField(&r, strings.TrimSpace(field)); err != nil {
			return record.Report{}, true, fmt.Errorf("report line %q: %w", strings.TrimSpace(line), err)
		}
	}
	if r.RequestID == "" || r.DurationUS < 0 || r.BilledMS < 0 || r.MemoryMB < 0 || r.MaxMemMB < 0 {
		return record.Report{}, true, fmt.Errorf("report line %q: a field is missing", strings.TrimSpace(line))
	}
	return r, true, nil
}

// reportID returns the request id of a REPORT line.
func reportID(line string) (string, bool) {
	rest, ok := strings.CutPrefix(line, "REPORT RequestId: ")
	id, _, _ := strings.Cut(strings.TrimRight(rest, "\t\r\n "), "\t")
	return id, ok
}

func setField(r *record.Report, field string) error {
	name, text, _ := strings.Cut(field, ": ")
	var err error
	switch name {
	case "Duration":
		r.DurationUS, err = microseconds(text)
	case "Init Duration":
		r.InitUS, err = microseconds(text)
	case "Billed Duration":
		r.BilledMS, err = amount(text, " ms", 64)
	case "Memory Size":
		r.MemoryMB, err = megabytes(text)
	case "Max Memory Used":
		r.MaxMemMB, err = megabytes(text)
	case "Status":
		// "success" is what JSON logs say where text says nothing.
		if r.Status = text; text == "success" {
			r.Status = ""
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// microseconds reads milliseconds with up to three decimals, exactly.
func microseconds(text string) (int64, error) {
	digits, ok := strings.CutSuffix(text, " ms")
	whole, fraction, _ := strings.Cut(digits, ".")
	if !ok || len(fraction) > 3 || whole == "" {
		return 0, fmt.Errorf("%q is not a number of milliseconds", text)
	}
	return amount(whole+fraction+strings.Repeat("0", 3-len(fraction))+" ms", " ms", 64)
}

func megabytes(text string) (int32, error) {
	n, err := amount(text, " MB", 32)
	return int32(n), err
}

// amount reads a whole number before its unit.
func amount(text, unit string, bits int) (int64, error) {
	digits, ok := strings.CutSuffix(text, unit)
	// One bit less: the result is signed, and the text has no sign.
	n, err := strconv.ParseUint(digits, 10, bits-1)
	if !ok || err != nil {
		return 0, fmt.Errorf("%q is not a number of%s", text, unit)
	}
	return int64(n), nil
}

package intake

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"

	"frontdoor/record"
)

// heyColumns are what hey -o csv writes, in seconds with four decimals; offset counts from
// the start (csvTmpl in requester/print.go of rakyll/hey). Versions before 0.1.3 have no
// status-code and no offset.
func heyColumns() []string {
	return []string{"response-time", "DNS+dialup", "DNS", "Request-write", "Response-delay", "Response-read", "status-code", "offset"}
}

func readHey(data []byte) (Capture, error) {
	rows := csv.NewReader(bytes.NewReader(data))
	rows.FieldsPerRecord = -1
	header, err := rows.Read()
	if err != nil {
		return Capture{}, fmt.Errorf("line 1: %w", err)
	}
	if len(header) < len(heyColumns()) {
		return Capture{}, fmt.Errorf("line 1: columns %q have neither status-code nor offset: want those of hey 0.1.3 or later", header)
	}
	for i, name := range heyColumns() {
		if header[i] != name {
			return Capture{}, fmt.Errorf("line 1: column %d is %q: want %q", i+1, header[i], name)
		}
	}
	var list []request
	if err := eachRow(rows, func(row []string, _ int) error {
		q, err := heyRequest(row)
		list = append(list, q)
		return err
	}); err != nil {
		return Capture{}, err
	}
	c := captureOf("hey CSV", list, false)
	c.Lacks = []record.Lack{record.LacksRequestBytes, record.LacksResponseBytes, record.LacksRequestIDs, record.LacksConnections}
	c.Notes = []string{dueNote, "hey leaves requests without an answer out of its CSV: how many failed is not known",
		"times in the file have steps of 0.1 ms"}
	return c, nil
}

func heyRequest(row []string) (request, error) {
	var v [8]float64
	for i, name := range heyColumns() {
		if i >= len(row) {
			return request{}, fmt.Errorf("there is no %s", name)
		}
		x, err := strconv.ParseFloat(row[i], 64)
		if err != nil || math.IsNaN(x) || x < 0 || x > 1e6 {
			return request{}, fmt.Errorf("%s %q: want a number of 0 or more", name, row[i])
		}
		v[i] = x
	}
	// From 1, because 0 is no time of a request.
	ns := func(s float64) int64 { return int64(math.Round(s*1e9)) + 1 }
	q := request{launched: ns(v[7]), sent: ns(v[7] + v[1]), firstByte: ns(v[7] + v[0] - v[5]), done: ns(v[7] + v[0])}
	q.sent = min(q.sent, q.done)
	if q.firstByte < q.sent {
		q.firstByte = q.sent
	}
	q.Hit = record.Hit{Status: int32(v[6]), Cold: -1, Error: failure(int32(v[6]))}
	return q, nil
}

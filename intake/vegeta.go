package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"frontdoor/front"
	"frontdoor/record"
)

// vegetaDecoder is vegeta's own decoder of the data, one of gob, JSON lines and CSV; nil
// if it is none of them. A last line without its end would be lost: it gets one.
func vegetaDecoder(data []byte) vegeta.Decoder {
	if len(data) > 0 && (data[0] == '{' || data[0] >= '0' && data[0] <= '9') && data[len(data)-1] != '\n' {
		data = append(slices.Clip(data), '\n')
	}
	return vegeta.DecoderFor(bytes.NewReader(data))
}

func readVegeta(data []byte, k front.Kind) (Capture, error) {
	decode := vegetaDecoder(data)
	if decode == nil {
		return Capture{}, errors.New("it holds no results of vegeta: want gob, JSON lines or CSV of its 12 columns")
	}
	var list []request
	headers, ids := true, true
	for n := 1; ; n++ {
		var r vegeta.Result
		err := decode.Decode(&r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Capture{}, fmt.Errorf("result %d: %w", n, err)
		}
		if r.Latency < 0 {
			return Capture{}, fmt.Errorf("result %d: latency %s: want 0 or more", n, r.Latency)
		}
		list = append(list, vegetaRequest(r, k))
		headers = headers && (len(r.Headers) > 0 || r.Code == 0)
		ids = ids && (r.Headers.Get(requestIDHeader) != "" || r.Code == 0)
	}
	c := captureOf("vegeta", list, true)
	c.Lacks = []record.Lack{record.LacksRequestBytes, record.LacksConnections}
	if !headers {
		c.Lacks = append(c.Lacks, record.LacksResponseBytes)
	}
	if !ids {
		c.Lacks = append(c.Lacks, record.LacksRequestIDs)
	}
	c.Notes = []string{dueNote, "vegeta's latency holds the wait for a connection and its set-up: they cannot be told apart"}
	return c, nil
}

// The fields by which bench's own handlers name their invocation and say what it consumed.
const (
	requestIDHeader = "X-Bench-Request-Id"
	coldHeader      = "X-Bench-Cold"
	consumedHeader  = "X-Bench-Consumed"
)

func vegetaRequest(r vegeta.Result, k front.Kind) request {
	q := request{launched: r.Timestamp.UnixNano(), sent: r.Timestamp.UnixNano(), done: r.Timestamp.UnixNano() + int64(r.Latency)}
	h := record.Hit{Status: int32(r.Code), Cold: -1, RequestID: r.Headers.Get(requestIDHeader),
		Pop: r.Headers.Get("X-Amz-Cf-Pop"), Cache: r.Headers.Get("X-Cache"), Error: failure(int32(r.Code))}
	if cold, err := strconv.Atoi(r.Headers.Get(coldHeader)); err == nil && (cold == 0 || cold == 1) {
		h.Cold = int32(cold)
	}
	if text := r.Headers.Get(consumedHeader); record.Consumes(text) {
		h.Consumed = text
	}
	for _, name := range k.RequestIDFields() {
		if h.FrontID == "" {
			h.FrontID = r.Headers.Get(name)
		}
	}
	if r.Code == 0 {
		h.Error = reason(r.Error)
	} else if len(r.Headers) > 0 {
		h.BytesIn = answerSize(r)
	}
	q.Hit = h
	return q
}

// answerSize is the answer as HTTP/1.1 sends it: status line, fields and body. Vegeta counts
// the body that it kept, which -max-body shortens; Content-Length tells all of it.
func answerSize(r vegeta.Result) int64 {
	n := len("HTTP/1.1 200 \r\n\r\n") + len(http.StatusText(int(r.Code)))
	for name, values := range r.Headers {
		for _, v := range values {
			n += len(name) + len(v) + len(": \r\n")
		}
	}
	body := int64(r.BytesIn)
	if said, err := strconv.ParseInt(r.Headers.Get("Content-Length"), 10, 64); err == nil && r.Method != http.MethodHead {
		body = max(body, said)
	}
	return int64(n) + body
}

// reason is a client's error without the address in it, which may hold a secret.
func reason(text string) string {
	if strings.Contains(text, "deadline exceeded") || strings.Contains(text, "Client.Timeout") || strings.Contains(text, "timed out") || strings.Contains(text, "i/o timeout") {
		return "timeout"
	}
	if i := strings.LastIndex(text, `": `); i >= 0 {
		text = text[i+len(`": `):]
	}
	if strings.Contains(text, "://") || text == "" {
		return "no answer"
	}
	return text
}

package contract

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"frontdoor/front"
)

// caseHeader names the request to the observer of the lab, in a field that no
// front hides or changes.
const caseHeader = "X-Bench-Check"

// host is the Host of every request: fronts whose addresses differ must not make
// handlers answer differently.
const host = "check.example.com"

// reply is what the client got.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// send sends the request over a connection of its own. It is written by hand, for
// net/http's client refuses or mends half of what is to be sent.
func send(address string, r Request, id string, patience time.Duration) (reply, error) {
	u, err := url.Parse(address)
	if err != nil {
		return reply{}, err
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		return reply{}, err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return reply{}, err
	}
	// A front that refuses a long body may close before it is all written; its
	// answer is what counts.
	_, writeErr := conn.Write(r.wire(id))
	answer, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: r.Method})
	if err != nil {
		if writeErr != nil {
			err = writeErr
		}
		return reply{}, fmt.Errorf("no answer: %w", err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return reply{}, fmt.Errorf("the answer ends early: %w", err)
	}
	return reply{answer.StatusCode, answer.Header, body}, nil
}

// wire is the request as bytes.
func (r Request) wire(id string) []byte {
	var b bytes.Buffer
	proto := r.Proto
	if proto == "" {
		proto = "HTTP/1.1"
	}
	fmt.Fprintf(&b, "%s %s %s\r\n", r.Method, r.target(), proto)
	if !r.NoHost {
		fmt.Fprintf(&b, "Host: %s\r\n", host)
	}
	if !r.Bare {
		b.WriteString("User-Agent: bench-check\r\n")
	}
	for _, f := range r.Header {
		fmt.Fprintf(&b, "%s: %s\r\n", f.Name, f.Value)
	}
	fmt.Fprintf(&b, "%s: %s\r\nConnection: close\r\n", caseHeader, id)
	if r.Body != nil || r.Method == "POST" {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(r.Body))
	}
	b.WriteString("\r\n")
	b.Write(r.Body)
	return b.Bytes()
}

// own is what the function said of an answer: status, body and header fields, those
// of the front, of the connection and of the lab left out.
func (r reply) own() string {
	var h front.Header
	for name, values := range r.header {
		if !added(strings.ToLower(name)) {
			for _, v := range values {
				h = append(h, front.Field{Name: strings.ToLower(name), Value: v})
			}
		}
	}
	return fmt.Sprintf("%d\n%s\n%s", r.status, lines(h), r.body)
}

// added reports whether a front, its server or the lab puts the field on answers.
func added(name string) bool {
	switch name {
	case "date", "content-length", "connection", "server", "via", "x-cache", "apigw-requestid":
		return true
	}
	for _, prefix := range []string{"x-amz-cf-", "x-amzn-", "x-bench-"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// lines is the fields in order of name, each on a line.
func lines(h front.Header) string {
	all := make([]string, 0, len(h))
	for _, f := range h {
		all = append(all, f.Name+": "+f.Value)
	}
	return strings.Join(sorted(all), "\n")
}

package cff

import (
	"io"
	"strings"
	"sync"
)

// maxLog is where AWS cuts the log of an invocation:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-function-restrictions.html
const maxLog = 10 << 10

// log is the log stream of a function. Only an invocation that logs something is in it:
// "REQUEST-ID START DistributionID: ID", its lines, each with the id, and "REQUEST-ID END"
// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html).
type log struct {
	mu sync.Mutex
	w  io.Writer
}

func newLog(w io.Writer) *log { return &log{w: w} }

// lines are what one invocation has logged.
type lines struct {
	id, distribution string
	text             []string
	size             int
}

func (l *log) begin(id, distribution string) *lines {
	return &lines{id: id, distribution: distribution}
}

func (l *lines) add(s string) {
	if room := maxLog - l.size; len(s) > room {
		s = s[:max(room, 0)]
	}
	if s == "" && l.size >= maxLog {
		return
	}
	l.size += len(s)
	l.text = append(l.text, s)
}

// end writes what was logged and returns its bytes.
func (l *log) end(lines *lines) int {
	if len(lines.text) == 0 {
		return 0
	}
	var b strings.Builder
	b.WriteString(lines.id + " START DistributionID: " + lines.distribution + "\n")
	for _, s := range lines.text {
		b.WriteString(lines.id + " " + strings.ReplaceAll(s, "\n", "\n"+lines.id+" ") + "\n")
	}
	b.WriteString(lines.id + " END\n")
	if l.w != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		_, _ = io.WriteString(l.w, b.String()) // a full disk is found out by the reader
	}
	return b.Len()
}

package logs

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"strings"
	"time"
)

// event is one line of a log stream.
type event struct {
	stream  string
	at      int64 // Unix milliseconds
	offset  int64 // in its file
	message string
}

// compare is the order in which events are answered.
func (e event) compare(other event) int {
	return cmp.Or(cmp.Compare(e.at, other.at), cmp.Compare(e.stream, other.stream), cmp.Compare(e.offset, other.offset))
}

// id is 56 digits, as AWS's are, and the same in every answer.
func (e event) id() string {
	h := fnv.New64a()
	_, _ = io.WriteString(h, e.stream) // documented never to fail
	return fmt.Sprintf("%013d%020d%023d", e.at, h.Sum64(), e.offset)
}

// stream reads one file. A last line without its \n is not written yet.
func (g Group) stream(path string) ([]event, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	s := stamper{span: g.Span, changed: info.ModTime().UnixMilli()}
	name, lines := g.streamName(path), bufio.NewReader(f)
	for offset := int64(0); ; {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return s.claimed(), nil
		}
		if err != nil {
			return nil, err
		}
		if !s.add(event{stream: name, offset: offset, message: line}) {
			return s.claimed(), nil
		}
		offset += int64(len(line))
	}
}

// stamper gives the lines of a stream their times, one after the other.
type stamper struct {
	span    func(string) (time.Time, time.Time, bool)
	changed int64 // the file
	events  []event
	waiting int // of the events, those at the end that no invocation has claimed

	current      string // request id of the invocation that the line before was in
	began, ended int64
}

// coarse is how far, in milliseconds, a file's time of change may lag behind the clock: a
// kernel stamps files by its last tick.
const coarse = 1000

// add takes a line; false: what follows belongs to an invocation that is not over.
func (s *stamper) add(e event) bool {
	if s.span == nil {
		e.at = ownTime(e.message, 0, s.changed+coarse, s.changed)
		s.events = append(s.events, e)
		return true
	}
	if s.current == "" {
		if id := requestOf(e.message, "START"); id != "" && !s.begin(id) {
			return false
		}
	}
	if s.current == "" {
		s.waiting++
		s.events = append(s.events, e)
		return true
	}
	e.at = ownTime(e.message, s.began, s.ended, s.began)
	last := requestOf(e.message, "REPORT") == s.current
	if last || requestOf(e.message, "END") == s.current {
		e.at = s.ended
	}
	s.events = append(s.events, e)
	if last {
		s.current = ""
	}
	return true
}

// claimed are the events whose time is known.
func (s *stamper) claimed() []event { return s.events[:len(s.events)-s.waiting] }

// begin enters an invocation, to which the lines that waited belong.
func (s *stamper) begin(id string) bool {
	began, ended, known := s.span(id)
	if !known {
		return false
	}
	s.current, s.began, s.ended = id, began.UnixMilli(), ended.UnixMilli()
	for i := len(s.events) - s.waiting; i < len(s.events); i++ {
		s.events[i].at = s.began
	}
	s.waiting = 0
	return true
}

// requestOf is the request id of a line that Lambda writes, START, END or REPORT; ""
// for any other. START may stand behind output that did not end its own line.
func requestOf(line, kind string) string {
	before, rest, ok := strings.Cut(line, kind+" RequestId: ")
	if !ok || before != "" && kind != "START" {
		return ""
	}
	id, _, _ := strings.Cut(rest, "\t")
	id, _, _ = strings.Cut(strings.TrimSpace(id), " ")
	return id
}

// timeLayout is how programs on Lambda begin their lines.
const timeLayout = "2006-01-02T15:04:05.000Z"

// ownTime is the time that a line begins with if that lies within [low, high], else other.
func ownTime(line string, low, high, other int64) int64 {
	if len(line) < len(timeLayout) {
		return other
	}
	t, err := time.Parse(timeLayout, line[:len(timeLayout)])
	if at := t.UnixMilli(); err == nil && at >= low && at <= high {
		return at
	}
	return other
}

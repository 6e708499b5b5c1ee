package lab

import (
	"encoding/hex"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"frontdoor/lab/function"
	"frontdoor/lab/logs"
)

// LogsURL is the CloudWatch Logs endpoint, for every Region.
func (l *Lab) LogsURL() string { return "http://" + l.logs.listener.Addr().String() }

// serveLogs opens CloudWatch Logs over the log groups of all fronts.
func (l *Lab) serveLogs() (err error) {
	if l.logs.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	l.logs.server = &http.Server{Handler: logs.NewHandler(l.groups), ReadHeaderTimeout: 10 * time.Second}
	go l.logs.server.Serve(l.logs.listener)
	return nil
}

// logged adds a function's log group to the lab, and its invocations to a journal of when
// they were, on their way to observe.
func (l *Lab) logged(logDir, name, region string, observe func(function.Invocation)) func(function.Invocation) {
	j := &journal{}
	l.groups = append(l.groups, logs.Group{Region: region, Name: "/aws/lambda/" + name,
		Folder: filepath.Join(logDir, LogFolder(name, region)), Span: j.span})
	return func(i function.Invocation) {
		j.note(i)
		observe(i)
	}
}

// journal is when a function's invocations were. Its log holds no times: 32 bytes each
// are kept in memory, and an index is made when somebody asks. It is safe for concurrent use.
type journal struct {
	mu    sync.Mutex
	kept  []entry
	index map[requestID]int // of the first len(index) entries
}

// requestID is a UUID without its hyphens.
type requestID [16]byte

type entry struct {
	id       requestID
	began    int64 // Unix microseconds
	duration int64 // microseconds
}

func (j *journal) note(i function.Invocation) {
	id, ok := parseID(i.RequestID)
	if !ok {
		return // cannot be: the lab makes them itself
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.kept = append(j.kept, entry{id, i.Started.UnixMicro(), i.Duration.Microseconds()})
}

func (j *journal) span(request string) (began, ended time.Time, known bool) {
	id, ok := parseID(request)
	if !ok {
		return began, ended, false
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.index == nil {
		j.index = map[requestID]int{}
	}
	for n := len(j.index); n < len(j.kept); n++ {
		j.index[j.kept[n].id] = n
	}
	n, known := j.index[id]
	if !known {
		return began, ended, false
	}
	e := j.kept[n]
	return time.UnixMicro(e.began), time.UnixMicro(e.began + e.duration), true
}

func parseID(text string) (id requestID, ok bool) {
	digits := strings.ReplaceAll(text, "-", "")
	if len(digits) != hex.EncodedLen(len(id)) {
		return id, false
	}
	_, err := hex.Decode(id[:], []byte(digits))
	return id, err == nil
}

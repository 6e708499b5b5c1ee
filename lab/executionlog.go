package lab

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// executionLog is a REST API's log of what it refused, at level ERROR, in the folder
// of AWS's log group:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html.
// The wording of throttles and quotas is that of
// https://repost.aws/knowledge-center/api-gateway-429-limit, less the ids. A nil log
// writes nothing. It is safe for concurrent use.
type executionLog struct {
	mu   sync.Mutex
	path string
	file *os.File // opened by the first line
}

// ExecutionLogGroup is the folder of a REST API's log group below the folder of logs.
func ExecutionLogGroup(apiID, stage string) string {
	return "API-Gateway-Execution-Logs_" + apiID + string(filepath.Separator) + stage
}

// write adds a line. What cannot be written is lost: a log is no reason to fail a
// request.
func (l *executionLog) write(requestID, text string) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		var err error
		if err = os.MkdirAll(filepath.Dir(l.path), 0o755); err == nil {
			l.file, err = os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		}
		if err != nil {
			return
		}
	}
	_, _ = fmt.Fprintf(l.file, "%s (%s) %s\n", time.Now().UTC().Format("2006-01-02T15:04:05.000Z"), requestID, text)
}

func (l *executionLog) close() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file != nil {
		_ = l.file.Close() // only ever appended to
		l.file = nil
	}
}

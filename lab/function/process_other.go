//go:build unix && !linux

package function

import (
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

func processGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }

// memory asks ps for the resident memory of a process, once a second at most:
// this system has no cheaper way to look at another process.
type memory struct {
	pid    int
	mu     sync.Mutex
	asked  time.Time
	peakKB int
}

func watchMemory(pid int) *memory { return &memory{pid: pid} }

// peakMB is the most memory seen so far in MB, rounded up; 0 when ps does not tell.
func (m *memory) peakMB() int {
	if m == nil {
		return 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if time.Since(m.asked) >= time.Second {
		m.asked = time.Now()
		out, _ := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(m.pid)).Output()
		kb, _ := strconv.Atoi(strings.TrimSpace(string(out)))
		m.peakKB = max(m.peakKB, kb)
	}
	return (m.peakKB + 1023) / 1024
}

func (*memory) close() {}

package function

import (
	"bytes"
	"os"
	"strconv"
	"sync"
	"syscall"
)

// processGroup puts an environment into a process group of its own, so that it
// can be ended with all it started and does not take the terminal's Ctrl-C; the
// kernel ends it when bench itself dies.
func processGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }

// memory reads the high-water mark of the resident memory (VmHWM) of a process
// and of what it started. AWS has no public definition of Max Memory Used, so
// this is a stand-in. The files stay open: it is read after every invocation.
type memory struct {
	status, children *os.File

	mu     sync.Mutex
	buffer [4096]byte
	peakKB int
}

func watchMemory(pid int) *memory {
	dir := "/proc/" + strconv.Itoa(pid)
	m := &memory{}
	m.status, _ = os.Open(dir + "/status") // without it the figure is 0
	m.children, _ = os.Open(dir + "/task/" + strconv.Itoa(pid) + "/children")
	return m
}

// peakMB is the most memory seen so far in MB, rounded up; 0 when the system
// does not tell.
func (m *memory) peakMB() int {
	if m == nil {
		return 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	kb := m.highWater(m.status)
	if n, _ := m.children.ReadAt(m.buffer[:], 0); n > 0 {
		for _, child := range bytes.Fields(bytes.Clone(m.buffer[:n])) {
			kb += treeKB(string(child))
		}
	}
	m.peakKB = max(m.peakKB, kb)
	return (m.peakKB + 1023) / 1024
}

func (m *memory) highWater(status *os.File) int {
	n, _ := status.ReadAt(m.buffer[:], 0)
	return highWater(m.buffer[:n])
}

// treeKB is the high-water mark of a process and those below it.
func treeKB(pid string) int {
	status, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	kb := highWater(status)
	children, _ := os.ReadFile("/proc/" + pid + "/task/" + pid + "/children")
	for _, child := range bytes.Fields(children) {
		kb += treeKB(string(child))
	}
	return kb
}

func highWater(status []byte) int {
	_, rest, _ := bytes.Cut(status, []byte("VmHWM:"))
	line, _, _ := bytes.Cut(rest, []byte(" kB"))
	kb, _ := strconv.Atoi(string(bytes.TrimSpace(line)))
	return kb
}

func (m *memory) close() {
	if m != nil {
		m.status.Close()
		m.children.Close()
	}
}

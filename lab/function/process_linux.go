package function

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
)

// processGroup puts an environment into a process group of its own, so that it
// can be ended with all it started and does not take the terminal's Ctrl-C; the
// kernel ends it when bench itself dies.
func processGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }

// peakKB is VmHWM of the process and what it started, in KiB.
func peakKB(pid int) int {
	dir := "/proc/" + strconv.Itoa(pid)
	total := highWater(dir + "/status")
	children, err := os.ReadFile(dir + "/task/" + strconv.Itoa(pid) + "/children")
	if err != nil {
		return total
	}
	for _, child := range bytes.Fields(children) {
		if n, err := strconv.Atoi(string(child)); err == nil {
			total += peakKB(n)
		}
	}
	return total
}

func highWater(path string) int {
	status, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	_, rest, ok := bytes.Cut(status, []byte("VmHWM:"))
	if !ok {
		return 0
	}
	fields := bytes.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kb, _ := strconv.Atoi(string(fields[0]))
	return kb
}

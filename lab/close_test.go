package lab

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

// listening is the addresses on which this process accepts TCP connections, as
// the kernel spells them (proc_pid_net(5)): 127.0.0.1 is 0100007F.
func listening(t *testing.T) []string {
	t.Helper()
	own := map[string]bool{}
	descriptors, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range descriptors {
		target, _ := os.Readlink(d) // gone since, and no socket then
		own[target] = true
	}
	var found []string
	for _, table := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
		text, err := os.ReadFile(table)
		if err != nil {
			continue // no IPv6 here
		}
		for line := range strings.Lines(string(text)) {
			field := strings.Fields(line)
			if listen := "0A"; len(field) > 9 && field[3] == listen && own["socket:["+field[9]+"]"] {
				found = append(found, field[1])
			}
		}
	}
	slices.Sort(found)
	return found
}

// children is the processes that this one has started and not yet buried.
func children(t *testing.T) []string {
	t.Helper()
	lists, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil || len(lists) == 0 {
		t.Skip("this kernel does not list the children of a process")
	}
	var found []string
	for _, list := range lists {
		text, _ := os.ReadFile(list) // the thread may be gone
		found = append(found, strings.Fields(string(text))...)
	}
	slices.Sort(found)
	return found
}

func onlyLinux(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("reads /proc")
	}
}

// A lab is on loopback and nowhere else, the Runtime APIs of its functions
// included, and leaves neither a port nor a process, busy or idle.
func TestCloseLeavesNothing(t *testing.T) {
	onlyLinux(t)
	ports, processes := listening(t), children(t)
	gate := filepath.Join(t.TempDir(), "gate")
	busy := rawFront(t, front.FunctionURL, "waits", gate, `{}`)
	busy.ID, busy.Timeout = "busy", time.Minute
	l := serveLogged(t, append(fronts(t, "hello", answering()...), busy)...)
	for i := range answering() {
		get(t, l.url(i))
	}
	hung := make(chan struct{})
	go func() {
		defer close(hung)
		if conn, err := net.Dial("tcp", strings.TrimPrefix(l.url(len(answering())), "http://")); err == nil {
			conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
			conn.Read(make([]byte, 1))
			conn.Close()
		}
	}()
	awaitFile(gate + ".reached")

	now := listening(t)
	// A front each, a Runtime API, DynamoDB and S3 for each, and CloudWatch with its Logs.
	if want := len(ports) + 4*len(l.Fronts()) + 2; len(now) != want {
		t.Errorf("%d listeners, want %d: %q", len(now), want, now)
	}
	for _, address := range now {
		if !slices.Contains(ports, address) && !strings.HasPrefix(address, "0100007F:") {
			t.Errorf("listens on %s, which is not 127.0.0.1", address)
		}
	}
	if n := len(children(t)); n != len(processes)+len(l.Fronts()) {
		t.Errorf("%d processes for %d functions", n-len(processes), len(l.Fronts()))
	}

	if err := l.Close(); err != nil {
		t.Error(err)
	}
	<-hung
	if left := listening(t); !slices.Equal(left, ports) {
		t.Errorf("listeners left: %q, before %q", left, ports)
	}
	if left := children(t); !slices.Equal(left, processes) {
		t.Errorf("processes left: %q, before %q", left, processes)
	}
	for _, url := range append(urls(l), l.MetricsURL()) {
		if conn, err := net.DialTimeout("tcp", strings.TrimPrefix(url, "http://"), time.Second); err == nil {
			conn.Close()
			t.Errorf("%s still answers", url)
		}
	}
	if err := l.Close(); err != nil { // a second time
		t.Error(err)
	}
}

func urls(l logged) []string {
	var list []string
	for _, f := range l.Fronts() {
		list = append(list, f.URL)
	}
	return list
}

// The last front is refused when the others are up already.
func TestStartThatFailsLeavesNothing(t *testing.T) {
	onlyLinux(t)
	refused := fronts(t, "hello", front.EdgeViewerRequest)[0]
	refused.Environment = map[string]string{"TABLE": "jobs"}
	noCommand := fronts(t, "hello", front.ALB)[0]
	noCommand.Command = nil
	unknown := fronts(t, "hello", front.ALB)[0]
	unknown.Kind = "carrier-pigeon"
	for want, last := range map[string]Front{
		"environment variables": refused, "has no command": noCommand, `no door of kind "carrier-pigeon"`: unknown,
	} {
		ports, processes := listening(t), children(t)
		l, err := Start(Config{LogDir: t.TempDir(), Fronts: append(fronts(t, "hello", front.APIGatewayHTTP, front.ALB), last)})
		if err == nil || l != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Start = %v, %v, want an error with %q", l, err, want)
		}
		if left := listening(t); !slices.Equal(left, ports) {
			t.Errorf("listeners left: %q, before %q", left, ports)
		}
		if left := children(t); !slices.Equal(left, processes) {
			t.Errorf("processes left: %q, before %q", left, processes)
		}
	}
}

package apply_test

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"testing"
	"time"
)

// moto starts a server of moto's on loopback, until the test ends, and points the SDK
// at it, by a cutter. The test is skipped where moto is missing: pip install 'moto[server]'.
func moto(t *testing.T) *cutter {
	t.Helper()
	if testing.Short() {
		t.Skip("moto takes seconds")
	}
	program, err := exec.LookPath("moto_server")
	if err != nil {
		t.Skip("moto_server is not installed")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	_, port, _ := net.SplitHostPort(address)
	var said bytes.Buffer
	server := exec.Command(program, "-H", "127.0.0.1", "-p", port)
	server.Stdout, server.Stderr = &said, &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
		if t.Failed() {
			t.Logf("moto_server said:\n%s", tail(said.Bytes()))
		}
	})
	endpoint := "http://" + address
	for range 300 {
		if got, err := http.Get(endpoint + "/moto-api/data.json"); err == nil {
			_ = got.Body.Close()
			c := newCutter(t, endpoint)
			before := httptest.NewServer(c)
			t.Cleanup(before.Close)
			pointAt(t, before.URL)
			return c
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("moto_server does not answer at %s", endpoint)
	return nil
}

func tail(text []byte) []byte { return text[max(0, len(text)-6000):] }

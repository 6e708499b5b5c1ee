// Package yardstick finds and starts programs of others that tests hold bench to, and
// skips a test with the reason where one is missing. Only tests import it.
package yardstick

import (
	"bytes"
	"net"
	"net/http"
	"os/exec"
	"testing"
	"time"
)

// Moto starts moto_server (https://github.com/getmoto/moto), which plays AWS, on loopback,
// ends it with the test, and returns its endpoint.
func Moto(t *testing.T) (endpoint string) {
	t.Helper()
	program, err := exec.LookPath("moto_server")
	if err != nil {
		t.Skip("moto_server is not installed (pip install 'moto[server]')")
	}
	if testing.Short() {
		t.Skip("moto_server takes seconds to start")
	}
	for range 5 { // another process may take the port that was free
		if endpoint := start(t, program, free(t)); endpoint != "" {
			return endpoint
		}
	}
	t.Fatal("moto_server does not stay")
	return ""
}

// free is an address of loopback whose port nobody has.
func free(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// start is the endpoint of a server that answers, however long it takes; "" of one that
// ended before it did.
func start(t *testing.T, program, address string) (endpoint string) {
	t.Helper()
	host, port, _ := net.SplitHostPort(address)
	var said bytes.Buffer
	server := exec.Command(program, "-H", host, "-p", port)
	server.Stdout, server.Stderr = &said, &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = server.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = server.Process.Kill()
		<-ended
		if text := said.Bytes(); t.Failed() {
			t.Logf("moto_server said:\n%s", text[max(0, len(text)-6000):])
		}
	})
	endpoint = "http://" + address
	for {
		if moto(endpoint) {
			return endpoint
		}
		select {
		case <-ended:
			return ""
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// moto reports whether a moto answers.
func moto(endpoint string) bool {
	got, err := http.Get(endpoint + "/moto-api/data.json")
	if err != nil {
		return false
	}
	_ = got.Body.Close()
	return got.StatusCode == http.StatusOK
}

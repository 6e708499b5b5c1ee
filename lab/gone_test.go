package lab

import (
	"context"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"frontdoor/front"
)

// A client that hangs up while the function works is neither a failure of the
// function nor a 5xx of the front.
func TestClientThatHangsUp(t *testing.T) {
	gate := filepath.Join(t.TempDir(), "gate")
	l := serveLogged(t, rawFront(t, front.FunctionURL, "waits", gate, `{"statusCode":200}`))
	ctx, hangUp := context.WithCancel(context.Background())
	defer hangUp()
	go func() {
		awaitFile(gate + ".reached")
		hangUp()
		time.Sleep(50 * time.Millisecond) // the server hears of it
		openGate(t, gate)
	}()
	req, err := http.NewRequestWithContext(ctx, "GET", l.url(0), nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := http.DefaultClient.Do(req); err == nil {
		t.Fatalf("the client that hung up got %d", resp.StatusCode)
	}
	l.Settle()
	l.has(t, l.Fronts()[0], map[string]float64{"UrlRequestCount": 1, "Url5xxError": 0, "Errors": 0, "Invocations": 1})
}

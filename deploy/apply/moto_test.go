package apply_test

import (
	"net/http/httptest"
	"testing"

	"frontdoor/yardstick"
)

// moto starts a server of moto's, and points the SDK at it, by a cutter.
func moto(t *testing.T) *cutter {
	t.Helper()
	c := newCutter(t, yardstick.Moto(t))
	before := httptest.NewServer(c)
	t.Cleanup(before.Close)
	pointAt(t, before.URL)
	return c
}

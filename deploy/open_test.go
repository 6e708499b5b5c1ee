package deploy

import (
	"slices"
	"strings"
	"testing"
)

// What wants no key and no signature is open: an API or function URL of AuthType NONE
// without api_key_required, a load balancer for all addresses, every other front.
func TestOpen(t *testing.T) {
	all := "handler: hello\nfronts: [{id: r, kind: apigw-rest}, {id: h, kind: apigw-http}, {id: a, kind: alb}, {id: u, kind: function-url}, {id: e, kind: edge-viewer-request}]"
	keyed := `handler: hello
fronts:
  - id: r
    kind: apigw-rest
    gateway: {api_key_required: true, api_key: abcdefghijklmnopqrstuvwxyz, throttle: {rate: 10/s, burst: 5}}
  - {id: u, kind: function-url}`
	for _, c := range []struct {
		name, scenario string
		signed         bool
		from           string
		open, closing  string
	}{
		{"all", all, false, "", "r h a u e", "--signed --from gateway.api_key_required gateway.throttle"},
		{"signed", all, true, "", "a e", "--from"},
		{"some addresses", all, true, "203.0.113.0/24", "e", ""},
		{"every address", all, true, "0.0.0.0/0", "a e", "--from"},
		{"a key", keyed, false, "", "u", "--signed"},
		{"closed", keyed, true, "", "", ""},
		{"browsers", "handler: hello\nfronts: [{id: h, kind: apigw-http, gateway: {cors: {allow_origins: ['*']}}}]", false, "", "h", "gateway.throttle"},
	} {
		d := planOf(t, Config{Scenario: scenarioOf(t, c.scenario), Signed: c.signed, From: c.from})
		if got := strings.Join(d.Open(), " "); got != c.open {
			t.Errorf("%s: open are %q, want %q", c.name, got, c.open)
		}
		var flags []string
		for _, way := range d.Closing() {
			flags = append(flags, strings.Fields(way)[0])
		}
		if !slices.Equal(flags, strings.Fields(c.closing)) {
			t.Errorf("%s: %q closes them, want %q", c.name, flags, c.closing)
		}
	}
}

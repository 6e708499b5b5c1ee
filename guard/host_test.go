package guard_test

import (
	"testing"

	"frontdoor/guard"
)

func TestWhy(t *testing.T) {
	own := func(names ...string) (list []guard.Owned) {
		for _, name := range names {
			o, err := guard.ParseOwned(name)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, o)
		}
		return list
	}
	allow := guard.Allow{Deployment: "quickstart-3f9a", Deployed: []string{"a1b2.execute-api.us-east-1.amazonaws.com", "front.example.org:8443"},
		Owned: own("API.example.com", "*.example.net")}
	const deployed = "made by bench deploy: quickstart-3f9a"
	for host, want := range map[string]string{
		"127.0.0.1:8080": "this machine", "localhost": "this machine", "[::1]:9000": "this machine", "LOCALHOST:1": "this machine", "a.localhost": "this machine", "0.0.0.0:80": "this machine",
		"a1b2.execute-api.us-east-1.amazonaws.com": deployed, "A1b2.execute-api.us-east-1.amazonaws.com": deployed, "front.example.org:8443": deployed,
		"front.example.org": "", "c3d4.execute-api.us-east-1.amazonaws.com": "",
		"api.example.com": "named with --i-own api.example.com", "api.example.com:444": "named with --i-own api.example.com",
		"x.api.example.com": "", "example.com": "", "evil-api.example.com": "",
		"www.example.net": "named with --i-own *.example.net", "a.b.example.net": "named with --i-own *.example.net",
		"example.net": "", "notexample.net": "", ".example.net": "", "www.example.net.evil.com": "",
		"127.0.0.1.example.com": "", "notlocalhost": "", "localhost.example.com": "", "10.0.0.1": "", "": "",
	} {
		if got := allow.Why(host); got != want {
			t.Errorf("%s: %q, want %q", host, got, want)
		}
	}
}

func TestOwnedRefusesTooMuch(t *testing.T) {
	for _, s := range []string{"", "*", "*.", "*.com", "https://example.com", "example.com/path", "example.com:80", "a.*.example.com", "**.example.com",
		"*.amazonaws.com", "*.execute-api.us-east-1.amazonaws.com", "*.cloudfront.net", "*.lambda-url.eu-west-1.on.aws", "*.CLOUDFRONT.net", "user@example.com"} {
		if o, err := guard.ParseOwned(s); err == nil {
			t.Errorf("%q is taken as %q", s, o)
		}
	}
	for _, s := range []string{"example.com", "*.example.com", "a1b2.execute-api.us-east-1.amazonaws.com", "d1.cloudfront.net", "10.0.0.1", "::1"} {
		if _, err := guard.ParseOwned(s); err != nil {
			t.Errorf("%v", err)
		}
	}
}

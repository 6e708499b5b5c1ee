package auth

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lookup finds variables in vars, with a clock that stands at *now.
func lookup(vars map[string]string, now *time.Time) Lookup {
	l := Lookup{Getenv: func(name string) string { return vars[name] }, Known: &Redactor{}}
	if now != nil {
		l.Now = func() time.Time { return *now }
	}
	return l
}

// signed is a request that the spec's signer has signed.
func signed(t *testing.T, l Lookup, s Spec) *http.Request {
	t.Helper()
	sign, err := l.Signer(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := http.NewRequest("GET", "https://a.example/", nil)
	if err := sign(r); err != nil {
		t.Fatal(err)
	}
	return r
}

// script writes a program into a folder of its own.
func script(t *testing.T, text string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "token"), []byte("#!/bin/sh\n"+text), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestSources(t *testing.T) {
	l := lookup(map[string]string{"KEY": "key-of-the-front", "TOKEN": "abc.def"}, nil)
	l.Dir = script(t, "printf ' \\n%s-%s\\n\\n' \"$1\" \"$(basename \"$PWD\")\"; echo noise >&2\n")
	r := signed(t, l, Spec{APIKey: &APIKey{Source: Source{Env: "KEY"}}, Bearer: &Bearer{Source: Source{Command: []string{"./token", "a b;c"}}}})
	if got := r.Header.Get("X-Api-Key"); got != "key-of-the-front" {
		t.Errorf("key %q", got)
	}
	if got, want := r.Header.Get("Authorization"), "Bearer a b;c-"+filepath.Base(l.Dir); got != want {
		t.Errorf("token %q, want %q: words reach the command as they are, and it runs in its folder", got, want)
	}
	if got := signed(t, l, Spec{Bearer: &Bearer{Source: Source{Env: "TOKEN"}}}).Header.Get("Authorization"); got != "Bearer abc.def" {
		t.Errorf("token %q", got)
	}
	if got := l.Known.Redact("key-of-the-front, a b;c-" + filepath.Base(l.Dir)); strings.Contains(got, "key-of") || strings.Contains(got, "b;c") {
		t.Errorf("not known: %q", got)
	}
	if sign, err := l.Signer(context.Background(), Spec{}); sign != nil || err != nil {
		t.Error("an empty spec signs")
	}
}

// Errors say what went wrong and hold nothing of what a command said, nor its words.
func TestSourceErrors(t *testing.T) {
	l := lookup(map[string]string{"BAD": "two\nlines"}, nil)
	for text, want := range map[string]string{
		"echo SECRETOUT; echo SECRETERR >&2; exit 3\n": `bearer: command "./token": exit status 3`,
		"kill -9 $$\n":                     `bearer: command "./token": signal: killed`,
		"echo\n":                           `bearer: what command "./token" prints is empty`,
		"echo SECRETOUT; echo SECRETOUT\n": `bearer: what command "./token" prints has a line break or another control character, which no header may have`,
	} {
		l.Dir = script(t, text)
		_, err := l.Signer(context.Background(), Spec{Bearer: &Bearer{Source: Source{Command: []string{"./token", "SECRETWORD"}}}})
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", text, err, want)
		}
	}
	for env, want := range map[string]string{
		"NONE": `api_key: variable "NONE" is not set`,
		"BAD":  `api_key: variable "BAD" has a line break or another control character, which no header may have`,
	} {
		_, err := l.Signer(context.Background(), Spec{APIKey: &APIKey{Source: Source{Env: env}}})
		if err == nil || err.Error() != want {
			t.Errorf("\n got %v\nwant %s", err, want)
		}
	}
	if _, err := l.Signer(context.Background(), Spec{APIKey: &APIKey{Source: Source{Command: []string{"no-such-program-of-bench"}}}}); err == nil || !strings.HasPrefix(err.Error(), `api_key: command "no-such-program-of-bench" could not be run: `) {
		t.Error(err)
	}
}

// jwt is a token that expires at a time. Its signature is none: nobody here looks.
func jwt(claims string) string {
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(`{"alg":"RS256"}`)) + "." + part([]byte(claims)) + "." + part([]byte("signature of a token"))
}

func TestExpiry(t *testing.T) {
	for token, want := range map[string]int64{
		jwt(`{"exp":1300819380}`):   1300819380, // the claims of RFC 7519's example
		jwt(`{"exp":1300819380.5}`): 1300819380,
		jwt(`{"sub":"a"}`):          0,
		jwt(`{"exp":"soon"}`):       0,
		jwt(`not JSON`):             0,
		"a.b.c":                     0,
		"opaque":                    0,
	} {
		if got := expiry(token); want == 0 && !got.IsZero() || want != 0 && got.Unix() != want {
			t.Errorf("%s: %v, want %d", token, got, want)
		}
	}
	now := time.Unix(1300819381, 0)
	_, err := lookup(map[string]string{"T": jwt(`{"exp":1300819380}`)}, &now).Signer(context.Background(), Spec{Bearer: &Bearer{Source: Source{Env: "T"}}})
	if want := "bearer: the token has expired at 2011-03-22T18:43:00Z"; err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
}

// TestBearerRefresh counts how often the command runs, by what it prints: each line a
// number, one more each time.
func TestBearerRefresh(t *testing.T) {
	const counting = `n=$(($(cat n 2>/dev/null || echo 0) + 1)); echo $n > n; `
	for _, c := range []struct {
		name    string
		print   string
		refresh time.Duration
		after   time.Duration
		want    string
	}{
		{"opaque", `echo token-$n`, 0, 100 * time.Hour, "1"},
		{"opaque, before its refresh", `echo token-$n`, 10 * time.Minute, 10*time.Minute - time.Second, "1"},
		{"opaque, at its refresh", `echo token-$n`, 10 * time.Minute, 10 * time.Minute, "2"},
		{"a JWT, long before its end", `echo ` + jwt(`{"exp":1000003600}`) + `-$n`, 0, 54 * time.Minute, "1"},
		{"a JWT, 5 minutes before its end", `echo ` + jwt(`{"exp":1000003600}`) + `-$n`, 0, 55 * time.Minute, "2"},
		{"a JWT, refreshed earlier than its end", `echo ` + jwt(`{"exp":1000003600}`) + `-$n`, time.Minute, time.Minute, "2"},
	} {
		now := time.Unix(1_000_000_000, 0)
		l := lookup(nil, &now)
		l.Dir = script(t, counting+c.print+"\n")
		sign, err := l.Signer(context.Background(), Spec{Bearer: &Bearer{Source: Source{Command: []string{"./token"}}, Refresh: c.refresh}})
		if err != nil {
			t.Fatal(err)
		}
		now = now.Add(c.after)
		// A renewal goes on behind the requests, which have the old token until then.
		got := ""
		for again := true; again; again = c.want != "1" && !strings.HasSuffix(got, "-"+c.want) { // go test ends it if it never comes
			r, _ := http.NewRequest("GET", "https://a.example/", nil)
			if err := sign(r); err != nil {
				t.Fatal(err)
			}
			got = r.Header.Get("Authorization")
			time.Sleep(5 * time.Millisecond)
		}
		if !strings.HasSuffix(got, "-"+c.want) {
			t.Errorf("%s: %s, want that of run %s", c.name, got, c.want)
		}
	}
}

func ExampleRedactor() {
	var known Redactor
	known.Add("hunter2")
	fmt.Println(known.Redact("answered with hunter2, aHVudGVyMg== and 68756e74657232"))
	// Output: answered with [redacted], [redacted]== and [redacted]
}

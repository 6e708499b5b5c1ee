package auth

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestRedactor(t *testing.T) {
	const secret = `wJal/XUt+n&"\<K7MD=`
	var known Redactor
	known.Add(secret, "abc", "")
	quoted, _ := json.Marshal(secret)
	for _, text := range []string{
		secret, "Bearer " + secret + ".", string(quoted), url.QueryEscape(secret), url.PathEscape(secret), html.EscapeString(secret),
		hex.EncodeToString([]byte(secret)), strings.ToUpper(hex.EncodeToString([]byte(secret))),
	} {
		got := known.Redact(text)
		if !strings.Contains(got, Redacted) || strings.Contains(got, "K7MD") || strings.Contains(got, hex.EncodeToString([]byte("K7MD"))) {
			t.Errorf("%s: %s", text, got)
		}
	}
	for _, before := range []string{"", "u", "u:", "us:", "user:"} { // Basic, at each shift of base64
		for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
			text := encoding.EncodeToString([]byte(before + secret + before))
			if got := known.Redact(text); len(strings.Replace(got, Redacted, "", 1)) > 4*(2*len(before)+6)/3+2 {
				t.Errorf("behind %q: %s: %s", before, text, got)
			}
		}
	}
	if got := known.Redact("abcdef"); got != "abcdef" {
		t.Errorf("a secret of 3 bytes: %s", got)
	}
	var nobody *Redactor
	nobody.Add("hunter2")
	if got := nobody.Redact("hunter2"); got != "hunter2" || nobody.Holds("hunter2") {
		t.Error("a nil redactor redacts")
	}
}

// What net/http quotes of a malformed answer, and what JSON without HTML's escapes has.
func TestRedactorOfQuotes(t *testing.T) {
	const secret = `ab"cd\ef<gh>SECRETPÄRT`
	var known Redactor
	known.Add(secret)
	_, malformed := http.ReadResponse(bufio.NewReader(strings.NewReader("HTTP/1.1 "+secret+"\r\n\r\n")), nil)
	var plain strings.Builder
	unescaped := json.NewEncoder(&plain)
	unescaped.SetEscapeHTML(false)
	if err := unescaped.Encode(secret); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{malformed.Error(), plain.String(), fmt.Sprintf("%q", secret), fmt.Sprintf("%+q", secret)} {
		escaped, _ := json.Marshal(known.Redact(text)) // as a report has it
		if got := string(escaped); !strings.Contains(got, Redacted) || strings.Contains(got, "SECRET") {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestRedactingWriter(t *testing.T) {
	var known Redactor
	known.Add("hunter2")
	var out bytes.Buffer
	if n, err := known.Writer(&out).Write([]byte("a hunter2 b")); n != 11 || err != nil || out.String() != "a [redacted] b" {
		t.Errorf("%d, %v, %q", n, err, out.String())
	}
}

// FuzzRedactor: whatever stands around a secret, and whatever the secret is, it is not
// in what is left.
func FuzzRedactor(f *testing.F) {
	f.Add("hunter2", "a ", " b", "hunter22")
	f.Add("aaaaaaa", "aaa", "a", "aaaaa")
	f.Add("[redacted]", "[", "]", "acted")
	f.Fuzz(func(t *testing.T, secret, before, after, other string) {
		var known Redactor
		known.Add(secret, other)
		if len(secret) < leastSecret || strings.Contains(Redacted, secret) {
			return
		}
		got := known.Redact(before + secret + after)
		for rest := range strings.SplitSeq(got, Redacted) {
			if strings.Contains(rest, secret) {
				t.Errorf("%q of %q: %q", secret, before+secret+after, got)
			}
		}
	})
}

// The parts of a JSON Web Token are secrets, and words of other tokens are words.
func TestAddToken(t *testing.T) {
	var known Redactor
	known.AddToken("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIiwiZXhwIjoxfQ.c2lnbmF0dXJlLW9mLWE")
	known.AddToken("hello.scenario.bench")
	known.AddToken("hello.scenario")
	if got := known.Redact("c2lnbmF0dXJlLW9mLWE, eyJzdWIiOiJhIiwiZXhwIjoxfQ; hello, scenario, bench; hello.scenario.bench"); got != "[redacted], [redacted]; hello, scenario, bench; [redacted]" {
		t.Error(got)
	}
}

func BenchmarkRedact(b *testing.B) {
	var known Redactor
	for range 5 {
		known.AddToken(strings.Repeat("0123456789abcdefghij", 40) + "." + strings.Repeat("A/b+", 100) + "." + strings.Repeat("x-_y", 80))
	}
	id := "8f3b6d5e-0c1a-4f2e-9d7c-5a6b7c8d9e0f"
	for b.Loop() {
		if known.Redact(id) != id {
			b.Fatal("changed")
		}
	}
}

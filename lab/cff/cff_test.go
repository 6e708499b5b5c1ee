package cff

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"frontdoor/front"
)

const event = `{"version":"1.0","context":{"distributionDomainName":"d1.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE","eventType":"viewer-request","requestId":"r-1"},` +
	`"viewer":{"ip":"198.51.100.11"},"request":{"method":"GET","uri":"/a","querystring":{},"headers":{"host":{"value":"h"}},"cookies":{}}}`

func function(t *testing.T, code string) (*Function, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	f, err := New(code, &log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f, &log
}

// value is what an expression is in a function, as JSON.
func value(t *testing.T, expression string) (string, error) {
	t.Helper()
	f, _ := function(t, "function handler(event) { return { statusCode: 200, body: "+expression+" }; }")
	i, err := f.Invoke(t.Context(), []byte(event))
	if err != nil {
		return "", err
	}
	var out struct{ Body json.RawMessage }
	if err := json.Unmarshal(i.Result, &out); err != nil {
		t.Fatal(err)
	}
	return string(out.Body), nil
}

// What the documented modules give. Digests: the test vectors of RFC 1321 (md5), FIPS
// 180 (sha1, sha256 of "abc") and RFC 2202/4231 (HMAC, test case 2); query strings:
// the examples of https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-features.html
func TestModules(t *testing.T) {
	for expression, want := range map[string]string{
		`require('crypto').createHash('md5').update('abc').digest('hex')`:                                                            `"900150983cd24fb0d6963f7d28e17f72"`,
		`require('crypto').createHash('sha1').update('a').update('bc').digest('hex')`:                                                `"a9993e364706816aba3e25717850c26c9cd0d89d"`,
		`require('crypto').createHash('sha256').update('abc').digest('base64')`:                                                      `"ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="`,
		`require('crypto').createHash('sha256').update('abc').digest('base64url')`:                                                   `"ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"`,
		`require('crypto').createHash('sha1').update('abc').digest().toString('hex')`:                                                `"a9993e364706816aba3e25717850c26c9cd0d89d"`,
		`require('crypto').createHmac('md5', 'Jefe').update('what do ya want for nothing?').digest('hex')`:                           `"750c783e6ab0b503eaa86e310a5db738"`,
		`require('crypto').createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex')`:                        `"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"`,
		`JSON.stringify(require('querystring').parse('name=value&abc=xyz&abc=123'))`:                                                 `"{\"name\":\"value\",\"abc\":[\"xyz\",\"123\"]}"`,
		`require('querystring').stringify({ name: 'value', abc: ['xyz', '123'], anotherName: '' })`:                                  `"name=value\u0026abc=xyz\u0026abc=123\u0026anotherName="`,
		`require('querystring').unescape('a%20b')`:                                                                                   `"a b"`,
		`Buffer.from('aGVsbG8=', 'base64').toString()`:                                                                               `"hello"`,
		`Buffer.from('h\u00e9').toString('hex')`:                                                                                     `"68c3a9"`,
		`String(new Date().getTime() === Date.now())`:                                                                                `"true"`,
		`(function () { const a = Date.now(); let n = 0; for (let i = 0; i < 10000; i++) n += i; return String(Date.now() - a) })()`: `"0"`,
		`typeof setTimeout + typeof fetch + typeof process + typeof performance + typeof std + typeof os`:                            `"undefinedundefinedundefinedundefinedundefinedundefined"`,
		`(function () { return String(this) })()`:                                                                                    `"undefined"`, // strict mode
	} {
		got, err := value(t, expression)
		var a, b string
		if err != nil || json.Unmarshal([]byte(got), &a) != nil || json.Unmarshal([]byte(want), &b) != nil || a != b {
			t.Errorf("%s = %s, %v; want %s", expression, got, err, want)
		}
	}
}

// What is forbidden throws: "Both eval() and Function constructors throw an error if
// attempted", and there is no file system, network or other module (same page).
func TestForbidden(t *testing.T) {
	for _, expression := range []string{
		`eval('1')`, `(0, eval)('1')`, `new Function('a', 'return a')(1)`, `(function () {}).constructor('return 1')()`,
		`(async function () {}).constructor('return 1')`, `(function* () {}).constructor('yield 1')`, `Function('return 1')()`,
		`require('fs')`, `require('http')`, `require('cloudfront')`, `require('toString')`, `undeclared = 1`,
		`require('crypto').createHash('sha512')`, `require('crypto').createHash('md5').digest('latin1')`,
	} {
		if got, err := value(t, expression); err == nil || errors.Is(err, ErrTimeout) {
			t.Errorf("%s = %s, %v", expression, got, err)
		}
	}
}

// What AWS would not publish is refused at once.
func TestNewRefuses(t *testing.T) {
	for code, want := range map[string]string{
		"function handler(event) { return event.request } //" + strings.Repeat("x", MaxCode): "CloudFront takes 10240 at most",
		"function handler(event) {":                             "cannot be compiled",
		"function other() {}":                                   "no handler",
		"const handler = 1":                                     "no handler",
		"import cf from 'cloudfront';\nfunction handler(e) {}":  "key-value stores",
		"import fs from 'fs';\nfunction handler(e) {}":          `Cannot find module "fs"`,
		"for (;;) {}\nfunction handler(event) { return event }": "cannot be compiled",
	} {
		f, err := New(code, nil)
		if err == nil {
			f.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", code, err, want)
		}
	}
	f, err := New("function handler(event) { return event.request } "+strings.Repeat("/", 2)+strings.Repeat("x", MaxCode-51), nil)
	if err != nil {
		t.Errorf("10 KB: %v", err)
	} else {
		f.Close()
	}
}

// A function that throws, or does not end, is an error; the next call is not hurt.
func TestErrors(t *testing.T) {
	f, log := function(t, `
		let calls = 0;
		async function later(v) { await null; return v; }
		function handler(event) {
			calls++;
			switch (event.request.uri) {
			case '/throws': throw new Error('boom');
			case '/null': return event.request.nothing.value;
			case '/loops': for (;;) {}
			case '/rejects': return later().then(() => { throw new TypeError('late') });
			case '/never': return new Promise(() => {});
			case '/async': return later({ statusCode: 204 });
			case '/undefined': return;
			}
			return { statusCode: 200, body: String(calls) };
		}`)
	for _, c := range []struct{ uri, result, failure string }{
		{"/throws", "", "boom"}, {"/null", "", "TypeError"}, {"/loops", "", ErrTimeout.Error()}, {"/rejects", "", "late"}, {"/never", "", "never settled"},
		{"/async", `{"statusCode":204}`, ""}, {"/undefined", "null", ""},
	} {
		i, err := f.Invoke(t.Context(), []byte(strings.Replace(event, `"/a"`, `"`+c.uri+`"`, 1)))
		if c.failure == "" && (err != nil || string(i.Result) != c.result) || c.failure != "" && (err == nil || !strings.Contains(err.Error(), c.failure)) {
			t.Errorf("%s: %s, %v; want %s %q", c.uri, i.Result, err, c.result, c.failure)
		}
		if i.Duration <= 0 {
			t.Errorf("%s: no duration", c.uri)
		}
	}
	if i, err := f.Invoke(t.Context(), []byte(event)); err != nil || !strings.Contains(string(i.Result), `"statusCode":200`) {
		t.Errorf("afterwards: %s, %v", i.Result, err)
	}
	if !strings.Contains(log.String(), "r-1 ERROR: ") || !strings.Contains(log.String(), "boom") {
		t.Errorf("log %q", log)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Invoke(ctx, []byte(event)); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller who left: %v", err)
	}
}

// The log has each invocation that logs something, and 10 KB of it at most.
func TestLog(t *testing.T) {
	f, log := function(t, `function handler(event) {
		if (event.request.uri === '/a') console.log('uri', event.request.uri, { n: 1 }, 2, null);
		if (event.request.uri === '/long') for (let i = 0; i < 20; i++) console.log('x'.repeat(1000));
		return event.request;
	}`)
	i, err := f.Invoke(t.Context(), []byte(event))
	const want = "r-1 START DistributionID: EDFDVBD6EXAMPLE\nr-1 uri /a {\"n\":1} 2 null\nr-1 END\n"
	if err != nil || log.String() != want || i.Logged != len(want) {
		t.Errorf("%q, %d logged, %v", log, i.Logged, err)
	}
	if i, err = f.Invoke(t.Context(), []byte(strings.Replace(event, `"/a"`, `"/quiet"`, 1))); err != nil || i.Logged != 0 || log.String() != want {
		t.Errorf("quiet: %d logged, %v", i.Logged, err)
	}
	log.Reset()
	if _, err = f.Invoke(t.Context(), []byte(strings.Replace(event, `"/a"`, `"/long"`, 1))); err != nil || strings.Count(log.String(), "x") != maxLog {
		t.Errorf("%d bytes of log, %v", strings.Count(log.String(), "x"), err)
	}
}

// Callers at once have realms of their own.
func TestConcurrent(t *testing.T) {
	f, _ := function(t, "let n = 0; function handler(event) { n++; const own = n; for (let i = 0; i < 1000; i++) event.request.uri += ''; return { statusCode: own === n ? 200 : 500 }; }")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if i, err := f.Invoke(context.Background(), []byte(event)); err != nil || string(i.Result) != `{"statusCode":200}` {
					t.Errorf("%s, %v", i.Result, err)
				}
			}
		})
	}
	wg.Wait()
	f.Close()
	if _, err := f.Invoke(t.Context(), []byte(event)); err == nil {
		t.Error("a closed function runs")
	}
}

// AWS's example function that adds security headers goes through front's contract.
func TestThroughFront(t *testing.T) {
	door, err := front.Of(front.CloudFrontFunction)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := function(t, `function handler(event) {
		var response = event.response;
		response.headers['strict-transport-security'] = { value: 'max-age=63072000' };
		return response;
	}`)
	r := front.Request{Method: "GET", Path: "/", Host: "h", Upstream: &front.Answer{Status: 200, Header: front.Header{{Name: "Content-Type", Value: "text/html"}}}}
	e, err := door.Event(r, front.Identity{})
	if err != nil {
		t.Fatal(err)
	}
	i, err := f.Invoke(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	a, err := door.Answer(i.Result, front.Identity{})
	if err != nil || a.Status != 200 || a.Header.Get("Strict-Transport-Security") != "max-age=63072000" || a.Header.Get("Content-Type") != "text/html" || a.Body != nil {
		t.Errorf("%+v, %v", a, err)
	}
}

package handlers_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"frontdoor/front"
	"frontdoor/handlers"
)

// CloudFront Functions run ECMAScript 5.1 with const, let, arrow functions, template
// literals and no more of later syntax, in 10 KB:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
func TestFunctionCodeIsOfTheRuntime(t *testing.T) {
	later := regexp.MustCompile(`\bof\s|\bclass\s|\brequire\(|\bimport\b|\byield\b|\?\?|\?\.|\.\.\.|\b(const|let) [\[{]|\d+n\b`)
	comment := regexp.MustCompile(`(?m)^\s*//.*$`)
	names := 0
	for _, name := range handlers.Names() {
		code, ok := handlers.FunctionCode(name)
		if !ok {
			continue
		}
		names++
		if found := later.FindString(comment.ReplaceAllString(code, "")); found != "" || len(code) > 10<<10 || !strings.Contains(code, "function handler(event) {") {
			t.Errorf("%s: %d bytes, with %q", name, len(code), found)
		}
	}
	if files, err := filepath.Glob("cff/*.js"); err != nil || names != len(files) || names == 0 {
		t.Errorf("%d files, %d of them are a handler's: %v", len(files), names, err)
	}
}

// A Node.js version is one of a handler, and all that it requires is with it.
func TestNodeCodeIsWhole(t *testing.T) {
	required := regexp.MustCompile(`require\("(\./[^"]+)"\)`)
	files, err := filepath.Glob("node/*.js")
	if err != nil || len(files) == 0 {
		t.Fatal("no Node.js versions", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".js")
		code, ok := handlers.NodeCode(name)
		if _, known := handlers.Lookup(name); !known || !ok {
			t.Errorf("%s: a handler %v, with code %v", file, known, ok)
		}
		for from, text := range code {
			for _, m := range required.FindAllStringSubmatch(text, -1) {
				if path := filepath.Join(filepath.Dir(from), m[1]); code[path] == "" {
					t.Errorf("%s requires %s, which is not with it", from, path)
				}
			}
		}
	}
	if _, ok := handlers.NodeCode("nothing"); ok {
		t.Error("NodeCode finds what is not there")
	}
}

// Every kind of front has a handler that can stand behind it, and every handler a front.
func TestMisplaced(t *testing.T) {
	places := map[string]int{}
	for _, name := range handlers.Names() {
		fits := 0
		for _, k := range front.Kinds() {
			problem, want := handlers.Misplaced(name, k)
			if (problem == "") != (want == "") {
				t.Errorf("%s behind %s: %q, want %q", name, k, problem, want)
			}
			if problem == "" {
				fits++
				places[string(k)]++
			}
		}
		if fits == 0 {
			t.Errorf("%s fits nowhere", name)
		}
	}
	if len(places) != len(front.Kinds()) {
		t.Errorf("kinds with a handler: %v", places)
	}
	for _, c := range []struct {
		handler string
		kind    front.Kind
		fits    bool
	}{
		{"hello", front.ALB, true}, {"hello", front.CloudFrontFunction, true}, {"hello", front.EdgeOriginResponse, false},
		{"status", front.EdgeViewerRequest, true}, {"status", front.CloudFrontFunction, false}, {"status", front.APIGatewayNonProxy, true},
		{"security-headers", front.EdgeViewerResponse, true}, {"security-headers", front.EdgeViewerRequest, false}, {"security-headers", front.CloudFrontFunction, true},
		{"url-normalise", front.FunctionURL, false}, {"url-normalise", front.EdgeOriginRequest, true}, {"pretty-url", front.ALB, true},
	} {
		if problem, _ := handlers.Misplaced(c.handler, c.kind); (problem == "") != c.fits {
			t.Errorf("%s behind %s: %q", c.handler, c.kind, problem)
		}
	}
}

// docs/handlers.md has a row for every handler, with the versions that there are.
func TestDocumentHasEveryHandler(t *testing.T) {
	text, err := os.ReadFile("../docs/handlers.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range handlers.Names() {
		_, isFunction := handlers.FunctionCode(name)
		_, inNode := handlers.NodeCode(name)
		found := false
		for line := range strings.Lines(string(text)) {
			cells := strings.Split(line, "|")
			if len(cells) == 6 && strings.Contains(cells[1], "`"+name+"`") {
				found = true
				if strings.TrimSpace(cells[3]) == "yes" != inNode || strings.TrimSpace(cells[4]) == "yes" != isFunction {
					t.Errorf("%s: Node.js %v, CloudFront Function %v, but %s", name, inNode, isFunction, line)
				}
			}
		}
		if !found {
			t.Errorf("%s has no row", name)
		}
	}
}

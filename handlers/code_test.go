package handlers_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

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

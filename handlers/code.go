package handlers

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed node/*.js node/lib/*.js
var nodeFiles embed.FS

//go:embed cff/*.js
var cffFiles embed.FS

// NodeCode is the handler called name as a Node.js function for Lambda@Edge: its
// files by their names, of which NAME.js exports "handler" and those below lib are
// what it requires. Zipped they are what Lambda takes. False when the handler has no
// Node.js version.
func NodeCode(name string) (files map[string]string, ok bool) {
	text, err := nodeFiles.ReadFile("node/" + name + ".js")
	if err != nil {
		return nil, false
	}
	files = map[string]string{name + ".js": string(text)}
	lib, err := fs.Glob(nodeFiles, "node/lib/*.js")
	for _, path := range lib {
		if text, err = nodeFiles.ReadFile(path); err != nil {
			break
		}
		files[strings.TrimPrefix(path, "node/")] = string(text)
	}
	return files, err == nil
}

// FunctionCode is the handler called name as a CloudFront Function: JavaScript for
// runtime 2.0 that defines handler(event). False when the handler has no such version.
func FunctionCode(name string) (string, bool) {
	text, err := cffFiles.ReadFile("cff/" + name + ".js")
	return string(text), err == nil
}

// Package runtimes has what a function in Python or Node.js needs to run behind the
// Lambda Runtime API: for each language a small client, client.py and client.js,
// that speaks the protocol and nothing else, on the standard library alone.
//
// AWS's own clients, awslambdaric and aws-lambda-ric, are built from C++ with each
// installation; these start with the interpreter that is there.
package runtimes

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed client.py
var pythonClient string

//go:embed client.js
var nodeClient string

// The languages, as AWS names their runtimes.
const (
	Python = "python"
	NodeJS = "nodejs"
)

// language is an interpreter, how it takes a program as an argument, and the files
// that may hold the module called M.
type language struct {
	interpreter string
	flags       []string
	files       []string
	example     string
}

func languages() map[string]language {
	return map[string]language{
		Python: {"python3", []string{"-c", pythonClient}, []string{"M.py", "M/__init__.py"}, "lambda_function.lambda_handler"},
		NodeJS: {"node", []string{"-e", nodeClient, "--"}, []string{"M.js", "M.mjs", "M.cjs"}, "index.handler"},
	}
}

// Command is the command line that serves a handler, FILE.FUNCTION, of the folder
// that it is run in. The error names an unknown language or an interpreter that is
// not installed.
func Command(name, handler string) ([]string, error) {
	l, ok := languages()[name]
	if !ok {
		return nil, fmt.Errorf("unknown runtime %q: want %s or %s", name, Python, NodeJS)
	}
	program, err := exec.LookPath(l.interpreter)
	if err != nil {
		return nil, fmt.Errorf("runtime %s: %s is not installed: %w", name, l.interpreter, err)
	}
	command := append([]string{program}, l.flags...)
	return append(command, handler), nil
}

// Embedded is the command line that serves a Node.js handler out of files, by name,
// which need not be on the disk.
func Embedded(files map[string]string, handler string) ([]string, error) {
	command, err := Command(NodeJS, handler)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(files)
	if err != nil {
		return nil, err
	}
	return append(command, string(text)), nil
}

// Check refuses what Command would, and a handler whose file is not in dir. What
// only the interpreter can tell, such as a function that the file does not have, it
// leaves to the running client, which reports it as Lambda's does.
func Check(name, handler, dir string) error {
	if _, err := Command(name, handler); err != nil {
		return err
	}
	l := languages()[name]
	module, ok := module(name, handler)
	if !ok {
		return fmt.Errorf("runtime %s: %q is no handler: want FILE.FUNCTION such as %s", name, handler, l.example)
	}
	var looked []string
	for _, file := range l.files {
		file = strings.Replace(file, "M", module, 1)
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(file))); err == nil {
			return nil
		}
		looked = append(looked, file)
	}
	return fmt.Errorf("runtime %s: handler %q: there is no %s in %q", name, handler, strings.Join(looked, " or "), dir)
}

// module is the path of the handler's file without its extension: all before the
// last dot in Python, where further dots part folders, before the first one in Node.js.
func module(name, handler string) (string, bool) {
	folder, base := "", handler
	if i := strings.LastIndex(handler, "/"); i >= 0 {
		folder, base = handler[:i+1], handler[i+1:]
	}
	file, function, _ := strings.Cut(base, ".")
	if i := strings.LastIndex(base, "."); name == Python && i >= 0 {
		file, function = strings.ReplaceAll(base[:i], ".", "/"), base[i+1:]
	}
	return folder + file, file != "" && function != ""
}

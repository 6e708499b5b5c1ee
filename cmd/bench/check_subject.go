package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"frontdoor/contract"
	"frontdoor/front"
	"frontdoor/handlers"
)

func builtIn(args []string) bool { return len(args) == 1 && slices.Contains(handlers.Names(), args[0]) }

// subject is the handler that the arguments name.
func (o *checkOptions) subject(env *env, args []string) (contract.Subject, error) {
	s := contract.Subject{
		Name: strings.Join(args, " "), MemoryMB: o.memory, Timeout: o.timeout, Architecture: o.architecture, Environment: map[string]string{},
	}
	self, err := env.self()
	if err != nil {
		return s, err
	}
	if builtIn(args) {
		s.Command = func(k front.Kind) []string { return []string{self, "function", string(k), args[0]} }
	} else {
		if args[0] == ownName {
			if err := checkOwn(args, "."); err != nil {
				return s, err
			}
		}
		words := ownCommand(args, self)
		if _, err := exec.LookPath(words[0]); err != nil {
			return s, fmt.Errorf("%q is no handler of bench (%s) and no command: %w%s", args[0], strings.Join(handlers.Names(), ", "), err, fileHint(args[0]))
		}
		s.Command = func(front.Kind) []string { return words }
	}
	if s.Dir, err = os.Getwd(); err != nil {
		return s, err
	}
	for _, pair := range o.environment {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || name == "" {
			return s, fmt.Errorf("--env: %q: want NAME=value", pair)
		}
		s.Environment[name] = value
	}
	if o.memory < 128 || o.memory > 10240 || o.timeout < time.Second || o.timeout > 15*time.Minute {
		return s, fmt.Errorf("--memory %d, --timeout %v: want 128 to 10240 MB and 1s to 15m, as Lambda does", o.memory, o.timeout)
	}
	if s.Base, err = o.base(); err != nil || o.with == "" {
		return s, err
	}
	l, err := loadScenario(env, o.with, "")
	if err != nil {
		return s, fmt.Errorf("--with: %w", err)
	}
	config := labConfig(l, self, "", env.now())
	s.Lab.Tables, s.Lab.Buckets = config.Tables, config.Buckets
	return s, nil
}

// base is the request that the handler is known to answer.
func (o *checkOptions) base() (contract.Request, error) {
	path, query, _ := strings.Cut(o.path, "?")
	if !strings.HasPrefix(path, "/") || strings.ContainsAny(o.path, " \r\n") {
		return contract.Request{}, fmt.Errorf("--path: %q: want a path such as /api/status?job_id=1, percent-encoded", o.path)
	}
	if o.method == "" || strings.ContainsAny(o.method, " \t\r\n") {
		return contract.Request{}, fmt.Errorf("--method: %q is no method", o.method)
	}
	r := contract.Request{Method: o.method, Path: path, Query: query}
	if o.body != "" {
		r.Body = []byte(o.body)
	}
	for _, line := range o.headers {
		name, value, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsAny(line, "\r\n") {
			return r, errors.New("--header: want 'Name: value'")
		}
		r.Header = append(r.Header, front.Field{Name: name, Value: strings.TrimSpace(value)})
	}
	return r, nil
}

// fileHint tells somebody who names a handler file how it is run.
func fileHint(name string) string {
	for suffix, how := range map[string]string{".py": "python MODULE.lambda_handler", ".js": "nodejs MODULE.handler", ".mjs": "nodejs MODULE.handler"} {
		if module, ok := strings.CutSuffix(name, suffix); ok {
			return "\nhint: bench check -- bench runtime " + strings.Replace(how, "MODULE", module, 1)
		}
	}
	return ""
}

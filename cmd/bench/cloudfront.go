package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab"
	"frontdoor/lab/cloudfront"
	"frontdoor/scenarios"
)

// handlerOf is the built-in handler behind a front, "" where something else runs.
func handlerOf(s *scenarios.Scenario, f scenarios.Front) string {
	if f.Handler != "" {
		return f.Handler
	}
	return s.Handler
}

// builtInCommand is this program as the bootstrap of a built-in handler.
func builtInCommand(self string, kind front.Kind, handler, runtime string) []string {
	command := []string{self, "function", string(kind), handler}
	if runtime == scenarios.RuntimeNodeJS {
		command = append(command, "--nodejs")
	}
	return command
}

// labCloudFront is a front's distribution for the lab; nil is none.
func labCloudFront(s *loaded, f scenarios.Front, self string) *lab.CloudFront {
	d := f.CloudFront
	if d == nil {
		return nil
	}
	out := &lab.CloudFront{Era: d.Era, Behaviour: cloudfront.Behaviour{
		Protocol: d.Protocol, Methods: d.Methods, CacheOptions: d.CacheOptions, ForwardAll: d.Forward == scenarios.ForwardAll,
		ErrorTTL: time.Duration(d.ErrorTTL), ErrorPages: map[int]cloudfront.ErrorPage{},
	}}
	if p := d.Cache; p != nil {
		out.Cache = cloudfront.Policy{
			MinTTL: time.Duration(p.MinTTL), DefaultTTL: time.Duration(p.DefaultTTL), MaxTTL: time.Duration(p.MaxTTL),
			Query: cloudfront.Names(p.Query), Cookies: cloudfront.Names(p.Cookies), Headers: p.Headers,
		}
	}
	for _, p := range d.ErrorPages {
		out.ErrorPages[p.Code] = cloudfront.ErrorPage{Path: p.Path, Status: p.Status, TTL: (*time.Duration)(p.TTL)}
	}
	if o := d.Origin; o != nil {
		out.Origin.Front, out.Origin.Bucket = o.Front, o.Bucket
		for _, object := range o.Objects {
			out.Origin.Objects = append(out.Origin.Objects, lab.Object(object))
		}
	}
	for _, one := range d.Functions {
		out.Functions = append(out.Functions, labFunction(s, one, self))
	}
	return out
}

// labFunction is a further function for the lab.
func labFunction(s *loaded, one scenarios.EdgeFunction, self string) lab.EdgeFunction {
	out := lab.EdgeFunction{Event: cloudfront.Event(one.Event), Handler: one.Handler, Timeout: time.Duration(one.Timeout)}
	switch {
	case one.Kind() == front.CloudFrontFunction:
		out.Code = s.script(one.Handler, one.Code)
	case len(one.Command) > 0:
		out.Command, out.Dir = slices.Clone(one.Command), s.dir
		if out.Command[0] == ownName {
			out.Command[0] = self
		}
	default:
		out.Command = builtInCommand(self, one.Kind(), one.Handler, one.Runtime)
	}
	return out
}

// ownCode is the code of a front whose own function is CloudFront's, "" of others.
func ownCode(s *loaded, f scenarios.Front) string {
	if f.Kind != front.CloudFrontFunction {
		return ""
	}
	return s.script(handlerOf(s.Scenario, f), f.Code)
}

// script is the code of a CloudFront Function: of a file, or of a built-in handler.
func (l *loaded) script(handler, file string) string {
	if file != "" {
		return l.code[file]
	}
	code, _ := handlers.FunctionCode(handler)
	return code
}

// readCode reads the files of CloudFront Functions, which lie relative to the
// scenario's folder.
func (l *loaded) readCode() error {
	l.code = map[string]string{}
	for i, f := range l.Fronts {
		named := map[string]string{fmt.Sprintf("fronts[%d].code", i): f.Code}
		if f.CloudFront != nil {
			for j, one := range f.CloudFront.Functions {
				named[fmt.Sprintf("fronts[%d].cloudfront.functions[%d].code", i, j)] = one.Code
			}
		}
		for at, file := range named {
			if file == "" {
				continue
			}
			path := file
			if !filepath.IsAbs(path) {
				path = filepath.Join(l.dir, path)
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return l.Error(at, err.Error(), "a file that lies relative to the scenario's")
			}
			l.code[file] = string(text)
		}
	}
	return nil
}

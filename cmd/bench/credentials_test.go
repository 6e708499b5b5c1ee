package main

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"frontdoor/auth"
	"frontdoor/record"
)

// filled sets every text below v to text, with one element in each list.
func filled(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem(), text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		filled(v.Index(0), text)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				filled(v.Field(i), text)
			}
		}
	}
}

// Every text of a hit comes from an answer, and none is kept with a secret in it. A new
// field of a hit fails here until it is cleaned.
func TestCleanHits(t *testing.T) {
	known := &auth.Redactor{}
	known.Add("hunter2")
	hits := make([]record.Hit, 2)
	filled(reflect.ValueOf(&hits[1]).Elem(), "a hunter2 b")
	(&credentials{known: known}).clean(hits)
	if got := texts(hits); strings.Contains(got, "hunter2") || !strings.Contains(got, "a [redacted] b") {
		t.Errorf("%q", got)
	}
	var nobody *credentials
	nobody.clean(hits)
}

// What CloudWatch answered in words is in the problems; the names of metrics and Regions
// are ours.
func TestCleanMeters(t *testing.T) {
	known := &auth.Redactor{}
	known.Add("hunter2")
	var m record.Meters
	filled(reflect.ValueOf(&m).Elem(), "a hunter2 b")
	(&credentials{known: known}).cleanMeters(&m)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(text), `"problems":["a [redacted] b"]`); got != 2 {
		t.Errorf("%d lists of problems are clean, want those of the front and of the Region: %s", got, text)
	}
	(&credentials{known: known}).cleanMeters(&record.Meters{})
}

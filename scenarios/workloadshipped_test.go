package scenarios

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"frontdoor/front"
)

func TestShippedWorkloads(t *testing.T) {
	var names []string
	schema := compile(t, WorkloadSchema)
	for _, info := range Workloads() {
		names = append(names, info.Name)
		data, ok := WorkloadNamed(info.Name)
		if !ok {
			t.Fatalf("%s is listed and not there", info.Name)
		}
		w := parseWorkload(t, string(data))
		if w.Name != info.Name || w.Description == "" || w.Description != info.Description {
			t.Errorf("%s calls itself %q, %q; listed is %q", info.Name, w.Name, w.Description, info.Description)
		}
		if err := schema.Validate(instance(t, data)); err != nil {
			t.Errorf("%s: %v", info.Name, err)
		}
		wellCommented(t, info.Name, string(data), 2)
	}
	if want := []string{"hello-doors", "rest-or-edge", "tutorial-account"}; !slices.Equal(names, want) {
		t.Errorf("shipped are %q, want %q", names, want)
	}
	if _, ok := WorkloadNamed("nobody"); ok {
		t.Error("nobody is a shipped workload")
	}
}

// wellCommented wants short lines, and a comment on one line in so many.
func wellCommented(t *testing.T, name, text string, one int) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(text), "\n")
	comments := 0
	for _, line := range lines {
		if strings.Contains(line, "#") {
			comments++
		}
		if len(line) > 110 {
			t.Errorf("%s: a line of %d bytes: %s", name, len(line), line)
		}
	}
	if one*comments < len(lines) {
		t.Errorf("%s: %d of %d lines have a comment", name, comments, len(lines))
	}
}

func TestHelloDoorsHasEveryKind(t *testing.T) {
	data, _ := WorkloadNamed("hello-doors")
	w := parseWorkload(t, string(data))
	var kinds []front.Kind
	for _, f := range w.Fronts {
		kinds = append(kinds, f.Kind)
		if f.RequestsPerMonth != (Range[Whole]{7e6, 15e6, 32e6}) || *f.ResponseSize != certain(Bytes(6000)) || f.Duration == nil {
			t.Errorf("%s: %+v", f.ID, f)
		}
	}
	// The doors behind which Lambda runs a function that answers; without a proxy integration it is billed as apigw-rest is.
	want := slices.DeleteFunc(front.Kinds(), func(k front.Kind) bool {
		return !k.Answers() || k == front.CloudFrontFunction || k == front.APIGatewayNonProxy
	})
	if !slices.Equal(kinds, want) {
		t.Errorf("kinds %q, want %q", kinds, want)
	}
}

func TestOpenWorkload(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("hello-doors", []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	for arg, want := range map[string]string{"hello-doors": "hello-doors.yaml", "./hello-doors": "./hello-doors"} {
		name, data, err := OpenWorkload(arg)
		if err != nil || name != want || (arg == want) != (string(data) == "mine") {
			t.Errorf("OpenWorkload(%q) = %q, %d bytes, %v", arg, name, len(data), err)
		}
	}
	const want = `open workload "hello-door": no such workload: want a file, or one of hello-doors, rest-or-edge, tutorial-account, did you mean "hello-doors"`
	if _, _, err := OpenWorkload("hello-door"); !errors.Is(err, ErrUnknownWorkload) || err.Error() != want {
		t.Errorf("error\n got %v\nwant %s", err, want)
	}
	if _, _, err := OpenWorkload(filepath.Dir(t.TempDir())); err == nil || errors.Is(err, ErrUnknownWorkload) {
		t.Errorf("OpenWorkload of a folder: %v", err)
	}
}

package code

import (
	"bytes"
	"context"
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The architectures of Lambda, as it spells them.
const (
	ARM64 = "arm64"
	X86   = "x86_64"
)

// target is what Go and ELF call an architecture.
type target struct {
	goarch  string
	machine elf.Machine
}

func targetOf(architecture string) (target, error) {
	switch architecture {
	case ARM64:
		return target{"arm64", elf.EM_AARCH64}, nil
	case X86:
		return target{"amd64", elf.EM_X86_64}, nil
	}
	return target{}, fmt.Errorf("unknown architecture %q: want %s or %s", architecture, ARM64, X86)
}

// program is the package path of what is built.
const program = "frontdoor/cmd/bootstrap"

// ErrNoSource is that the handlers that come with bench cannot be built here. Its
// text says what is missing and what to do.
var ErrNoSource = errors.New("the Go function is built from bench's own source")

// Build makes the package of the handlers that come with bench: cmd/bootstrap, built
// by the go command from the module that dir lies in. The error is ErrNoSource where
// there is no Go or no such module.
//
// lambda.norpc leaves out what only the runtime go1.x needed, and -s -w the tables of a
// debugger: https://docs.aws.amazon.com/lambda/latest/dg/golang-package.html. Paths,
// revision and processor levels are left out or fixed, so that the same source is the
// same program on every machine that has the same Go.
func Build(ctx context.Context, dir, architecture string) (Package, error) {
	t, err := targetOf(architecture)
	if err != nil {
		return Package{}, err
	}
	if err := checkSource(ctx, dir, architecture); err != nil {
		return Package{}, err
	}
	out, err := os.MkdirTemp("", "bench-bootstrap-")
	if err != nil {
		return Package{}, err
	}
	defer os.RemoveAll(out)
	built := filepath.Join(out, "bootstrap")
	_, err = run(ctx, dir, t.goarch, "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-tags", "lambda.norpc", "-o", built, program)
	if err != nil {
		return Package{}, fmt.Errorf("build %s for %s: %w", program, architecture, err)
	}
	return Bootstrap(built, architecture)
}

// checkSource tells a machine without Go, and a folder outside of bench's source,
// from a source that does not build.
func checkSource(ctx context.Context, dir, architecture string) error {
	missing := ""
	if _, err := exec.LookPath("go"); err != nil {
		missing = "no go command is on the path"
	} else if _, err := run(ctx, dir, "", "list", program); err != nil {
		missing = fmt.Sprintf("%s lies in no copy of it", absolute(dir))
	}
	if missing == "" || ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w, and %s\nhint: run it in a clone of bench, or give a program that was built before: --bootstrap %s=FILE", ErrNoSource, missing, architecture)
}

func absolute(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		return abs
	}
	return dir
}

// run runs the go command for Linux; the error is what it says.
func run(ctx context.Context, dir, goarch string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = os.Environ()
	if goarch != "" {
		cmd.Env = append(cmd.Env, "GOOS=linux", "GOARCH="+goarch, "CGO_ENABLED=0", "GOAMD64=v1", "GOARM64=v8.0")
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil && said.Len() > 0 {
		return "", fmt.Errorf("%w: %s", err, strings.TrimSpace(said.String()))
	}
	return string(out), err
}

// Bootstrap is the package of a program for the runtime provided.al2023. The error
// says what the file is when it is no Linux program of the architecture.
func Bootstrap(path, architecture string) (Package, error) {
	t, err := targetOf(architecture)
	if err != nil {
		return Package{}, err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return Package{}, err
	}
	f, err := elf.NewFile(bytes.NewReader(content))
	if err != nil {
		return Package{}, fmt.Errorf("%s is no Linux program: %w: want one built with GOOS=linux GOARCH=%s", path, err, t.goarch)
	}
	if f.Machine != t.machine {
		return Package{}, fmt.Errorf("%s is a program for %s: want one built with GOOS=linux GOARCH=%s", path, f.Machine, t.goarch)
	}
	return pack(map[string]file{"bootstrap": {content, true}})
}

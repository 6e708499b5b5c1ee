package code_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"frontdoor/deploy/code"
	"frontdoor/front"
	"frontdoor/handlers"
)

// write puts files below a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// listed is what a package holds: "mode time name" of each file, in order, and contents.
func listed(t *testing.T, p code.Package) (lines []string, contents map[string]string) {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(p.Zip), int64(len(p.Zip)))
	if err != nil {
		t.Fatal(err)
	}
	contents = map[string]string{}
	for _, f := range r.File {
		lines = append(lines, fmt.Sprintf("%v %s %s", f.Mode(), f.Modified.UTC().Format("2006-01-02"), f.Name))
		open, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(open)
		if err != nil {
			t.Fatal(err)
		}
		contents[f.Name] = string(text)
	}
	return lines, contents
}

// A folder gives the same bytes whatever its files' times, owners' modes and order
// are, and the hashes are those of the bytes.
func TestFolderIsReproducible(t *testing.T) {
	files := map[string]string{"index.js": "exports.handler = 1", "lib/a.js": "a", "bootstrap": "#!/bin/sh"}
	one, two := write(t, files), write(t, files)
	for _, dir := range []string{one, two} {
		if err := os.Chmod(filepath.Join(dir, "bootstrap"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(two, "index.js"), 0o644); err != nil {
		t.Fatal(err)
	}
	a, b := own(t, one, "provided.al2023"), own(t, two, "provided.al2023")
	if !bytes.Equal(a.Zip, b.Zip) {
		t.Error("two packages of the same files differ")
	}
	lines, contents := listed(t, a)
	if got, want := strings.Join(lines, "\n"), "-rwxr-xr-x 1980-01-01 bootstrap\n-rw-r--r-- 1980-01-01 index.js\n-rw-r--r-- 1980-01-01 lib/a.js"; got != want {
		t.Errorf("holds\n%s\nwant\n%s", got, want)
	}
	if contents["lib/a.js"] != "a" {
		t.Errorf("lib/a.js is %q", contents["lib/a.js"])
	}
	sum := sha256.Sum256(a.Zip)
	if a.Key() != fmt.Sprintf("%x.zip", sum) || a.Hash() != base64.StdEncoding.EncodeToString(sum[:]) {
		t.Errorf("key %s, hash %s of %x", a.Key(), a.Hash(), sum)
	}
}

func own(t *testing.T, path, runtime string) code.Package {
	t.Helper()
	p, err := code.Own(path, runtime)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A zip is deployed byte for byte.
func TestOwnZip(t *testing.T) {
	made := own(t, write(t, map[string]string{"index.js": "x"}), "nodejs22.x")
	path := filepath.Join(t.TempDir(), "f.zip")
	if err := os.WriteFile(path, made.Zip, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := own(t, path, "nodejs22.x"); got.Key() != made.Key() || got.Unzipped != 1 {
		t.Errorf("key %s, %d bytes; want %s and 1", got.Key(), got.Unzipped, made.Key())
	}
}

func TestOwnRefuses(t *testing.T) {
	text := filepath.Join(write(t, map[string]string{"a.txt": "no zip"}), "a.txt")
	for _, tt := range []struct{ name, path, runtime, want string }{
		{"nothing there", filepath.Join(t.TempDir(), "none"), "nodejs22.x", "no such file"},
		{"no zip", text, "nodejs22.x", "want a zip file or a folder"},
		{"an empty folder", t.TempDir(), "nodejs22.x", "has no files"},
		{"no bootstrap", write(t, map[string]string{"bin/bootstrap": "x"}), "provided.al2023", "no file bootstrap at its top"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := code.Own(tt.path, tt.runtime); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("gave %v, want %q", err, tt.want)
			}
		})
	}
}

// Every handler's Node.js version is within what CloudFront takes at a viewer event:
// 1 MB zipped, 50 MB at an origin event.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
func TestNodeJS(t *testing.T) {
	made := 0
	for _, name := range handlers.Names() {
		if _, ok := handlers.NodeCode(name); !ok {
			continue
		}
		made++
		p, entry, err := code.NodeJS(name)
		if err != nil {
			t.Fatal(err)
		}
		_, contents := listed(t, p)
		if !strings.Contains(contents[name+".js"], "exports.handler") || entry != name+".handler" {
			t.Errorf("%s: entry %s, %s.js: %.40q", name, entry, name, contents[name+".js"])
		}
		if err := p.Check(front.EdgeViewerRequest); err != nil || len(p.Zip) > 1<<20 {
			t.Errorf("%s: %d bytes: %v", name, len(p.Zip), err)
		}
	}
	if made == 0 {
		t.Error("no handler has a Node.js version")
	}
	if _, _, err := code.NodeJS("nothing"); err == nil {
		t.Error("a handler without a Node.js version gave a package")
	}
}

func TestCheckRefusesWhatIsTooLarge(t *testing.T) {
	random := make([]byte, 1<<20+1) // of a kind that does not compress
	for i, state := 0, uint32(1); i < len(random); i++ {
		state = state*1664525 + 1013904223
		random[i] = byte(state >> 24)
	}
	p := own(t, write(t, map[string]string{"index.js": string(random)}), "nodejs22.x")
	for kind, refused := range map[front.Kind]bool{front.EdgeViewerRequest: true, front.EdgeViewerResponse: true, front.EdgeOriginRequest: false, front.FunctionURL: false} {
		if err := p.Check(kind); (err != nil) != refused {
			t.Errorf("%s: %v, want refused %v", kind, err, refused)
		}
	}
	p.Unzipped = 250<<20 + 1
	if err := p.Check(front.FunctionURL); err == nil {
		t.Error("more than 250 MB unzipped was taken")
	}
}

// module is a small copy of bench's source: the same module and path, another program.
func module(t *testing.T, program string) string {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command")
	}
	return write(t, map[string]string{"go.mod": "module frontdoor\n\ngo 1.26.0\n", "cmd/bootstrap/main.go": program, "deep/down/x.go": "package down\n"})
}

const program = "package main\n\nfunc main() { println(\"hello\") }\n"

// The same source is the same package, wherever it lies, and the architectures are two
// programs. It is found from any folder of the module.
func TestBuildIsReproducible(t *testing.T) {
	one, two := module(t, program), module(t, program)
	for _, architecture := range []string{code.ARM64, code.X86} {
		a, err := code.Build(t.Context(), one, architecture)
		if err != nil {
			t.Fatal(err)
		}
		b, err := code.Build(t.Context(), filepath.Join(two, "deep", "down"), architecture)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Zip, b.Zip) {
			t.Errorf("%s: two builds of the same source differ", architecture)
		}
		lines, contents := listed(t, a)
		if strings.Join(lines, "\n") != "-rwxr-xr-x 1980-01-01 bootstrap" {
			t.Errorf("%s: holds %q", architecture, lines)
		}
		if strings.Contains(contents["bootstrap"], one) {
			t.Errorf("%s: names the folder of its source", architecture)
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	if _, err := code.Build(t.Context(), module(t, "package main\n\nfunc main() { no }\n"), code.ARM64); err == nil || errors.Is(err, code.ErrNoSource) || !strings.Contains(err.Error(), "undefined: no") {
		t.Errorf("a source that does not build gave %v", err)
	}
	_, err := code.Build(t.Context(), t.TempDir(), code.ARM64)
	if !errors.Is(err, code.ErrNoSource) || !strings.Contains(err.Error(), "hint: ") || !strings.Contains(err.Error(), "--bootstrap arm64=FILE") {
		t.Errorf("a folder without source gave %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := code.Build(t.Context(), ".", code.X86); !errors.Is(err, code.ErrNoSource) || !strings.Contains(err.Error(), "no go command") {
		t.Errorf("a machine without Go gave %v", err)
	}
	if _, err := code.Build(t.Context(), ".", "riscv"); err == nil || !strings.Contains(err.Error(), `"riscv"`) {
		t.Errorf("an unknown architecture gave %v", err)
	}
}

// A ready program must be one of the architecture: Lambda would say no more than that
// it cannot be run.
func TestBootstrap(t *testing.T) {
	dir := module(t, program)
	build := func(goos, goarch string) string {
		out := filepath.Join(t.TempDir(), "program")
		cmd := exec.Command("go", "build", "-o", out, "./cmd/bootstrap")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		return out
	}
	arm, mac := build("linux", "arm64"), build("darwin", "arm64")
	if p, err := code.Bootstrap(arm, code.ARM64); err != nil || p.Unzipped == 0 {
		t.Errorf("%d bytes, %v", p.Unzipped, err)
	}
	if _, err := code.Bootstrap(arm, code.X86); err == nil || !strings.Contains(err.Error(), "EM_AARCH64") || !strings.Contains(err.Error(), "GOARCH=amd64") {
		t.Errorf("a program for another processor gave %v", err)
	}
	if _, err := code.Bootstrap(mac, code.ARM64); err == nil || !strings.Contains(err.Error(), "no Linux program") {
		t.Errorf("a program for another system gave %v", err)
	}
}

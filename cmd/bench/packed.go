package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"frontdoor/bundle"
	"frontdoor/pricing"
	"frontdoor/record"
	"frontdoor/report"
	written "frontdoor/report/offload"
)

// packed is what a bundle brings beside the recording.
type packed struct {
	path     string
	manifest *bundle.Manifest
	floor    *record.Recording // nil: no A/A run is in it
	book     *pricing.Book
}

// open opens the run that args name, or the newest one: a folder, or a bundle, whose
// options stand where the command line says nothing else. Options are refused first.
func (v *viewOptions) open(env *env, flags *pflag.FlagSet, args []string, runs string) (*record.Recording, error) {
	path, missing := choose(args, runs)
	if missing == nil && bundle.Is(path) {
		rec, err := v.unpack(flags, path)
		if err != nil {
			return nil, err
		}
		if err := v.packs[rec].configure(flags); err != nil {
			return nil, usage(err)
		}
		return rec, v.check(env)
	}
	if err := v.check(env); err != nil {
		return nil, err
	}
	if missing != nil {
		return nil, missing
	}
	rec, err := record.Open(path)
	return rec, usage(err)
}

// either opens a folder or a bundle, whose options are left alone.
func (v *viewOptions) either(flags *pflag.FlagSet, path string) (*record.Recording, error) {
	if bundle.Is(path) {
		return v.unpack(flags, path)
	}
	rec, err := record.Open(path)
	return rec, usage(err)
}

func (v *viewOptions) unpack(flags *pflag.FlagSet, path string) (rec *record.Recording, err error) {
	err = bundle.Open(path, func(dir string, m *bundle.Manifest) error {
		rec, err = v.take(flags, path, dir, m)
		return err
	})
	if err != nil {
		return nil, usage(fmt.Errorf("%w\nhint: want the folder of a run, or a file that bench bundle made", err))
	}
	return rec, nil
}

// take keeps what a bundle holds that lies unpacked in dir, which may go then.
func (v *viewOptions) take(flags *pflag.FlagSet, path, dir string, m *bundle.Manifest) (*record.Recording, error) {
	rec, err := record.Open(filepath.Join(dir, "run"))
	if err != nil {
		return nil, err
	}
	p := &packed{path: path, manifest: m}
	if m.Floor != "" {
		if p.floor, err = record.Open(filepath.Join(dir, "floor")); err != nil {
			return nil, err
		}
		p.floor.Dir = path
	}
	if p.book, err = packedBook(filepath.Join(dir, "prices")); err != nil {
		return nil, err
	}
	rec.Dir = path // errors name it
	if v.packs == nil {
		v.packs = map[*record.Recording]*packed{}
	}
	v.packs[rec] = p
	v.ownBook, v.ownFloor = flags.Changed("book"), flags.Changed("floor")
	return rec, nil
}

// The price book of a bundle: the tables that were shipped with the bench that made
// it, and the user's own.
const (
	shippedFolder = "shipped"
	ownBook       = "own.csv"
)

func packedBook(dir string) (*pricing.Book, error) {
	shipped, err := pricing.ReadBooks(os.DirFS(filepath.Join(dir, shippedFolder)))
	if err != nil {
		return nil, err
	}
	file, err := os.Open(filepath.Join(dir, ownBook))
	if errors.Is(err, fs.ErrNotExist) {
		return shipped, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	own, err := shipped.ParseOver(ownBook, file)
	if err != nil {
		return nil, err
	}
	return shipped.Over(own)
}

// bookOf is the price book for a recording, and which one it is in words.
func (v *viewOptions) bookOf(env *env, rec *record.Recording) (*pricing.Book, string, error) {
	if p := v.packs[rec]; p != nil && !v.ownBook {
		return p.book, p.manifest.Book, nil
	}
	if v.read == nil {
		return loadBook(env, v.book)
	}
	return v.read, v.described, nil
}

// floorOf is the A/A run of a recording, as floor gives it.
func (v *viewOptions) floorOf(rec *record.Recording) (aa *record.Recording, missing string, err error) {
	p := v.packs[rec]
	switch {
	case p == nil || v.ownFloor:
		return floor(rec, v.rules.floor)
	case v.rules.floor == floorNone:
		return nil, "", nil
	case p.floor == nil && v.rules.floor == "" && rec.AA:
		return rec, "", nil
	}
	return p.floor, p.manifest.FloorMissing, nil
}

// bundled are the options of bench report that say what a report holds.
func bundled() []string {
	return []string{"gate", "reference", "metrics", "delta", "material", "floor", "as-of", "free-tier", "count-invalid", "book", "lambda-init", "edge-init", "eras"}
}

// options are those of bundled that somebody gave, as a bundle keeps them.
func (v *viewOptions) options(env *env, flags *pflag.FlagSet) (map[string][]string, error) {
	out := map[string][]string{}
	for _, name := range bundled() {
		f := flags.Lookup(name)
		if f == nil || !f.Changed {
			continue
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		switch name {
		case "as-of": // "today" is the day on which it was bundled
			day, err := dayOf(env, v.asOf)
			if err != nil {
				return nil, usage(err)
			}
			values = []string{day.String()}
		case "book", "floor": // they are in the bundle: what is left is what they were called
			values = []string{nameable(values[0])}
		}
		out[name] = values
	}
	return out, nil
}

// configure sets the options of a bundle where the command line gives none.
func (p *packed) configure(flags *pflag.FlagSet) error {
	for _, name := range slices.Sorted(maps.Keys(p.manifest.Options)) {
		values := p.manifest.Options[name]
		if !slices.Contains(bundled(), name) || len(values) == 0 {
			return fmt.Errorf("bundle %q has the option --%s, which this bench does not know: use a newer bench", p.path, name)
		}
		f := flags.Lookup(name)
		if f == nil || f.Changed {
			continue
		}
		var err error
		if list, ok := f.Value.(pflag.SliceValue); ok {
			err = list.Replace(values)
		} else {
			err = f.Value.Set(values[0])
		}
		if err != nil {
			return fmt.Errorf("bundle %q: --%s: %w", p.path, name, err)
		}
	}
	return nil
}

// nameable is a path as a report may name it: one that begins at the root of this
// machine says nothing elsewhere.
func nameable(path string) string {
	if filepath.IsAbs(path) {
		path = filepath.Base(path)
	}
	return filepath.ToSlash(path)
}

// compared says on stderr when a format is not what it was when the bundle was made.
// Other options give another report, of which the bundle has no sum.
func (v *viewOptions) compared(env *env, flags *pflag.FlagSet, rec *record.Recording, writer func(format string) func(io.Writer) error) error {
	p := v.packs[rec]
	if p == nil || slices.ContainsFunc(append(bundled(), "focus-version"), flags.Changed) {
		return nil
	}
	var differ []string
	for _, o := range v.outputsOr("table") {
		format, _, _ := strings.Cut(o, "=")
		was, ok := p.manifest.Report(format)
		if !ok || slices.Contains(differ, format) {
			continue
		}
		is, err := rendered(format, writer(format))
		if err != nil {
			return err
		}
		if is != was {
			differ = append(differ, format)
		}
	}
	if len(differ) > 0 {
		fmt.Fprintf(env.stderr, "warning: this bench (%s) writes other bytes than the one that made the bundle (%s): %s\n", env.version, p.manifest.Tool, strings.Join(differ, ", "))
	}
	return nil
}

// writers are what a recording can be written as, in one file each.
func (v *viewOptions) writers(env *env, rec *record.Recording) (names []string, writer func(format string) func(io.Writer) error, err error) {
	s, err := offloadOf(rec)
	if err != nil {
		return nil, nil, err
	}
	if s != nil {
		r, err := composeOffload(env, rec, s, *v)
		return written.Formats(), offloadWriter(r), err
	}
	r, err := compose(env, rec, *v)
	names = slices.DeleteFunc(formats(), func(f string) bool { return slices.Contains(folders(), f) })
	return names, v.writer(env, r), err
}

// writer writes a report as into a file.
func (v *viewOptions) writer(env *env, r *report.Report) func(format string) func(io.Writer) error {
	d := &documents{env: env, view: v, r: r}
	return func(format string) func(io.Writer) error { return d.writer(format, format) }
}

func offloadWriter(r *written.Report) func(format string) func(io.Writer) error {
	return func(format string) func(io.Writer) error {
		write, _ := written.WriterOf(format)
		return func(w io.Writer) error { return write(w, r) }
	}
}

func (v *viewOptions) outputsOr(format string) []string {
	if len(v.outputs) == 0 {
		return []string{format}
	}
	return v.outputs
}

// rendered is the sum of a format.
func rendered(format string, write func(io.Writer) error) (bundle.File, error) {
	hash := sha256.New()
	counted := &counter{w: hash}
	if err := write(counted); err != nil {
		return bundle.File{}, err
	}
	return bundle.File{Path: format, Size: counted.n, SHA256: hex.EncodeToString(hash.Sum(nil))}, nil
}

// counter counts what is written.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

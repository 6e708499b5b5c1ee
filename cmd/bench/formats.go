package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/decision"
	"frontdoor/report/figures"
	"frontdoor/report/focus"
	"frontdoor/report/page"
)

// formats are what -o takes for a report. Those in folders write several files.
func formats() []string {
	return []string{"table", "lines", "csv", "figures", "json", "markdown", "html", "junit", "focus", "gobench", "smaller", folderADR, folderSVG}
}

// The formats that are folders.
const (
	folderADR = "adr"
	folderSVG = "svg"
)

func folders() []string { return []string{folderADR, folderSVG} }

// documentOptions are those of single formats.
type documentOptions struct {
	focus      string
	template   string
	supersedes int
	github     bool
}

func newestFOCUS() string { return focus.Versions()[len(focus.Versions())-1] }

func (o *documentOptions) check() error {
	if !slices.Contains(focus.Versions(), o.focus) {
		return usage(fmt.Errorf("--focus-version: %q: want one of %s", o.focus, strings.Join(focus.Versions(), ", ")))
	}
	if _, err := decision.ParseTemplate(o.template); err != nil {
		return usage(fmt.Errorf("--adr-template: %w", err))
	}
	if o.supersedes < 0 {
		return usage(fmt.Errorf("--supersedes: %d: want the number of a decision record", o.supersedes))
	}
	return nil
}

// write writes every output asked for. The figures are drawn once.
func (v *viewOptions) write(env *env, r *report.Report) error {
	d := &documents{env: env, view: v, r: r}
	var rest []string
	var errs error
	for _, o := range v.outputs { // pictures first: Markdown refers to them
		format, dir, _ := strings.Cut(o, "=")
		if format != folderSVG {
			rest = append(rest, o)
			continue
		}
		errs = errors.Join(errs, d.pictures(dir))
	}
	var files []string
	for _, o := range rest {
		format, dir, _ := strings.Cut(o, "=")
		if format != folderADR {
			files = append(files, o)
			continue
		}
		errs = errors.Join(errs, d.decide(dir))
	}
	if len(files) > 0 || len(v.outputs) == 0 {
		errs = errors.Join(errs, writeOutputs(env, files, d.writer))
	}
	if v.documents.github {
		errs = errors.Join(errs, d.github())
	}
	return errs
}

// documents writes one report in several formats.
type documents struct {
	env   *env
	view  *viewOptions
	r     *report.Report
	drawn []figures.Figure
	dir   string // of the pictures; "" without them
}

func (d *documents) figures() []figures.Figure {
	if d.drawn == nil {
		d.drawn = figures.All(d.r)
	}
	return d.drawn
}

// writer gives the writer of a format; file is where it goes, "" is stdout.
func (d *documents) writer(format, file string) func(io.Writer) error {
	var write report.Writer
	switch format {
	case "table":
		if write = report.Table; file == "" {
			write = d.env.style(d.view.color).Table
		}
	case "lines":
		if write = report.Lines; file == "" {
			write = d.env.style(d.view.color).Lines
		}
	case "html":
		write = page.HTML
	case "markdown":
		write = report.MarkdownWith(d.linked(file))
	case "focus":
		return func(w io.Writer) error { return focus.Write(w, d.r, d.view.documents.focus) }
	default:
		write, _ = report.WriterOf(format)
	}
	return func(w io.Writer) error { return write(w, d.r) }
}

// pictures writes the figures as files of their own.
func (d *documents) pictures(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range d.figures() {
		svg := f.Chart.Standalone(chart.Wide())
		if err := record.WriteWhole(filepath.Join(dir, f.ID+".svg"), func(w io.Writer) error { _, err := io.WriteString(w, svg); return err }); err != nil {
			return err
		}
	}
	d.dir = dir
	return nil
}

// linked are the pictures as seen from a document, if they were asked for.
func (d *documents) linked(document string) []report.Picture {
	if d.dir == "" {
		return nil
	}
	var out []report.Picture
	for _, f := range d.figures() {
		path := filepath.Join(d.dir, f.ID+".svg")
		if from, err := relative(filepath.Dir(cmp.Or(document, ".")), path); err == nil {
			path = from
		}
		out = append(out, report.Picture{Title: f.Title, Alt: f.Alt, Path: filepath.ToSlash(path)})
	}
	return out
}

// relative is a path as seen from a folder, when one of them is absolute too.
func relative(folder, path string) (string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	return filepath.Rel(folder, path)
}

// decide writes the decision record with its pictures.
func (d *documents) decide(dir string) error {
	template, err := decision.ParseTemplate(d.view.documents.template)
	if err != nil {
		return usage(err)
	}
	o := decision.Options{Template: template, Supersedes: d.view.documents.supersedes, Command: gateCommand(d.r)}
	for _, f := range d.figures() {
		if slices.Contains([]string{"percentiles", "differences", "cost", "phase"}, f.ID) { // what decides; the page has the rest
			o.Pictures = append(o.Pictures, decision.Picture{Name: f.ID, Title: f.Title, Alt: f.Alt, SVG: []byte(f.Chart.Standalone(chart.Wide()))})
		}
	}
	path, err := decision.Write(dir, d.r, o)
	if err != nil {
		return usage(fmt.Errorf("write a decision record: %w", err))
	}
	fmt.Fprintf(d.env.stderr, "decision record: %s\n", path)
	return nil
}

// gateCommand is what judges the run again, with the rules of this report.
func gateCommand(r *report.Report) string {
	if len(r.Gates) == 0 { // gate refuses a run without any
		return r.Again()
	}
	return strings.Replace(r.Again(), "bench report ", "bench gate ", 1)
}

// command is what shows a run again, with the prices and rules of these options. It
// names the run by its id, and files as nameable has them: a report must not depend on where its
// files lie.
// Days and free tiers are said even where they are defaults, since these move.
func (v *viewOptions) command(id string, c report.Choices) string {
	parts := []string{"bench", "report", quoted(id)}
	add := func(flag, value, unless string) {
		if value != unless {
			parts = append(parts, flag, quoted(value))
		}
	}
	for _, g := range v.rules.gates {
		add("--gate", g, "")
	}
	add("--as-of", c.AsOf.String(), "")
	add("--free-tier", string(c.FreeTier), "")
	add("--delta", v.rules.delta, "5%")
	add("--material", v.rules.material, "10")
	add("--reference", v.rules.reference, "")
	add("--metrics", strings.Join(v.rules.metrics, ","), "p50,p99")
	add("--floor", nameable(v.rules.floor), "")
	add("--book", nameable(v.book), "")
	add("--lambda-init", v.init.lambda, "")
	add("--edge-init", v.init.edge, "")
	if v.countInvalid {
		parts = append(parts, "--count-invalid")
	}
	return strings.Join(parts, " ")
}

// quoted is a word of a POSIX shell.
func quoted(word string) string {
	if !strings.ContainsFunc(word, func(c rune) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("-_./:%", c))
	}) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// github appends the report to the step's summary, and names gates that do not
// pass as annotations. Workflow commands are read from stderr too, and stdout is
// for data (docs.github.com, workflow commands for GitHub Actions).
func (d *documents) github() error {
	if path := d.env.getenv("GITHUB_STEP_SUMMARY"); path != "" {
		f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			return fmt.Errorf("--github: %w", err)
		}
		if err := report.Markdown(f, d.r); err != nil {
			f.Close()
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return report.Annotations(d.env.stderr, d.r)
}

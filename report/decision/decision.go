// Package decision writes what a report proposes as an architecture decision
// record: MADR 4.0.0 (github.com/adr/madr, 2024-09-17), its minimal form, or
// Nygard's. A record is only ever "proposed": people accept it, and one that is
// there is never written again.
package decision

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"frontdoor/pricing"
	"frontdoor/report"
)

// Template is a form of record.
type Template string

// The templates. The zero value is MADR.
const (
	MADR    Template = "madr"
	Minimal Template = "madr-minimal"
	Nygard  Template = "nygard"
)

// Templates lists them in the order in which help shows them.
func Templates() []Template { return []Template{MADR, Minimal, Nygard} }

// ParseTemplate reads the name of a template.
func ParseTemplate(s string) (Template, error) {
	if t := Template(s); slices.Contains(Templates(), t) {
		return t, nil
	}
	return "", fmt.Errorf("unknown template %q: want madr, madr-minimal or nygard", s)
}

// Options are what a record says beside the report.
type Options struct {
	Template   Template
	Supersedes int          // number of the record that this one replaces once it is accepted; 0 is none
	Pictures   []Picture    // in the order in which they are shown
	Command    string       // what checks the decision again; "" is the command that writes the report
	Expiry     pricing.Date // when it should be looked at again; the zero value is the report's own
}

// Picture is a figure that is laid into the folder beside the record.
type Picture struct {
	Name  string // of the file, without .svg: letters, digits, - and _
	Title string
	Alt   string
	SVG   []byte
}

// check refuses options before anything is written.
func (o Options) check() error {
	if o.Template != "" {
		if _, err := ParseTemplate(string(o.Template)); err != nil {
			return err
		}
	}
	if o.Supersedes < 0 {
		return fmt.Errorf("supersedes record %d: want the number of one", o.Supersedes)
	}
	names := map[string]bool{}
	for _, p := range o.Pictures {
		name := strings.ToLower(p.Name) // some disks do not tell case
		switch {
		case !pictureName.MatchString(p.Name):
			return fmt.Errorf("picture %q: want a name of letters, digits, - and _", p.Name)
		case names[name]:
			return fmt.Errorf("picture %q is given twice", p.Name)
		}
		names[name] = true
	}
	return nil
}

var pictureName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$`)

// Render is the record with the given number as Markdown. The same report gives
// the same bytes: the date in it is the run's.
func Render(r *report.Report, o Options, number int) []byte {
	d := &document{r: r, o: o, number: number, table: report.TablesOf(r).Decision}
	switch o.Template {
	case Minimal:
		d.minimal()
	case Nygard:
		d.nygard()
	default:
		d.madr()
	}
	return []byte(d.out.String())
}

// stem is the name of the record's file and of its pictures' folder.
func stem(r *report.Report, number int) string {
	return fmt.Sprintf("%04d-%s", number, slug(title(r)))
}

// title is the decision in a line.
func title(r *report.Report) string {
	subject := r.Run.Handler
	if subject == "" {
		subject = r.Run.Scenario
	}
	for _, f := range r.Fronts {
		if f.ID == r.Decision.Choice {
			return "Put " + subject + " behind " + option(f)
		}
	}
	return "Front door of " + subject + ": not decided"
}

// option is a front as the record calls it.
func option(f report.Front) string {
	if f.Name == "" {
		return f.ID
	}
	return f.ID + " (" + f.Name + ")"
}

// slug is a title as part of a file's name: ASCII letters and digits in lower
// case, dashes, 60 characters at most.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(c rune) bool { return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9') })
	name := "decision"
	for i, word := range words {
		switch {
		case i == 0:
			name = word[:min(len(word), 60)]
		case len(name)+1+len(word) <= 60:
			name += "-" + word
		default:
			return name
		}
	}
	return name
}

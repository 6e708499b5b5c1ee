package report

import (
	"fmt"
	"io"
	"strings"
)

// Document is a report of something else than fronts: prose and tables, which every
// format writes as it writes a report's.
type Document struct {
	Title    string
	About    string
	Lead     []string // what the figures are; lines without a full stop
	Verdict  []string // sentences
	Sections []Section
	Claims   []Claim
	Notes    []string
}

// Section is a table with its heading and what is to be known to read it.
type Section struct {
	ID, Title, Note string
	Table           Grid
}

// Document writes a document for a terminal.
func (s Style) Document(w io.Writer, d Document) error {
	out := &printer{w: w, style: s}
	out.text("", "%s", strings.Join(append([]string{d.Title}, d.Lead...), "; "))
	out.line("")
	for _, sentence := range d.Verdict {
		out.text("", "%s", sentence)
	}
	for _, section := range d.Sections {
		out.line("")
		out.line("%s", section.Title)
		out.table(section.Table)
		if section.Note != "" {
			out.text("", "%s", section.Note)
		}
	}
	out.claims(d.Claims)
	out.list("Notes", d.Notes)
	return out.err
}

// MarkdownDocument writes a document as GitHub-flavoured Markdown.
func MarkdownDocument(w io.Writer, d Document) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n", MarkdownText(d.Title))
	about := d.Verdict
	if d.About != "" {
		about = append([]string{d.About}, about...)
	}
	b.WriteString(markdownParagraphs(about) + "\n" + markdownList(d.Lead))
	for _, s := range d.Sections {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n%s\n", MarkdownText(s.Title), MarkdownTable(s.Table), MarkdownText(s.Note))
	}
	if len(d.Claims) > 0 {
		b.WriteString("\n### Claims\n\n" + captioned(ClaimTable(d.Claims), claimCaption))
	}
	if len(d.Notes) > 0 {
		b.WriteString("\n### Notes\n\n" + markdownNumbered(d.Notes))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

package report

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"frontdoor/report/words"
)

// Picture is a figure that lies beside a document.
type Picture struct {
	Title string
	Alt   string // what it says, for those who do not see it
	Path  string // relative to the document
}

// Markdown writes the report for a pull request or $GITHUB_STEP_SUMMARY: the
// verdict first, then what it rests on.
func Markdown(w io.Writer, r *Report) error { return MarkdownWith(nil)(w, r) }

// MarkdownWith is Markdown with pictures in it.
func MarkdownWith(pictures []Picture) Writer {
	return func(w io.Writer, r *Report) error {
		for _, p := range pictures {
			if p.Path == "" || filepath.IsAbs(p.Path) || strings.HasPrefix(p.Path, "/") || strings.Contains(p.Path, ":") {
				return fmt.Errorf("picture %q: path is %q: want one relative to the document", p.Title, p.Path)
			}
		}
		_, err := io.WriteString(w, r.markdown(pictures, markdownLimit))
		return err
	}
}

// markdownLimit is what GitHub takes of one step's summary, and refuses whole
// when it is more: 1 MiB (docs.github.com, workflow commands, step isolation and
// limits, 2026-11).
const markdownLimit = 1<<20 - 1

// section is a part of the document that is written whole or not at all.
type section struct{ title, body string }

func (s section) text() string {
	if s.title == "" {
		return s.body
	}
	return "\n### " + s.title + "\n\n" + s.body
}

// markdown puts the sections together. One that does not fit is named instead;
// those behind it may fit again.
func (r *Report) markdown(pictures []Picture, limit int) string {
	var out strings.Builder
	sections := r.sections(pictures)
	left := limit
	notice := func(s section) string {
		return section{s.title, "Left out: with it this would be over 1 MiB, which GitHub does not show. report.json has it.\n"}.text()
	}
	for _, s := range sections {
		left -= len(notice(s)) // room to name every section, whatever comes
	}
	for _, s := range sections {
		text, short := s.text(), notice(s)
		if len(text)-len(short) > left {
			text = short
		}
		left -= max(0, len(text)-len(short))
		out.WriteString(text)
	}
	return out.String()
}

// sections are the parts of the document, the most important first; empty ones
// are left out.
func (r *Report) sections(pictures []Picture) []section {
	t := TablesOf(r)
	all := []section{
		{"", r.markdownHead()},
		{"", markdownParagraphs(r.Decision.Sentences)},
		{"Before you quote it", markdownList(r.Decision.Cautions)},
		{"Fronts", captioned(t.Decision, r.markdownCaption())},
		{"Gates", captioned(t.Gates, "")},
		{"Comparisons", captioned(t.Comparisons, comparisonCaption)},
		{"What would change the cheapest front", captioned(t.Flips, "")},
		{"Claims", captioned(t.Claims, claimCaption)},
		{"Figures", markdownPictures(pictures)},
		{"Latency", captioned(t.Latency, "ms, response time from "+r.Since()+", warm environments, [95 % interval over rounds]; cold starts apart. Numbers in brackets are notes.")},
		{"Connections", captioned(t.Connections, connectionCaption)},
		{"By edge location and cache state", captioned(t.Parts, partCaption)},
		{"Counted by the lab", captioned(t.Counts, "For each request, warm-ups included.")},
		{"Cost", captioned(t.Money, r.Prices()+".")},
		{"Where fronts change places", captioned(t.Crossings, "Over the drawn months.")},
		{"Notes", markdownNumbered(t.Notes)},
		{"Missing", markdownList(r.Missing)},
		{"Warnings", markdownList(r.Warnings)},
		{"To see it again", r.markdownAgain()},
	}
	var kept []section
	for _, s := range all {
		if s.body != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

const comparisonCaption = "Ratio of response times [95 % interval, rounds in pairs]; p of an exact signed-rank test, adjusted (Holm) for the comparisons that decide, in brackets where exploratory; wins: pairs of requests in which the first is faster."

// markdownHead is the title, and where the figures are from, which no reader of
// a pull request may miss.
func (r *Report) markdownHead() string {
	title := "no front is proposed"
	if r.Decision.Choice != "" {
		title = r.Decision.Choice + " is proposed"
	}
	return fmt.Sprintf("## %s\n\n**%s.** %s, %s.\n", MarkdownText(cut(r.Run.Scenario)+": "+cut(title)), MarkdownText(r.Origin()), MarkdownText(r.Label()), MarkdownText(design(r)))
}

// cut keeps a title one.
func cut(s string) string {
	if runes := []rune(s); len(runes) > 100 {
		return string(runes[:99]) + "…"
	}
	return s
}

func (r *Report) markdownCaption() string {
	text := "p50 and p99: ms, response time, warm environments, [95 % interval over rounds]. "
	if r.uncertain() {
		text += "Costs: [80 % of drawn months]; cheapest in: share of them; regret: mean USD a month above the cheapest of each; a difference below " + words.USD(r.Pricing.Material) + " a month is no reason. "
	}
	return text + r.Prices() + "."
}

func captioned(g Grid, caption string) string {
	if len(g.Rows) == 0 {
		return ""
	}
	if caption != "" {
		caption = "\n" + MarkdownText(caption) + "\n"
	}
	return MarkdownTable(g) + caption
}

func markdownParagraphs(texts []string) string {
	var out strings.Builder
	for _, t := range texts {
		out.WriteString("\n" + MarkdownText(t) + "\n")
	}
	return out.String()
}

func markdownList(texts []string) string {
	var out strings.Builder
	for _, t := range texts {
		out.WriteString("- " + MarkdownText(t) + "\n")
	}
	return out.String()
}

func markdownNumbered(texts []string) string {
	var out strings.Builder
	for i, t := range texts {
		fmt.Fprintf(&out, "%d. %s\n", i+1, MarkdownText(t))
	}
	return out.String()
}

// MarkdownPicture is a picture in the text. Its destination stands in angle
// brackets: there a path may have spaces and brackets.
func MarkdownPicture(p Picture) string {
	path := (&url.URL{Path: filepath.ToSlash(p.Path)}).EscapedPath()
	return "![" + MarkdownText(cmp.Or(p.Alt, p.Title)) + "](<" + path + ">)"
}

func markdownPictures(pictures []Picture) string {
	var parts []string
	for _, p := range pictures {
		parts = append(parts, "**"+MarkdownText(p.Title)+"**\n\n"+MarkdownPicture(p)+"\n")
	}
	return strings.Join(parts, "\n")
}

// markdownAgain is what to run to get the same report, and the sum that tells
// whether the record is the same.
func (r *Report) markdownAgain() string {
	return MarkdownCode(r.Again()) + "\n" + MarkdownText("Record: "+r.Label()+", run.json has SHA-256 "+r.Run.Sum+".") + "\n"
}

package page

import (
	"bytes"
	_ "embed" // the document's template
	"fmt"
	"html/template"
	"io"

	"frontdoor/report"
	"frontdoor/report/chart"
	"frontdoor/report/figures"
)

//go:embed document.tmpl
var documentLayout string

// documentView is what the document's template shows, in its order.
type documentView struct {
	head
	report.Document
	Source, Subtitle string
	Contents         []entry
	Parts            []part
	Figures          []figure
}

// Document writes a document as a page like a report's. source is the word that no
// figure may be quoted without, subtitle what stands beside it.
func Document(w io.Writer, d report.Document, source, subtitle string, drawn []figures.Figure) error {
	t, err := template.New("page").Parse(layout) // for its tables and lists
	if err == nil {
		t, err = t.New("document").Parse(documentLayout)
	}
	if err != nil {
		return err
	}
	var list []drawing
	for _, f := range drawn {
		list = append(list, drawing{
			ID: f.ID, Title: f.Title, Takeaway: f.Takeaway, Explain: f.Explain, Hover: f.Chart.Hover(), Data: f.Table,
			Wide: oneLine(f.Chart.SVG(chart.Wide())), Narrow: oneLine(f.Chart.SVG(chart.Narrow())),
		})
	}
	v := documentView{head: newHead(list), Document: d, Source: source, Subtitle: subtitle}
	for _, s := range d.Sections {
		table := newTable(s.Title, s.Table)
		table.Note = s.Note
		v.Parts = append(v.Parts, part{ID: s.ID, Title: s.Title, Table: table})
		v.Contents = append(v.Contents, entry{s.ID, s.Title})
	}
	if len(d.Claims) > 0 {
		table := newTable("Claims", report.ClaimTable(d.Claims))
		table.Wordy = true
		v.Parts = append(v.Parts, part{ID: "claims", Title: "Claims", Table: table})
		v.Contents = append(v.Contents, entry{"claims", "Claims"})
	}
	v.Figures, _ = place(list, nil)
	for _, f := range v.Figures {
		v.Contents = append(v.Contents, entry{f.ID, f.Title})
	}
	var buf bytes.Buffer
	if err := t.Execute(&buf, v); err != nil {
		return fmt.Errorf("write page of %q: %w", d.Title, err)
	}
	_, err = io.WriteString(w, readable(buf.String()))
	return err
}

package page

import (
	"fmt"
	"html/template"
	"unicode"
	"unicode/utf8"

	"frontdoor/record"
	"frontdoor/report"
	"frontdoor/report/words"
)

// view is what the template shows, in its order.
type view struct {
	head
	Title    string
	Source   string // LAB, AWS or URL
	Subtitle string
	About    string   // the scenario's own description; may be ""
	Lead     []string // lines: what the figures are
	Verdict  verdict
	Contents []entry

	Decision table
	Gates    table
	Claims   []claim
	Figures  []figure
	Rest     []part // tables whose figure could not be drawn
	Bills    []bill
	Eras     eras
	Parity   table
	Method   method
	Notes    []string
	Missing  []string
	Warnings []string
	Sources  []source
}

// entry is a line of the table of contents.
type entry struct{ ID, Title string }

type eras struct {
	Title, Note string
	Table       table
}

func newView(r *report.Report, figures []drawing) view {
	tables, refs := report.TablesOf(r), &sources{}
	v := view{
		head: newHead(figures), Title: r.Run.Scenario, Source: origin(r.Run.Source), Subtitle: subtitle(r), About: r.Run.Description,
		Lead: lead(r), Verdict: newVerdict(r),
		Decision: decision(r, tables.Decision), Gates: gates(r, tables.Gates), Claims: claims(r.Claims),
		Bills: bills(r, refs), Eras: newEras(r), Parity: parity(r, refs), Method: newMethod(r),
		Notes: tables.Notes, Missing: r.Missing, Warnings: r.Warnings,
	}
	v.Figures, v.Rest = place(figures, parts(r, tables))
	v.Sources = refs.list
	v.Contents = contents(v)
	return v
}

func lead(r *report.Report) []string {
	l := report.LeadOf(r)
	lines := []string{l.Origin, l.Design, l.Prices}
	for i, line := range lines {
		first, size := utf8.DecodeRuneInString(line)
		lines[i] = string(unicode.ToUpper(first)) + line[size:]
	}
	return lines
}

// origin is the word that no figure may be quoted without.
func origin(s record.Source) string {
	switch s {
	case record.SourceLab:
		return "LAB"
	case record.SourceAWS:
		return "AWS"
	}
	return "URL"
}

func subtitle(r *report.Report) string {
	return fmt.Sprintf("%s × %s, %s", words.Plural(len(r.Fronts), "front"), words.Plural(r.Run.Rounds, "round"), r.Run.Started.UTC().Format("2 January 2006, 15:04 UTC"))
}

func newEras(r *report.Report) eras {
	if r.Eras == nil {
		return eras{}
	}
	title, grid, note := report.Eras(r.Eras)
	return eras{title, note, newTable("Eras of billing", grid)}
}

// drawing is a figure as it comes: words, pictures and the data behind them.
type drawing struct {
	ID, Title, Takeaway, Explain string
	Wide, Narrow                 string // SVG elements
	Hover                        []byte // JSON for the script; nil when there is nothing to read out
	Data                         report.Grid
}

// figure is a drawing on the page.
type figure struct {
	ID, Title, Takeaway, Explain string
	Wide, Narrow                 template.HTML
	Hover                        template.JS
	Data                         table
	Parts                        []part
}

// part is a table under a figure.
type part struct {
	figure string // id of the figure that it stands under
	ID     string
	Title  string
	Table  table
}

func parts(r *report.Report, t report.Tables) []part {
	var list []part
	add := func(figure, note string, tab table) {
		if tab.Empty() {
			return
		}
		if note != "" {
			tab.Note = note
		}
		list = append(list, part{figure, fmt.Sprintf("table-%d", len(list)+1), tab.Caption, tab})
	}
	add("percentiles", "Milliseconds from "+r.Since()+", warm environments, [95 % interval over rounds]; cold starts apart.", newTable("Response times", t.Latency))
	add("connections", "Milliseconds, median of new connections, warm-ups included, [95 % interval over rounds]. First byte: from the send, of measured requests in warm environments.", newTable("Connections", t.Connections))
	add("percentiles", "What CloudFront said of its answers: x-amz-cf-pop and x-cache. Milliseconds, response time.", newTable("By edge location and cache state", t.Parts))
	add("differences", "", comparisons(r, t.Comparisons))
	add("cost", "Function: duration from CloudWatch, ms, of all invocations: warm-ups and trials that do not count are in it. Billed: mean ms, rounded up per invocation, INIT left out. Seen: invocations of requests sent.", newTable("Durations and billing", t.Function))
	add("cost", "For each request, warm-ups included: what the lab metered beside CloudWatch.", newTable("Counted by the lab", t.Counts))
	add("cost", "A month at the expected traffic, at list prices"+ranges(r), newTable("Money", t.Money))
	add("cost", "Over the drawn months; 80 % of them.", newTable("Where fronts change places", t.Crossings))
	add("tornado", "One input at a time, the others as expected.", newTable("What would change the cheapest front", t.Flips))
	return list
}

// told reports whether the page shows a figure's data anyway, in the tables of
// comparisons, of connections and of eras.
func told(id string) bool { return id == "differences" || id == "connections" || id == "eras" }

// place puts each part under its figure; parts without one are left over.
func place(drawings []drawing, parts []part) (figures []figure, rest []part) {
	placed := map[string]bool{}
	for _, d := range drawings {
		f := figure{ID: "figure-" + d.ID, Title: d.Title, Takeaway: d.Takeaway, Explain: d.Explain,
			Wide: template.HTML(d.Wide), Narrow: template.HTML(d.Narrow), Hover: template.JS(d.Hover)}
		if !told(d.ID) {
			f.Data = newTable("Data: "+d.Title, d.Data)
		}
		for _, p := range parts {
			if p.figure == d.ID {
				f.Parts = append(f.Parts, p)
				placed[p.ID] = true
			}
		}
		figures = append(figures, f)
	}
	for _, p := range parts {
		if !placed[p.ID] {
			rest = append(rest, p)
		}
	}
	return figures, rest
}

func contents(v view) []entry {
	list := []entry{{"decision", "Decision table"}}
	add := func(there bool, id, title string) {
		if there {
			list = append(list, entry{id, title})
		}
	}
	add(len(v.Gates.Rows) > 0, "gates", "Gates")
	add(len(v.Claims) > 0, "claims", "Claims")
	for _, f := range v.Figures {
		add(true, f.ID, f.Title)
	}
	for _, p := range v.Rest {
		add(true, p.ID, p.Title)
	}
	add(true, "bills", "Bills")
	add(len(v.Eras.Table.Rows) > 0, "eras", "Eras of billing")
	add(len(v.Parity.Rows) > 0, "parity", "What each front can do")
	add(true, "method", "Method")
	add(len(v.Notes) > 0, "notes", "Notes")
	add(len(v.Missing) > 0, "missing", "Missing")
	add(len(v.Warnings) > 0, "warnings", "Warnings")
	add(len(v.Sources) > 0, "sources", "Sources")
	return list
}

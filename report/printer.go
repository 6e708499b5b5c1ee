package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// footnotes numbers notes; the same text keeps its number.
type footnotes struct{ texts []string }

func (n *footnotes) add(format string, args ...any) string {
	text := fmt.Sprintf(format, args...)
	for i, t := range n.texts {
		if t == text {
			return fmt.Sprintf(" (%d)", i+1)
		}
	}
	n.texts = append(n.texts, text)
	return fmt.Sprintf(" (%d)", len(n.texts))
}

// printer keeps the first error, so that a writer reads as a list of lines.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) list(title string, items []string) {
	if len(items) == 0 {
		return
	}
	p.line("")
	p.line("%s", title)
	for i, item := range items {
		p.text("     ", "  %d. %s", i+1, item)
	}
}

// textWidth is where prose is broken. Tables are as wide as their cells.
const textWidth = 100

// text is a line of prose, broken between words; its further lines begin with
// indent. A word that is longer than a line, such as a URL, stays whole.
func (p *printer) text(indent, format string, args ...any) {
	line, words := "", strings.Split(fmt.Sprintf(format, args...), " ")
	for i, word := range words {
		switch {
		case i == 0:
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > textWidth && strings.TrimSpace(line) != "":
			p.line("%s", line)
			line = indent + word
		default:
			line += " " + word
		}
	}
	p.line("%s", line)
}

// table renders with tablewriter. Its header formatting is off, since it turns
// p99.9 into "P 99 . 9", and every row is a slice of its own, since it keeps them.
func (p *printer) table(g Grid) {
	if p.err != nil {
		return
	}
	align := make([]tw.Align, len(g.Header))
	for i := range align {
		align[i] = tw.AlignRight
		if i < g.Left {
			align[i] = tw.AlignLeft
		}
	}
	t := tablewriter.NewTable(p.w,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Symbols: tw.NewSymbols(tw.StyleLight),
			Borders: tw.Border{Left: tw.Off, Right: tw.Off, Top: tw.Off, Bottom: tw.Off},
			Settings: tw.Settings{
				Separators: tw.Separators{BetweenColumns: tw.Off, BetweenRows: tw.Off},
				Lines:      tw.Lines{ShowHeaderLine: tw.On},
			},
		})),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithHeaderAlignmentConfig(tw.CellAlignment{PerColumn: align}),
		tablewriter.WithRowAlignmentConfig(tw.CellAlignment{PerColumn: align}),
	)
	t.Header(g.Header)
	for _, row := range g.Rows {
		if p.err = t.Append(row); p.err != nil {
			return
		}
	}
	p.err = t.Render()
}

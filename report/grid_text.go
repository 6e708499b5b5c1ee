package report

import (
	"cmp"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"frontdoor/report/words"
)

// table writes a grid. On a terminal that is too narrow for it, its columns are
// parted into several tables below each other, each with the columns on the left that
// leave room for others.
func (p *printer) table(g Grid) {
	for i, part := range g.parts(p.style.Columns) {
		if i > 0 {
			p.line("")
		}
		var text strings.Builder
		if p.err == nil {
			p.err = layOut(&text, part.fitted(p.style.Columns))
		}
		p.line("%s", strings.TrimSuffix(p.style.paint(text.String()), "\n"))
	}
}

// gap is what tablewriter puts around a cell.
const gap = 2

// parts cuts a grid to a number of columns of a terminal; 0 is as many as it takes.
func (g Grid) parts(columns int) []Grid {
	if columns <= 0 || len(g.Header) == 0 {
		return []Grid{g}
	}
	left := max(1, cmp.Or(g.Keys, g.Left))
	key := 0
	for i := range left {
		key += g.widest(i) + gap
	}
	for ; left > 1 && key > columns/2; left-- { // columns that leave no room are not repeated
		key -= g.widest(left-1) + gap
	}
	var parts []Grid
	for from := left; from < len(g.Header); {
		to, room := from, columns-key
		for to < len(g.Header) && (to == from || g.widest(to)+gap <= room) {
			room -= g.widest(to) + gap
			to++
		}
		parts = append(parts, g.only(left, from, to))
		from = to
	}
	if len(parts) == 0 {
		return []Grid{g}
	}
	return parts
}

// leastText is the narrowest column that text is broken into.
const leastText = 20

// fitted breaks the cells of the widest text column into further rows where one
// sentence alone is too wide for a terminal of so many columns.
func (g Grid) fitted(columns int) Grid {
	total, wide := 0, 0
	for i := range g.Header {
		total += g.widest(i) + gap
		if i < g.Left && g.widest(i) > g.widest(wide) {
			wide = i
		}
	}
	if columns <= 0 || total <= columns || len(g.Header) == 0 {
		return g
	}
	room := max(leastText, columns-(total-g.widest(wide)))
	out := Grid{Header: g.Header, Left: g.Left}
	for _, row := range g.Rows {
		for n, line := range strings.Split(strings.TrimSuffix(words.Wrap(room, "", "", row[wide]), "\n"), "\n") {
			cells := make([]string, len(row))
			if n == 0 {
				copy(cells, row)
			}
			cells[wide] = line
			out.Rows = append(out.Rows, cells)
		}
	}
	return out
}

// widest is the width of a column's widest cell.
func (g Grid) widest(column int) int {
	n := utf8.RuneCountInString(g.Header[column])
	for _, row := range g.Rows {
		n = max(n, utf8.RuneCountInString(row[column]))
	}
	return n
}

// only keeps the columns on the left and those from one to before another.
func (g Grid) only(left, from, to int) Grid {
	cut := func(row []string) []string { return append(append([]string(nil), row[:left]...), row[from:to]...) }
	part := Grid{Header: cut(g.Header), Left: min(left, g.Left) + max(0, min(to, g.Left)-from)}
	for _, row := range g.Rows {
		part.Rows = append(part.Rows, cut(row))
	}
	return part
}

// layOut uses tablewriter. Its header formatting is off, since it turns p99.9
// into "P 99 . 9", and every row is a slice of its own, since it keeps them.
func layOut(w io.Writer, g Grid) error {
	align := make([]tw.Align, len(g.Header))
	for i := range align {
		align[i] = tw.AlignRight
		if i < g.Left {
			align[i] = tw.AlignLeft
		}
	}
	t := tablewriter.NewTable(w,
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
		if err := t.Append(row); err != nil {
			return err
		}
	}
	return t.Render()
}

// The words that colour goes with, painted after the layout so that it cannot
// shift a column.
var (
	goodWords = regexp.MustCompile(`▼ faster|\bpass\b`)
	badWords  = regexp.MustCompile(`▲ slower|\bfail\b|\binvalid\b`)
	openWords = regexp.MustCompile(`\? inconclusive|\binconclusive\b`)
)

// paint colours the words of a verdict with the terminal's own green, red and
// yellow, which its owner chose for the background.
func (s Style) paint(text string) string {
	if !s.Colour {
		return text
	}
	text = goodWords.ReplaceAllString(text, "\x1b[32m$0\x1b[0m")
	text = badWords.ReplaceAllString(text, "\x1b[31m$0\x1b[0m")
	return openWords.ReplaceAllString(text, "\x1b[33m$0\x1b[0m")
}

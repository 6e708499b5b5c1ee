package chart

import "strings"

// Chart describes a chart: one or more panels above each other that share the
// series and, unless one has its own, the x axis.
type Chart struct {
	ID     string // prefix of the ids in the drawing; unique in a page
	Title  string // for readers that do not see it
	Desc   string // the same, longer; may be ""
	Source string // small, below the chart: where the figures come from; may be ""
	X      Axis
	Series []Series
	Panels []Panel
}

// Panel is a plot with its own y axis.
type Panel struct {
	Y      Axis
	X      *Axis   // nil is the chart's
	Height float64 // of the plot at the wide size; 0 is 300. Rows of a [Category] set their own.
	Marks  []Mark  // in drawing order
}

// Axis is a scale with its words.
type Axis struct {
	Scale  Scale                  // nil is Linear(0, 1)
	Title  string                 // what is shown, with its unit
	Format func(v float64) string // of tick labels; nil writes plain numbers
}

// Series is something drawn in one colour, pattern and shape throughout.
type Series struct {
	Name  string
	Color int // 0 and up; beyond the palette colours repeat with other patterns
}

// Size is one of the sizes that a chart can be drawn at.
type Size struct {
	name   string
	width  float64 // of the viewBox
	text   float64 // size of text, in units of the viewBox
	shrink float64 // of panel heights
}

// Wide and Narrow are the sizes: 900 and 380 wide, the text of either 13 or 12.5
// high, so that it is legible when the drawing is shown at about its width.
func Wide() Size   { return Size{"w", 900, 13, 1} }
func Narrow() Size { return Size{"n", 380, 12.5, 0.8} }

// SVG is the chart as an element for a page that has the rules of [Style]. It
// is well-formed XML whatever the chart's texts hold.
func (c *Chart) SVG(s Size) string { return c.render(s).element("") }

// Standalone is the chart as a file: it brings its name space, its style and a
// background.
func (c *Chart) Standalone(s Size) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + c.render(s).element("<style>"+Style()+"</style>")
}

// element writes the drawing with what is to come first in it.
func (d *drawing) element(style string) string {
	var b strings.Builder
	labels := d.id("title")
	if d.Desc != "" {
		labels += " " + d.id("desc")
	}
	open := `<svg class="chart" role="img" aria-labelledby="` + labels + `" viewBox="0 0 ` + num(d.size.width) + " " + num(d.height) + `"`
	if style != "" {
		open += ` xmlns="http://www.w3.org/2000/svg" width="` + num(d.size.width) + `" height="` + num(d.height) + `"`
	}
	b.WriteString(open + ">\n")
	b.WriteString(`<title id="` + d.id("title") + `">` + escape(d.Title) + "</title>\n")
	if d.Desc != "" {
		b.WriteString(`<desc id="` + d.id("desc") + `">` + escape(d.Desc) + "</desc>\n")
	}
	if style != "" {
		b.WriteString(style + "\n" + `<rect class="paper" width="100%" height="100%" fill="#fff"/>` + "\n")
	}
	b.WriteString(`<g font-size="` + num(d.size.text) + `">` + "\n")
	for _, l := range []*layer{&d.back, &d.fills, &d.marks} {
		b.WriteString(l.String())
	}
	b.WriteString(wordElements(d.words))
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

func (d *drawing) id(part string) string { return ident(d.ID) + "-" + d.size.name + "-" + part }

// series is a series by its number; one that is not described has no name.
func (c *Chart) series(i int) Series {
	if i < 0 || i >= len(c.Series) {
		return Series{Color: max(i, 0)}
	}
	s := c.Series[i]
	s.Color = max(s.Color, 0)
	return s
}

// Classes for marks that belong to no series.
const (
	Ink   = "ink"
	Muted = "muted"
	Good  = "good"
	Bad   = "bad"
)

// class is the class of a mark: its own, or that of its series.
func (c *Chart) class(own string, series int) string {
	switch own {
	case Ink, Muted, Good, Bad:
		return own
	}
	return colorClass(c.series(series).Color)
}

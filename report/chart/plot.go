package chart

import (
	"math"
	"slices"
)

// plot is a panel being drawn.
type plot struct {
	*drawing
	panel       *Panel
	top, bottom float64
	clipID      string
	clipped     bool // the clip path is there
	rows        rows
	ends        []lineEnd
	notes       []note
}

const defaultHeight = 300

func newPlot(d *drawing, panel *Panel) *plot {
	p := &plot{drawing: d, panel: panel}
	if c, ok := panel.Y.Scale.(category); ok {
		p.rows = newRows(d, panel, c)
	}
	return p
}

// tall is the height of the plot.
func (p *plot) tall() float64 {
	if p.rows.list != nil {
		return p.rows.height * float64(len(p.rows.list))
	}
	h := p.panel.Height
	if !(h > 0) {
		h = defaultHeight
	}
	return math.Round(h * p.size.shrink)
}

// sides is the room that the labels left and right of the plot take.
func (p *plot) sides() (l, r float64) {
	if p.rows.list != nil {
		return p.rows.sides(p.drawing)
	}
	p.bottom = p.top + p.tall() // wherever it will be
	for _, t := range p.yTicks() {
		l = max(l, p.width(p.panel.Y.name(t), false)+12)
	}
	if !p.legend {
		r = p.nameRoom()
	}
	return min(l, 0.4*p.size.width), r
}

// place finds the plot's place below what is drawn already, and writes the title
// of its y axis.
func (p *plot) place() {
	if p.height > 4 {
		p.height += 0.9 * p.size.text
	}
	title := wrap(p.panel.Y.Title, (p.size.width-2*edge)/p.size.text)
	for _, l := range title {
		p.height += p.line()
		p.text(label{text: l, class: Muted}, edge, p.height)
	}
	p.top = math.Round(p.height + 12)
	if p.rows.list != nil && len(title) == 0 {
		p.top = math.Round(p.height + 2)
	}
	p.bottom = p.top + p.tall()
}

// y is where a value lies; y grows downwards on the canvas.
func (p *plot) y(v float64) float64 {
	if p.rows.list != nil {
		return p.rows.y(p.top, v)
	}
	return p.bottom - scaleOf(p.panel.Y.Scale).at(v)*(p.bottom-p.top)
}

// frame is the room of the plot.
func (p *plot) frame() box { return box{p.left, p.top, p.right, p.bottom, ""} }

// at is where a point lies, and whether it lies anywhere.
func (p *plot) at(q Point) (Point, bool) {
	at := Point{p.x(q.X), p.y(q.Y)}
	return at, finite(at.X) && finite(at.Y)
}

func (p *plot) yTicks() []tick {
	apart := 2.1 * p.line()
	return choose(scaleOf(p.panel.Y.Scale).ticks(), func(set []tick) []tick {
		var kept []tick
		last := math.Inf(1)
		for _, t := range set {
			if y := p.y(t.value); y <= last {
				kept, last = append(kept, t), y-apart
			}
		}
		return kept
	})
}

// grid draws the lines behind the marks, the axis and the labels at its left.
func (p *plot) grid() {
	for _, t := range p.xTicks() {
		p.back.segment("grid", p.x(t.value), p.top, p.x(t.value), p.bottom)
	}
	if p.rows.list != nil {
		p.rows.labels(p)
	} else {
		for _, t := range p.yTicks() {
			p.back.segment("grid", p.left, p.y(t.value), p.right, p.y(t.value))
			name := fit(p.panel.Y.name(t), (p.left-8)/p.size.text, false)
			p.text(label{text: name, anchor: right, class: Muted}, p.left-7, p.y(t.value)+0.35*p.size.text)
		}
	}
	p.back.segment("axis", p.left, p.bottom, p.right, p.bottom)
}

// clip keeps points that leave the plot inside of it: the attribute for their
// path, "" when all lie in it.
func (p *plot) clip(points ...[]Point) string {
	if !slices.ContainsFunc(slices.Concat(points...), func(q Point) bool { return !p.holds(q) }) {
		return ""
	}
	if !p.clipped {
		p.clipped = true
		p.back.add(`<clipPath id="` + p.clipID + `">`)
		rectangle(&p.back, "", p.left, p.top, p.right, p.bottom)
		p.back.add("</clipPath>\n")
	}
	return ` clip-path="url(#` + p.clipID + `)"`
}

// strip is the room that strips below the axis take.
func (p *plot) strip() float64 {
	room := 0.0
	for _, m := range p.panel.Marks {
		if _, ok := m.(Strip); ok {
			room = max(room, p.stripHeight())
		}
	}
	return room
}

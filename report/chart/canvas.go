package chart

import "math"

// canvas collects what is drawn, in layers from back to front, and where text is.
type canvas struct {
	size  Size
	back  layer // grid and axes
	fills layer
	marks layer
	words []word
	texts []box
	ink   []Point // what text should rather not cover
}

// box is a rectangle; y grows downwards.
type box struct {
	x0, y0, x1, y1 float64
	text           string
}

func (b box) overlaps(o box) bool {
	const touch = 0.05 // what rounding may add
	return b.x0 < o.x1-touch && o.x0 < b.x1-touch && b.y0 < o.y1-touch && o.y0 < b.y1-touch
}

func (b box) within(o box) bool {
	return b.x0 >= o.x0 && b.x1 <= o.x1 && b.y0 >= o.y0 && b.y1 <= o.y1
}

// Anchors of text.
const (
	left   = "start"
	middle = "middle"
	right  = "end"
)

// label is text to be drawn on one line.
type label struct {
	text   string
	anchor string
	class  string
	bold   bool
}

func (c *canvas) width(s string, bold bool) float64 { return width(s, bold) * c.size.text }

// line is the distance from line to line of text.
func (c *canvas) line() float64 { return math.Round(c.size.text*1.35*10) / 10 }

// boxOf is the room of a label whose base line begins, has its middle or ends
// at x.
func (c *canvas) boxOf(l label, x, y float64) box {
	w := c.width(l.text, l.bold)
	switch l.anchor {
	case middle:
		x -= w / 2
	case right:
		x -= w
	}
	// Capitals rise to about 0.76 of the size, and tails hang 0.24 below.
	return box{x, y - 0.8*c.size.text, x + w, y + 0.25*c.size.text, l.text}
}

func (c *canvas) free(b box) bool {
	for _, t := range c.texts {
		if t.overlaps(b) {
			return false
		}
	}
	return true
}

// text draws a label, moved sideways if it would leave the drawing.
func (c *canvas) text(l label, x, y float64) {
	l.text = fit(l.text, (c.size.width-2*edge)/c.size.text, l.bold)
	if l.text == "" {
		return
	}
	x, y = math.Round(x*10)/10, math.Round(y*10)/10
	b := c.boxOf(l, x, y)
	if shift := max(edge-b.x0, 0) + min(c.size.width-edge-b.x1, 0); shift != 0 {
		x, b.x0, b.x1 = x+shift, b.x0+shift, b.x1+shift
	}
	c.texts = append(c.texts, b)
	if l.bold {
		l.class += " bold"
	}
	attributes := `class="` + l.class + `"`
	if l.anchor == middle || l.anchor == right {
		attributes += ` text-anchor="` + l.anchor + `"`
	}
	c.words = append(c.words, word{attributes, ` x="` + num(x) + `" y="` + num(y) + `"`, escape(l.text)})
}

// edge is what stays free at the sides of the drawing.
const edge = 2

func rectangle(b *layer, class string, x0, y0, x1, y1 float64) {
	x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
	b.add(`<rect class="` + class + `" x="` + num(x0) + `" y="` + num(y0) + `" width="` + num(x1-x0) + `" height="` + num(y1-y0) + `"/>` + "\n")
}

// inked remembers a stroke as something that text should not cover.
func (c *canvas) inked(x0, y0, x1, y1 float64) {
	n := min(max(math.Ceil(math.Hypot(x1-x0, y1-y0)/5), 1), 400)
	for i := 0.0; i <= n; i++ {
		c.ink = append(c.ink, Point{x0 + (x1-x0)*i/n, y0 + (y1-y0)*i/n})
	}
}

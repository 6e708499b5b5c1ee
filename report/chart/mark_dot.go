package chart

import "math"

// Dots are points that are not joined, in the shape of their series.
type Dots struct {
	Series int
	Points []Point
	Small  bool
	Class  string
}

func (d Dots) draw(p *plot) {
	if d.Class == "" {
		p.use(d.Series, "dot")
	}
	size := 4.5
	if d.Small {
		size = 2.2
	}
	for _, q := range d.Points {
		if at, ok := p.at(q); ok && p.holds(at) {
			p.dot(p.class(d.Class, d.Series), p.series(d.Series).Color, at, size)
		}
	}
}

// dot draws a filled dot in the shape of a series: circle, square, triangle,
// diamond, and these hollow.
func (c *canvas) dot(class string, series int, at Point, r float64) {
	fill := " fill"
	if series/4%2 == 1 {
		fill = " hollow"
	}
	c.inked(at.X-r, at.Y, at.X+r, at.Y)
	var shape []Point
	switch (series + series/8) % 4 { // so that those that share a colour differ
	case 0:
		if fill == " fill" { // the end of a line without length
			c.marks.path(`class="`+class+` dot" stroke-width="`+num(2*r)+`"`, "M"+num(at.X)+" "+num(at.Y)+"h0")
			return
		}
		half := num(r) + " " + num(r) + " 0 1 0"
		c.marks.path(`class="`+class+fill+`"`, "M"+num(at.X-r)+" "+num(at.Y)+"a"+half+" "+num(2*r)+" 0a"+half+"-"+num(2*r)+" 0Z")
		return
	case 1:
		s := 0.88 * r
		shape = []Point{{at.X - s, at.Y - s}, {at.X + s, at.Y - s}, {at.X + s, at.Y + s}, {at.X - s, at.Y + s}}
	case 2:
		shape = []Point{{at.X, at.Y - 1.2*r}, {at.X + 1.15*r, at.Y + 0.85*r}, {at.X - 1.15*r, at.Y + 0.85*r}}
	case 3:
		shape = []Point{{at.X, at.Y - 1.3*r}, {at.X + 1.3*r, at.Y}, {at.X, at.Y + 1.3*r}, {at.X - 1.3*r, at.Y}}
	}
	c.marks.path(`class="`+class+fill+`"`, path(shape)+"Z")
}

// Whisker is a point with its interval, across at the height At or, upright, at
// the X of At. An end beyond the axis is an arrow at it; ends that are NaN are
// not drawn.
type Whisker struct {
	Series        int
	At            float64
	Point, Lo, Hi float64
	Upright       bool
	Pale          bool
	Class         string
}

func (w Whisker) draw(p *plot) {
	if w.Class == "" {
		p.use(w.Series, "dot")
	}
	class := p.class(w.Class, w.Series)
	if w.Pale {
		class += " faint"
	}
	w.span(p, class)
	if at, ok := p.at(w.point(w.Point)); ok && p.holds(at) {
		p.dot(class, p.shape(w.Class, w.Series), at, 4.5)
	}
}

// shape is the number whose shape a mark has: circles for what has no series.
func (p *plot) shape(own string, series int) int {
	if own != "" {
		return 0
	}
	return p.series(series).Color
}

func (w Whisker) point(v float64) Point {
	if w.Upright {
		return Point{w.At, v}
	}
	return Point{v, w.At}
}

// span draws the interval.
func (w Whisker) span(p *plot, class string) {
	if math.IsNaN(w.Lo) || math.IsNaN(w.Hi) {
		return
	}
	lo, hi := w.ends(p, w.Lo), w.ends(p, w.Hi)
	if !finite(lo.X) || !finite(lo.Y) || !finite(hi.X) || !finite(hi.Y) {
		return
	}
	a, b := p.inside(lo), p.inside(hi)
	p.marks.segment(class+" line", a.X, a.Y, b.X, b.Y)
	p.inked(a.X, a.Y, b.X, b.Y)
	p.tip(class, a, b, a == lo)
	p.tip(class, b, a, b == hi)
}

// ends is where an end lies; without limit it lies just off the axis.
func (w Whisker) ends(p *plot, v float64) Point {
	q := w.point(v)
	at := Point{p.x(q.X), p.y(q.Y)}
	far := func(x, low, high float64) float64 {
		if math.IsInf(x, 0) {
			return min(max(x, low-1), high+1)
		}
		return x
	}
	return Point{far(at.X, p.left, p.right), far(at.Y, p.top, p.bottom)}
}

func (p *plot) inside(q Point) Point {
	return Point{min(max(q.X, p.left), p.right), min(max(q.Y, p.top), p.bottom)}
}

// tip ends a whisker that comes from another point: with a bar, or with an arrow
// when it goes on beyond the axis.
func (p *plot) tip(class string, at, from Point, whole bool) {
	const half = 4.0
	dx, dy := sign(at.X-from.X), sign(at.Y-from.Y)
	if dx == 0 && dy == 0 {
		return
	}
	if whole {
		p.marks.segment(class+" line", at.X-half*dy, at.Y-half*dx, at.X+half*dy, at.Y+half*dx)
		return
	}
	p.marks.path(`class="`+class+` fill"`, path([]Point{at, {at.X - 7*dx - half*dy, at.Y - 7*dy - half*dx}, {at.X - 7*dx + half*dy, at.Y - 7*dy + half*dx}})+"Z")
}

// Bar is a bar across in a row, from one value to another.
type Bar struct {
	Series   int
	Row      float64
	From, To float64
	Class    string
	Pale     bool
}

func (b Bar) draw(p *plot) {
	from, okF := p.at(Point{b.From, b.Row})
	to, okT := p.at(Point{b.To, b.Row})
	if !okF || !okT {
		return
	}
	if b.Class == "" {
		p.use(b.Series, "area")
	}
	fill := " fill"
	if b.Pale {
		fill = " pale"
	}
	half := 8.0
	if p.rows.list != nil {
		half = 0.32 * p.rows.lane
	}
	from, to = p.inside(from), p.inside(to)
	rectangle(&p.fills, p.class(b.Class, b.Series)+fill, from.X, from.Y-half, to.X, from.Y+half)
	p.inked(from.X, from.Y, to.X, from.Y)
}

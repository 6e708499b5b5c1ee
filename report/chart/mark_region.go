package chart

import (
	"math"
	"slices"
)

// Span is a piece of a row of a plane.
type Span struct{ Y0, Y1, X0, X1 float64 }

// Region is the part of a plane that belongs to a series, as spans of rows from
// below to above. It is filled, and named inside where there is room.
type Region struct {
	Series int
	Spans  []Span
}

func (r Region) draw(p *plot) {
	p.use(r.Series, "area")
	class := p.class("", r.Series)
	shapes := p.shapes(r.Spans)
	if len(shapes) > 0 {
		var outlines [][]Point
		for _, s := range shapes {
			outlines = append(outlines, s.outline())
		}
		p.outline(class, outlines)
	}
	p.nameRegion(r.Series, shapes)
}

// shape is a stack of boxes of the canvas, each touching the one before, from
// the bottom up.
type shape []box

// shapes joins spans that lie above each other. A span joins the shape whose top
// it touches along the most.
func (p *plot) shapes(spans []Span) []shape {
	var shapes []shape
	for _, s := range spans {
		b := box{p.x(s.X0), p.y(s.Y1), p.x(s.X1), p.y(s.Y0), ""}
		if !finite(b.x0) || !finite(b.x1) || !finite(b.y0) || !finite(b.y1) {
			continue
		}
		best, most := -1, 0.0
		for i, shape := range shapes {
			top := shape[len(shape)-1]
			if over := min(top.x1, b.x1) - max(top.x0, b.x0); math.Abs(top.y0-b.y1) < 0.01 && over > most {
				best, most = i, over
			}
		}
		if best < 0 {
			shapes = append(shapes, shape{b})
			continue
		}
		shapes[best] = append(shapes[best], b)
	}
	return shapes
}

// outline goes up the left side and down the right one.
func (s shape) outline() []Point {
	leftX, rightX := func(b box) float64 { return b.x0 }, func(b box) float64 { return b.x1 }
	up, down := s.side(leftX), s.side(rightX)
	slices.Reverse(down)
	return append(up, down...)
}

// side is a side from the bottom up: a slope through the middles of the rows
// where it moves little from one to the next, a step where it moves much.
func (s shape) side(x func(box) float64) []Point {
	const little = 6
	points := []Point{{x(s[0]), s[0].y1}}
	for i, b := range s {
		if i > 0 && math.Abs(x(b)-x(s[i-1])) > little {
			points = append(points, Point{x(s[i-1]), b.y1}, Point{x(b), b.y1})
		}
		points = append(points, Point{x(b), (b.y0 + b.y1) / 2})
	}
	last := s[len(s)-1]
	return straighten(append(points, Point{x(last), last.y0}))
}

// straighten leaves out points that lie on the way from the last one kept to a
// later one.
func straighten(points []Point) []Point {
	kept := points[:1:1]
	from := 0
	for i := 1; i < len(points); i++ {
		if i+1 < len(points) && onTheWay(points[from:i+2]) {
			continue
		}
		kept, from = append(kept, points[i]), i
	}
	return kept
}

// onTheWay says whether all points are nearer than a tenth of a pixel to the
// line from the first to the last.
func onTheWay(points []Point) bool {
	a, c := points[0], points[len(points)-1]
	length := math.Hypot(c.X-a.X, c.Y-a.Y)
	for _, b := range points {
		if length == 0 && b != a || math.Abs((c.X-a.X)*(b.Y-a.Y)-(c.Y-a.Y)*(b.X-a.X)) > 0.1*length {
			return false
		}
	}
	return true
}

// nameRegion writes the name where the shape has the most room for it.
func (p *plot) nameRegion(series int, shapes []shape) {
	l := label{text: clean(p.series(series).Name), anchor: middle, class: p.class("", series) + " halo", bold: true}
	h := 1.05 * p.size.text
	room := p.width(l.text, true) + p.size.text
	best, most := box{}, 0.0
	for _, s := range shapes {
		for i := range s {
			b, ok := s.within(i, h+6, p.frame())
			if score := min(b.x1-b.x0-room, 200) + min(b.y1-b.y0, 60); ok && b.x1-b.x0 >= room && score > most {
				best, most = b, score
			}
		}
	}
	if most == 0 || l.text == "" {
		return
	}
	y := (best.y0+best.y1)/2 + 0.3*p.size.text
	if x := (best.x0 + best.x1) / 2; p.free(p.boxOf(l, x, y)) {
		p.text(l, x, y)
		p.named[series] = true
	}
}

// within is a box inside of the shape that has row i in its middle and is about
// three lines high, or as high as there is room for, at least h.
func (s shape) within(i int, h float64, frame box) (box, bool) {
	mid := (s[i].y0 + s[i].y1) / 2
	b := box{max(s[i].x0, frame.x0), max(s[i].y0, frame.y0), min(s[i].x1, frame.x1), min(s[i].y1, frame.y1), ""}
	lo, hi := i, i
	for b.y1-b.y0 < 3*h {
		up, down := hi+1 < len(s) && s[hi+1].y0 >= frame.y0, lo > 0 && s[lo-1].y1 <= frame.y1
		if !up || !down {
			break
		}
		hi, lo = hi+1, lo-1
		b.y0, b.y1 = s[hi].y0, s[lo].y1
		b.x0, b.x1 = max(b.x0, s[hi].x0, s[lo].x0), min(b.x1, s[hi].x1, s[lo].x1)
	}
	return b, b.y1-b.y0 >= h && mid-b.y0 >= h/2 && b.y1-mid >= h/2
}

// Strip names what holds along the x axis, in a lane below it.
type Strip struct {
	Title string // what the strip says, before the name of its widest piece
	Parts []Part
}

// Part is a piece of a strip.
type Part struct {
	Series   int
	From, To float64
}

func (d *drawing) stripHeight() float64 { return math.Round(1.6 * d.size.text) }

func (s Strip) draw(p *plot) {
	y0, y1 := p.bottom+1, p.bottom+p.stripHeight()
	for _, part := range s.Parts {
		x0, x1 := p.x(part.From), p.x(part.To)
		if math.IsNaN(x0) || math.IsNaN(x1) {
			continue
		}
		x0, x1 = p.inside(Point{x0, y0}).X, p.inside(Point{x1, y0}).X
		if x1-x0 < 0.1 {
			continue
		}
		p.use(part.Series, "area")
		class := p.class("", part.Series)
		rectangle(&p.fills, class+" pale", x0, y0, x1, y1)
		p.marks.segment(class+" line", x0, y1, x1, y1)
		name := clean(p.series(part.Series).Name)
		for _, text := range []string{clean(s.Title) + " " + name, name} {
			l := label{text: text, anchor: middle, class: Ink}
			if p.width(text, false)+8 <= x1-x0 && name != "" {
				p.text(l, (x0+x1)/2, (y0+y1)/2+0.3*p.size.text)
				break
			}
		}
	}
}

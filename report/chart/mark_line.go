package chart

import (
	"fmt"
	"math"
)

// Mark is something that is drawn in a panel.
type Mark interface{ draw(p *plot) }

var (
	_ Mark = Line{}
	_ Mark = Band{}
	_ Mark = Dots{}
	_ Mark = Whisker{}
	_ Mark = Bar{}
	_ Mark = Region{}
	_ Mark = Strip{}
	_ Mark = Rule{}
	_ Mark = Range{}
	_ Mark = Note{}
)

// Point is a point in the units of the axes.
type Point struct{ X, Y float64 }

// Line joins points, in the order given. A point that lies nowhere, such as NaN,
// makes a gap. Where there are more points than the plot is wide, the line is
// the median of each column of pixels, in a pale band from its least to its
// greatest.
type Line struct {
	Series int
	Points []Point
	Step   bool   // hold each value until the next
	Dots   bool   // and a dot at each point
	Class  string // instead of the series' colour; such a line has no name
}

func (l Line) draw(p *plot) {
	color := p.series(l.Series).Color
	class := p.class(l.Class, l.Series)
	if l.Class == "" {
		p.use(l.Series, "line")
	}
	points := l.Points
	if most := int(p.right - p.left); len(points) > 2*most && !l.Step {
		var low, high []Point
		points, low, high = p.columns(points, most)
		p.area(class, low, high)
	}
	end := Point{math.NaN(), 0}
	for _, run := range p.runs(points) {
		if l.Step {
			run = stairs(run)
		}
		p.strokeInked(class, color, run)
		for _, q := range run {
			if inside := p.frame(); q.X <= inside.x1+0.1 && q.Y >= inside.y0-0.1 && q.Y <= inside.y1+0.1 {
				end = q
			}
		}
		for _, q := range run {
			if l.Dots && !l.Step && p.holds(q) {
				p.dot(class, color, q, 3)
			}
		}
	}
	if finite(end.X) && l.Class == "" && p.series(l.Series).Name != "" {
		p.end(lineEnd{end, l.Series})
	}
}

// end keeps the rightmost end of each series.
func (p *plot) end(e lineEnd) {
	for i, o := range p.ends {
		if o.series == e.series {
			if e.at.X > o.at.X {
				p.ends[i] = e
			}
			return
		}
	}
	p.ends = append(p.ends, e)
}

// use remembers how a series is shown: a line before an area before a dot.
func (d *drawing) use(series int, how string) {
	if old := d.used[series]; old == "" || how == "line" || how == "area" && old == "dot" {
		d.used[series] = how
	}
}

func (p *plot) holds(q Point) bool {
	return q.X >= p.left-0.1 && q.X <= p.right+0.1 && q.Y >= p.top-0.1 && q.Y <= p.bottom+0.1
}

// runs are the points on the canvas, parted where one lies nowhere.
func (p *plot) runs(points []Point) [][]Point {
	var runs [][]Point
	var run []Point
	for _, q := range points {
		if at, ok := p.at(q); ok {
			run = append(run, at)
			continue
		}
		if run != nil {
			runs, run = append(runs, run), nil
		}
	}
	if run != nil {
		runs = append(runs, run)
	}
	return runs
}

func stairs(run []Point) []Point {
	var out []Point
	for i, q := range run {
		if i > 0 {
			out = append(out, Point{q.X, run[i-1].Y})
		}
		out = append(out, q)
	}
	return out
}

// stroke draws a line through points of the canvas, with what clip gives.
func (c *canvas) stroke(class string, series int, points []Point, clip string) {
	if d := dash(series); d > 0 && class == colorClass(series) {
		class += fmt.Sprintf(" d%d", d)
	}
	c.marks.path(`class="`+class+` line"`+clip, path(simplified(points)))
}

func (p *plot) strokeInked(class string, series int, points []Point) {
	p.stroke(class, series, points, p.clip(points))
	for i := 1; i < len(points); i++ {
		if a, b := points[i-1], points[i]; p.holds(a) || p.holds(b) {
			p.inked(a.X, a.Y, b.X, b.Y)
		}
	}
}

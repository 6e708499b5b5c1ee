package chart

import (
	"math"
	"slices"
	"strings"
)

// Band is a pale area between two lines over the same X, such as the interval
// of a curve. Where either end lies nowhere it has a gap.
type Band struct {
	Series int
	X      []float64
	Lo, Hi []float64 // as many as X; what is missing makes a gap
	Class  string
}

func (b Band) draw(p *plot) {
	if b.Class == "" {
		p.use(b.Series, "area")
	}
	var low, high []Point
	flush := func() {
		p.area(p.class(b.Class, b.Series), low, high)
		low, high = nil, nil
	}
	for i, x := range b.X[:min(len(b.X), len(b.Lo), len(b.Hi))] {
		l, okL := p.at(Point{x, b.Lo[i]})
		h, okH := p.at(Point{x, b.Hi[i]})
		if !okL || !okH {
			flush()
			continue
		}
		low, high = append(low, l), append(high, h)
	}
	flush()
}

// area fills what lies between two lines of the canvas.
func (p *plot) area(class string, low, high []Point) {
	if len(low) < 2 {
		return
	}
	back := slices.Clone(high)
	slices.Reverse(back)
	p.outline(class, [][]Point{append(slices.Clone(low), back...)})
}

// outline fills polygons.
func (p *plot) outline(class string, polygons [][]Point) {
	var d strings.Builder
	for _, polygon := range polygons {
		d.WriteString(path(simplified(polygon)) + "Z")
	}
	p.fills.add(`<path class="` + class + ` pale"` + p.clip(polygons...) + ` d="` + d.String() + `"/>` + "\n")
}

// columns thins points to one for each column of pixels: the median of those in
// it, and its least and greatest. All are points of the canvas's axes, in units.
func (p *plot) columns(points []Point, most int) (mid, low, high []Point) {
	for _, c := range Downsample(points, most, p.share) {
		mid = append(mid, Point{c.X, c.Median})
		if a, ok := p.at(Point{c.X, c.Min}); ok {
			if b, ok := p.at(Point{c.X, c.Max}); ok {
				low, high = append(low, a), append(high, b)
			}
		}
	}
	return mid, low, high
}

// Column is what was in one column of pixels.
type Column struct{ X, Min, Median, Max float64 }

// Downsample sorts points into columns of equal width on the axis, of which at
// gives the position from 0 to 1, and keeps of each column its least, middle and
// greatest Y and the X in the middle of its points. No extreme is lost, as it is
// by leaving out every other point. Points off the axis, or without a number,
// are left out.
func Downsample(points []Point, columns int, at func(x float64) float64) []Column {
	bins := make(map[int][]Point)
	for _, q := range points {
		share := at(q.X)
		if !(share >= 0 && share <= 1) || math.IsNaN(q.Y) {
			continue
		}
		i := min(int(share*float64(columns)), columns-1)
		bins[i] = append(bins[i], q)
	}
	var out []Column
	for i := range columns {
		in := bins[i]
		if len(in) == 0 {
			continue
		}
		xs, ys := make([]float64, len(in)), make([]float64, len(in))
		for k, q := range in {
			xs[k], ys[k] = q.X, q.Y
		}
		slices.Sort(xs)
		slices.Sort(ys)
		out = append(out, Column{middleOf(xs), ys[0], middleOf(ys), ys[len(ys)-1]})
	}
	return out
}

// middleOf is the middle of sorted values, the mean of both of an even number.
func middleOf(sorted []float64) float64 {
	n := len(sorted)
	return sorted[(n-1)/2]/2 + sorted[n/2]/2
}

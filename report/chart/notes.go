package chart

import (
	"fmt"
	"math"
)

// note is a text that belongs to a point of the plot and is put where there is
// room near it.
type note struct {
	at    Point
	text  string
	class string
}

func (p *plot) say(at Point, text, class string) {
	if text != "" {
		p.notes = append(p.notes, note{at, text, class})
	}
}

// placeTexts writes the notes, once everything else is drawn. Those without room
// are numbered and go below the chart.
func (p *plot) placeTexts() {
	for _, n := range p.notes {
		lines := wrap(n.text, 0.45*(p.right-p.left)/p.size.text)
		if p.put(n, lines, clutter) {
			continue
		}
		number := fmt.Sprint(len(p.drawing.notes) + 1)
		if p.put(n, []string{number}, math.Inf(1)) {
			number += ": "
		} else {
			number = ""
		}
		p.drawing.notes = append(p.drawing.notes, number+n.text)
	}
}

// clutter is how much a note may cover before it rather goes below the chart:
// about as much as crossing two lines.
const clutter = 12

// put writes lines at the best of the places around a note's point, if any is
// free and covers no more than most: one that covers little, and is near.
func (p *plot) put(n note, lines []string, most float64) bool {
	if len(lines) == 0 {
		return true
	}
	w, h := 0.0, float64(len(lines)-1)*p.line()+1.05*p.size.text
	for _, l := range lines {
		w = max(w, p.width(l, false))
	}
	best, least := box{}, math.Inf(1)
	for _, b := range around(n.at, w, h) {
		if !b.within(p.frame()) || !p.free(b) {
			continue
		}
		if cost := p.cover(b) + distance(n.at, b)/25; cost < min(least-1e-9, most) {
			best, least = b, cost
		}
	}
	if math.IsInf(least, 1) {
		return false
	}
	for i, l := range lines {
		p.text(label{text: l, class: n.class + " halo"}, best.x0, best.y0+0.8*p.size.text+float64(i)*p.line())
	}
	if distance(n.at, best) > 16 {
		p.lead(n.class, n.at, nearest(n.at, best))
	}
	p.inked(best.x0, best.y0, best.x1, best.y1)
	return true
}

// around are boxes near a point, the nearer ones first.
func around(at Point, w, h float64) []box {
	var list []box
	for _, r := range []float64{9, 18, 30, 45, 65, 90, 120, 160} {
		for _, dir := range []Point{{1, -1}, {1, 1}, {-1, -1}, {-1, 1}, {1, 0}, {-1, 0}, {0, -1}, {0, 1}, {2, -1}, {2, 1}, {-2, -1}, {-2, 1}} {
			cx := at.X + sign(dir.X)*w/2 + dir.X*r
			cy := at.Y + sign(dir.Y)*h/2 + dir.Y*r*0.7
			list = append(list, box{cx - w/2, cy - h/2, cx + w/2, cy + h/2, ""})
		}
	}
	return list
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// nearest is the point of a box that is nearest to another, and distance how
// far away that is.
func nearest(at Point, b box) Point {
	return Point{min(max(at.X, b.x0-2), b.x1+2), min(max(at.Y, b.y0), b.y1)}
}

func distance(at Point, b box) float64 {
	q := nearest(at, b)
	return math.Hypot(q.X-at.X, q.Y-at.Y)
}

// cover is how much ink a box would cover.
func (p *plot) cover(b box) float64 {
	n := 0.0
	for _, q := range p.ink {
		if q.X > b.x0-3 && q.X < b.x1+3 && q.Y > b.y0-2 && q.Y < b.y1+2 {
			n++
		}
	}
	return n
}

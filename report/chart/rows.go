package chart

import "math"

// rows are the lines of a plot by categories: each has a lane for its marks, and
// its words beside the plot or, where these would take too much of the width,
// above the lane.
type rows struct {
	list   []Row
	above  int     // lines of words above the lane
	lane   float64 // height of it
	height float64 // of a row
	line   float64
}

// Words beside a plot may take this part of the width, and must leave it so much.
const (
	mostWords = 0.63
	leastPlot = 200
)

func newRows(d *drawing, panel *Panel, c category) rows {
	r := rows{list: c.rows, lane: 1.9 * d.size.text, line: d.line()}
	if panel.Height > 0 {
		r.lane = panel.Height * d.size.shrink
	}
	if len(r.list) == 0 {
		r.list = []Row{{}}
	}
	labels, ends, together := 0.0, 0.0, 0.0
	for _, row := range r.list {
		l, e := d.width(clean(row.Label), false), d.width(clean(row.End), false)
		labels, ends, together = max(labels, l), max(ends, e), max(together, l+e)
	}
	switch {
	case labels+ends <= min(mostWords*d.size.width, d.size.width-leastPlot-28):
	case together+2*d.size.text <= d.size.width-4*edge:
		r.above = 1
	default:
		r.above = 2
	}
	r.height = math.Round(r.lane + float64(r.above)*r.line)
	return r
}

func (r rows) sides(d *drawing) (left, right float64) {
	if r.above > 0 {
		return 0, 0
	}
	for _, row := range r.list {
		left = max(left, d.width(clean(row.Label), false)+14)
		if row.End != "" {
			right = max(right, d.width(clean(row.End), false)+14)
		}
	}
	return left, right
}

// y is the middle of the lane of row v; a fraction is a fraction of the lane.
func (r rows) y(top, v float64) float64 {
	row := math.Round(v)
	return top + row*r.height + float64(r.above)*r.line + (0.5+v-row)*r.lane
}

func (r rows) labels(p *plot) {
	for i, row := range r.list {
		class := Ink
		p.nameRow(row.Label)
		if i > 0 && p.panel.Height > 0 {
			y := p.top + float64(i)*r.height
			p.back.segment("grid", p.left, y, p.right, y)
		}
		if row.Pale {
			class = Muted
		}
		y := r.y(p.top, float64(i)) + 0.35*p.size.text
		words := label{text: row.Label, class: class}
		end := label{text: row.End, class: class}
		if r.above == 0 {
			words.anchor = right
			p.text(words, p.left-10, y)
			p.text(end, p.right+10, y)
			continue
		}
		words.class, end.class = class+" halo", class+" halo" // rules cross them
		y = p.top + float64(i)*r.height + p.size.text
		p.text(words, edge, y)
		end.anchor = right
		if r.above == 2 {
			y, end.anchor = y+r.line, left
		}
		if end.anchor == right {
			p.text(end, p.size.width-edge, y)
		} else {
			p.text(end, edge, y)
		}
	}
}

// nameRow notes that a row named after a series names it.
func (p *plot) nameRow(name string) {
	for i, s := range p.Chart.Series {
		if s.Name == name {
			p.named[i] = true
		}
	}
}

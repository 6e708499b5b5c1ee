package chart

import "math"

// drawing is a chart being drawn at one size.
type drawing struct {
	canvas
	*Chart
	left, right float64 // of all plots
	height      float64 // drawn so far, and in the end of all
	plots       []*plot
	used        map[int]string // by series, what shows it: "line", "area" or "dot"
	named       map[int]bool   // series whose name stands in the drawing
	legend      bool
	notes       []string // what found no room in a plot
}

// render draws the chart with names at the lines, and again with a legend if
// that left a series without its name.
func (c *Chart) render(s Size) *drawing {
	d := c.draw(s, nil)
	for i := range d.used {
		if !d.named[i] && c.series(i).Name != "" {
			return c.draw(s, d.used)
		}
	}
	return d
}

// draw draws the chart; legend holds the series to be named above it.
func (c *Chart) draw(s Size, legend map[int]string) *drawing {
	d := &drawing{canvas: canvas{size: s}, Chart: c, height: 4, used: map[int]string{}, named: map[int]bool{}, legend: legend != nil}
	for i := range c.Panels {
		d.plots = append(d.plots, newPlot(d, &c.Panels[i]))
	}
	d.margins()
	if d.legend {
		d.drawLegend(legend)
	}
	for i, p := range d.plots {
		p.place()
		p.clip(i)
		p.grid(i == len(d.plots)-1)
		for _, m := range p.panel.Marks {
			m.draw(p)
		}
		p.lineNames()
		d.height = p.bottom + p.strip()
	}
	d.xLabels()
	for _, p := range d.plots {
		p.placeTexts()
	}
	d.footer()
	d.height = math.Ceil(d.height)
	return d
}

func scaleOf(s Scale) Scale {
	if s == nil {
		return Linear(0, 1)
	}
	return s
}

// x is where a value lies across.
func (d *drawing) x(v float64) float64 { return d.left + scaleOf(d.X.Scale).at(v)*(d.right-d.left) }

// margins makes room for the labels at both sides.
func (d *drawing) margins() {
	leftRoom, rightRoom := 8.0, 14.0
	for _, p := range d.plots {
		l, r := p.sides()
		leftRoom, rightRoom = max(leftRoom, l), max(rightRoom, r)
	}
	d.left, d.right = math.Round(leftRoom), math.Round(d.size.width-rightRoom)
}

// xTicks are the ticks of the x axis whose labels have room.
func (d *drawing) xTicks() []tick {
	return choose(scaleOf(d.X.Scale).ticks(), func(set []tick) []tick {
		var kept []tick
		end := math.Inf(-1)
		for _, t := range set {
			b := d.boxOf(label{text: d.X.name(t), anchor: middle}, d.x(t.value), 0)
			if shift := max(edge-b.x0, 0) + min(d.size.width-edge-b.x1, 0); shift != 0 {
				b.x0, b.x1 = b.x0+shift, b.x1+shift
			}
			if b.x0 >= end {
				kept, end = append(kept, t), b.x1+1.3*d.size.text
			}
		}
		return kept
	})
}

// choose is the first of the sets that is kept whole, or what is kept of the
// last one.
func choose(sets [][]tick, keep func([]tick) []tick) []tick {
	var kept []tick
	for _, set := range sets {
		if kept = keep(set); len(kept) == len(set) {
			break
		}
	}
	return kept
}

// name is the label of a tick.
func (a Axis) name(t tick) string {
	switch {
	case t.label != "":
		return clean(t.label)
	case a.Format != nil:
		return clean(a.Format(t.value))
	}
	return plain(t.value)
}

func (d *drawing) xLabels() {
	d.height += 9 + 0.8*d.size.text
	for _, t := range d.xTicks() {
		d.text(label{text: d.X.name(t), anchor: middle, class: Muted}, d.x(t.value), d.height)
	}
	d.height += 0.3 * d.size.text
	for _, l := range wrap(d.X.Title, (d.size.width-2*edge)/d.size.text) {
		d.height += d.line()
		d.text(label{text: l, anchor: middle, class: Muted}, (d.left+d.right)/2, d.height)
	}
}

// footer writes what found no room in the plots, and the source.
func (d *drawing) footer() {
	d.height += 0.3 * d.size.text
	lines := func(class, s string) {
		for _, l := range wrap(s, (d.size.width-2*edge)/d.size.text) {
			d.height += d.line()
			d.text(label{text: l, class: class}, edge, d.height)
		}
	}
	for _, n := range d.notes {
		lines(Ink, n)
	}
	lines(Muted, d.Source)
	d.height += 0.5 * d.size.text
}

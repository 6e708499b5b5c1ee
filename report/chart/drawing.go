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
		p.clipID = p.id(plain(float64(i)))
		p.grid()
		for _, m := range p.panel.Marks {
			m.draw(p)
		}
		p.lineNames()
		d.height = p.bottom + p.strip()
		if i == len(d.plots)-1 || p.panel.X != nil || d.plots[i+1].panel.X != nil {
			p.xLabels()
		}
	}
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

// margins makes room for the labels at both sides.
func (d *drawing) margins() {
	leftRoom, rightRoom := 8.0, 14.0
	for _, p := range d.plots {
		l, r := p.sides()
		leftRoom, rightRoom = max(leftRoom, l), max(rightRoom, r)
	}
	d.left, d.right = math.Round(leftRoom), math.Round(d.size.width-rightRoom)
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

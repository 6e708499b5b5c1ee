package chart

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
)

// hover is what a script needs to read a chart out under a pointer.
type hover struct {
	ID     string               `json:"id"`
	Sizes  map[string]hoverSize `json:"sizes"` // "w" and "n", as in the ids of the drawings
	At     []float64            `json:"at"`    // each x: 0 at the left of the plot, 1 at its right
	X      []string             `json:"x"`
	Series []hoverSeries        `json:"series"`
}

// hoverSize is the place of the first plot in a drawing, in units of its viewBox.
type hoverSize struct {
	View [2]float64 `json:"view"` // width and height
	Plot [4]float64 `json:"plot"` // left, top, right, bottom
}

type hoverSeries struct {
	Name  string    `json:"name"`
	Class string    `json:"class"`
	Y     []*string `json:"y"` // for each x; null where the line has no point
}

// hoverPoints is how many values of X a chart gives at most; a script cannot
// point more finely than that.
const hoverPoints = 40

// Hover is the data of the lines of the first panel as JSON, for a script of the
// page's own that shows the values under a pointer; nil when there are no lines.
// It can stand in a script element as it is.
func (c *Chart) Hover() []byte {
	lines := c.hoverLines()
	if len(lines) == 0 {
		return nil
	}
	h := hover{ID: ident(c.ID), Sizes: map[string]hoverSize{}}
	for _, s := range []Size{Wide(), Narrow()} {
		d := c.render(s)
		p := d.plots[0]
		h.Sizes[s.name] = hoverSize{[2]float64{d.size.width, d.height}, [4]float64{p.left, p.top, p.right, p.bottom}}
	}
	xs := map[float64]bool{}
	for _, l := range lines {
		for _, q := range l.Points {
			if at := scaleOf(c.hoverX().Scale).at(q.X); at >= 0 && at <= 1 {
				xs[q.X] = true
			}
		}
	}
	h.hang(c, lines, slices.Sorted(maps.Keys(xs)))
	data, _ := json.Marshal(h) // strings and finite numbers: nothing that has no JSON; < > & are escaped
	return data
}

// hoverX is the x axis of the first panel.
func (c *Chart) hoverX() Axis {
	if x := c.Panels[0].X; x != nil {
		return *x
	}
	return c.X
}

// hoverLines are the lines of the first panel that have a name, thinned.
func (c *Chart) hoverLines() []Line {
	var lines []Line
	if len(c.Panels) == 0 {
		return nil
	}
	for _, m := range c.Panels[0].Marks {
		l, ok := m.(Line)
		if !ok || l.Class != "" || c.series(l.Series).Name == "" || len(l.Points) == 0 {
			continue
		}
		if len(l.Points) > hoverPoints {
			var thin []Point
			for _, col := range Downsample(l.Points, hoverPoints, scaleOf(c.hoverX().Scale).at) {
				thin = append(thin, Point{col.X, col.Median})
			}
			l.Points = thin
		}
		lines = append(lines, l)
	}
	return lines
}

// hang gives each line its words at each x.
func (h *hover) hang(c *Chart, lines []Line, xs []float64) {
	for _, x := range xs {
		h.At = append(h.At, math.Round(scaleOf(c.hoverX().Scale).at(x)*1e4)/1e4)
		h.X = append(h.X, c.hoverX().word(x))
	}
	for _, l := range lines {
		s := c.series(l.Series)
		line := hoverSeries{Name: clean(s.Name), Class: colorClass(s.Color), Y: make([]*string, len(xs))}
		at := map[float64]float64{}
		for _, q := range l.Points {
			at[q.X] = q.Y
		}
		for i, x := range xs {
			if y, ok := at[x]; ok && finite(y) {
				text := c.Panels[0].Y.word(y)
				line.Y[i] = &text
			}
		}
		h.Series = append(h.Series, line)
	}
}

// word is a value of an axis as text.
func (a Axis) word(v float64) string {
	if a.Format != nil {
		return clean(a.Format(v))
	}
	switch scaleOf(a.Scale).(type) {
	case percentile:
		return quantileName(v)
	case clock:
		return clockName(v)
	}
	return plain(v)
}

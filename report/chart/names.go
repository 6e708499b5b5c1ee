package chart

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// lineEnd is where a line leaves its plot, to be named there.
type lineEnd struct {
	at     Point
	series int
}

const (
	nameGap   = 8  // between a plot and a name beside it
	leaderGap = 24 // the same with room for leader lines
)

// lineSeries are the series that have a line in the plot.
func (p *plot) lineSeries() []int {
	seen := map[int]bool{}
	for _, m := range p.panel.Marks {
		if l, ok := m.(Line); ok && p.series(l.Series).Name != "" && l.Class == "" {
			seen[l.Series] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// nameRoom is the room for names at the ends of lines; 0 when they do not fit,
// and a legend has to name them.
func (p *plot) nameRoom() float64 {
	room := 0.0
	names := p.lineSeries()
	for _, s := range names {
		room = max(room, p.width(clean(p.series(s).Name), true)+leaderGap+edge)
	}
	if room > 0.28*p.size.width || float64(len(names))*p.line() > p.tall() {
		return 0
	}
	return room
}

// lineNames writes the names of lines at their ends, and leads those back that
// had to be moved.
func (p *plot) lineNames() {
	if p.legend || p.nameRoom() == 0 {
		return
	}
	ends := slices.Clone(p.ends)
	slices.SortStableFunc(ends, func(a, b lineEnd) int {
		return cmp.Compare(a.at.Y, b.at.Y)
	})
	var want []float64
	for _, e := range ends {
		want = append(want, e.at.Y)
	}
	got := push(want, p.line(), p.top, p.bottom)
	gap := float64(nameGap)
	for i, e := range ends {
		if leads(e, got[i], p.right) {
			gap = leaderGap
		}
	}
	for i, e := range ends {
		s := p.series(e.series)
		if leads(e, got[i], p.right) {
			p.lead(colorClass(s.Color), e.at, Point{p.right + gap - 3, got[i]})
		}
		p.text(label{text: s.Name, class: colorClass(s.Color), bold: true}, p.right+gap, got[i]+0.35*p.size.text)
		p.named[e.series] = true
	}
}

// leads says whether a name at y needs a line to its end.
func leads(e lineEnd, y, side float64) bool { return math.Abs(e.at.Y-y) > 3 || side-e.at.X > 6 }

func (p *plot) lead(class string, from, to Point) {
	p.marks.path(`class="`+class+` leader"`, path([]Point{from, to}))
}

// push moves positions that rise, as little as it takes, so that they are gap
// apart and lie between low and high; when they cannot, they start at low. The
// order is kept. It pools neighbours that are too near and spreads them around
// the middle of where they want to be.
func push(want []float64, gap, low, high float64) []float64 {
	type pool struct {
		sum float64
		n   int
	}
	mean := func(p pool) float64 { return p.sum / float64(p.n) }
	var pools []pool
	for i, w := range want {
		pools = append(pools, pool{w - float64(i)*gap, 1})
		for k := len(pools) - 1; k > 0 && mean(pools[k]) < mean(pools[k-1]); k-- {
			pools[k-1] = pool{pools[k-1].sum + pools[k].sum, pools[k-1].n + pools[k].n}
			pools = pools[:k]
		}
	}
	var got []float64
	for _, p := range pools {
		for range p.n {
			base := max(min(mean(p), high-float64(len(want)-1)*gap), low)
			got = append(got, base+float64(len(got))*gap)
		}
	}
	return got
}

// drawLegend names the series above the plots.
func (d *drawing) drawLegend(used map[int]string) {
	x := float64(edge)
	d.height += d.line()
	for _, i := range slices.Sorted(maps.Keys(used)) {
		s := d.series(i)
		if s.Name == "" {
			continue
		}
		swatch := 14.0
		if used[i] == "line" {
			swatch = 26
		}
		name := fit(s.Name, (d.size.width-2*edge-swatch-6)/d.size.text, true)
		w := swatch + 6 + d.width(name, true)
		if x > edge && x+w > d.size.width-edge {
			x, d.height = edge, d.height+d.line()
		}
		d.swatch(s.Color, used[i], x, d.height-0.35*d.size.text, swatch)
		d.text(label{text: name, class: colorClass(s.Color), bold: true}, x+swatch+6, d.height)
		x += w + 1.4*d.size.text
	}
	d.height += 0.3 * d.size.text
}

// swatch shows how a series is drawn.
func (d *drawing) swatch(color int, shown string, x, y, w float64) {
	class := colorClass(color)
	switch shown {
	case "line":
		d.stroke(class, color, []Point{{x, y}, {x + w, y}}, "")
	case "area":
		rectangle(&d.fills, class+" pale", x+w-14, y-6, x+w, y+6)
	default:
		d.dot(class, color, Point{x + w - 7, y}, 4.5)
	}
}

package chart

import "math"

// across is the plot's x axis.
func (p *plot) across() Axis {
	if p.panel.X != nil {
		return *p.panel.X
	}
	return p.Chart.X
}

// share is where a value lies on the x axis, from 0 to 1, and x on the canvas.
func (p *plot) share(v float64) float64 { return scaleOf(p.across().Scale).at(v) }
func (p *plot) x(v float64) float64     { return p.left + p.share(v)*(p.right-p.left) }

// xTicks are the ticks of the x axis whose labels have room.
func (p *plot) xTicks() []tick {
	return choose(scaleOf(p.across().Scale).ticks(), func(set []tick) []tick {
		var kept []tick
		end := math.Inf(-1)
		for _, t := range set {
			b := p.boxOf(label{text: p.across().name(t), anchor: middle}, p.x(t.value), 0)
			if shift := max(edge-b.x0, 0) + min(p.size.width-edge-b.x1, 0); shift != 0 {
				b.x0, b.x1 = b.x0+shift, b.x1+shift
			}
			if b.x0 >= end {
				kept, end = append(kept, t), b.x1+1.3*p.size.text
			}
		}
		return kept
	})
}

// xLabels writes the ticks' labels and the title below the plot.
func (p *plot) xLabels() {
	p.height += 9 + 0.8*p.size.text
	for _, t := range p.xTicks() {
		p.text(label{text: p.across().name(t), anchor: middle, class: Muted}, p.x(t.value), p.height)
	}
	p.height += 0.3 * p.size.text
	for _, l := range wrap(p.across().Title, (p.size.width-2*edge)/p.size.text) {
		p.height += p.line()
		p.text(label{text: l, anchor: middle, class: Muted}, (p.left+p.right)/2, p.height)
	}
}

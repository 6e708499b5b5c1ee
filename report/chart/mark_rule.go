package chart

import "math"

// Rule is a straight line through the whole plot at a value of X, or of Y if
// Level.
type Rule struct {
	At     float64
	Level  bool
	Dashed bool
	Text   string
	Class  string // Muted when ""
}

func (r Rule) draw(p *plot) {
	class := p.neutral(r.Class)
	a, b := Point{p.x(r.At), p.top}, Point{p.x(r.At), p.bottom}
	if r.Level {
		y := p.y(r.At)
		a, b = Point{p.left, y}, Point{p.right, y}
	}
	if !finite(a.X) || !finite(a.Y) || !p.holds(a) || !p.holds(b) {
		return
	}
	dashes := ""
	if r.Dashed {
		dashes = ` stroke-dasharray="5 4"`
	}
	p.marks.path(`class="`+class+` thin"`+dashes, path([]Point{a, b}))
	p.inked(a.X, a.Y, b.X, b.Y)
	at := Point{a.X, a.Y + p.line()}
	if r.Level {
		at = Point{p.left + 0.7*(p.right-p.left), a.Y}
	}
	p.say(at, r.Text, class)
}

// neutral is the class of what belongs to no series.
func (p *plot) neutral(class string) string {
	if class == "" {
		return Muted
	}
	return p.class(class, 0)
}

// Range shades what lies between two values of X, or of Y if Level.
type Range struct {
	From, To float64
	Level    bool
	Text     string
	Class    string // Muted when ""
}

func (r Range) draw(p *plot) {
	class := p.neutral(r.Class)
	a, b := Point{p.x(r.From), p.top}, Point{p.x(r.To), p.bottom}
	if r.Level {
		a, b = Point{p.left, p.y(r.To)}, Point{p.right, p.y(r.From)}
	}
	if math.IsNaN(a.X) || math.IsNaN(a.Y) || math.IsNaN(b.X) || math.IsNaN(b.Y) {
		return
	}
	a, b = p.inside(a), p.inside(b)
	if a.X == b.X || a.Y == b.Y {
		return // off the axis
	}
	rectangle(&p.back, class+" shade", a.X, a.Y, b.X, b.Y)
	p.say(Point{(a.X + b.X) / 2, min(a.Y, b.Y) + p.line()}, r.Text, class)
}

// Note is a text with a line to a point. Circled, the point is marked, and ends
// that differ from it are the arms of a cross: the intervals of X and Y.
type Note struct {
	At       Point
	Text     string
	Circle   bool
	XLo, XHi float64 // both 0: none
	YLo, YHi float64
	Class    string // Ink when ""
}

func (n Note) draw(p *plot) {
	class := Ink
	if n.Class != "" {
		class = p.class(n.Class, 0)
	}
	at, ok := p.at(n.At)
	if !ok || !p.holds(at) {
		return
	}
	if n.XLo != n.XHi {
		Whisker{At: n.At.Y, Lo: n.XLo, Hi: n.XHi, Class: class}.span(p, class)
	}
	if n.YLo != n.YHi {
		Whisker{At: n.At.X, Lo: n.YLo, Hi: n.YHi, Upright: true, Class: class}.span(p, class)
	}
	if n.Circle {
		p.marks.add(`<circle class="` + class + ` hollow" cx="` + num(at.X) + `" cy="` + num(at.Y) + `" r="5"/>` + "\n")
		p.inked(at.X-6, at.Y, at.X+6, at.Y)
	}
	p.say(at, n.Text, class)
}

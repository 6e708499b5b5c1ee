package chart

import (
	"math"
	"strconv"
	"strings"
)

// layer is a list of elements. Shapes that follow each other with the same
// attributes become one path: a page holds two drawings of every figure, and
// tags would be most of them.
type layer struct {
	b    strings.Builder
	open string // the attributes of the path being written; "" when none is
}

// add writes elements.
func (l *layer) add(elements string) {
	l.close()
	l.b.WriteString(elements)
}

// path adds the outline d to a path with these attributes.
func (l *layer) path(attributes, d string) {
	if l.open != attributes {
		l.close()
		l.b.WriteString("<path " + attributes + ` d="`)
		l.open = attributes
	}
	l.b.WriteString(d)
}

func (l *layer) close() {
	if l.open != "" {
		l.b.WriteString("\"/>\n")
		l.open = ""
	}
}

func (l *layer) String() string {
	l.close()
	return l.b.String()
}

func (l *layer) segment(class string, x0, y0, x1, y1 float64) {
	l.path(`class="`+class+`"`, path([]Point{{x0, y0}, {x1, y1}}))
}

// path is the outline of points, without those that repeat the one before: the
// first place, and the steps from there in tenths, which are as exact as places
// and shorter.
func path(points []Point) string {
	var b strings.Builder
	var x, y int
	command := ""
	for i, q := range points {
		nextX, nextY := tenths(q.X), tenths(q.Y)
		dx, dy := nextX-x, nextY-y
		x, y = nextX, nextY
		switch {
		case i == 0:
			b.WriteString("M" + num(q.X) + " " + num(q.Y))
		case dx == 0 && dy == 0:
		case dy == 0:
			b.WriteString("h" + step(dx))
			command = "h"
		case dx == 0:
			b.WriteString("v" + step(dy))
			command = "v"
		default:
			if command != "l" {
				b.WriteByte('l')
			} else if dx >= 0 {
				b.WriteByte(' ')
			}
			b.WriteString(step(dx))
			if dy >= 0 {
				b.WriteByte(' ')
			}
			b.WriteString(step(dy))
			command = "l"
		}
	}
	if len(points) == 1 {
		b.WriteString("h0.1") // a lone point is a speck, not nothing
	}
	return b.String()
}

// tenths is a coordinate as num writes it, times ten.
func tenths(x float64) int {
	if math.IsNaN(x) {
		return 0
	}
	return int(math.Round(min(max(x, -1e5), 1e5) * 10))
}

// step is a number of tenths, without the zero before the point.
func step(n int) string {
	text := strconv.FormatFloat(float64(n)/10, 'f', -1, 64)
	if n > -10 && n < 10 && n != 0 {
		return strings.Replace(text, "0.", ".", 1)
	}
	return text
}

// word is a text with the attributes that those next to it may share.
type word struct{ attributes, place, text string }

// wordElements writes texts. Neighbours with the same attributes are a group,
// but for those in a series' colour, for which text has rules of its own.
func wordElements(words []word) string {
	var b strings.Builder
	for i := 0; i < len(words); {
		n := 1
		for i+n < len(words) && words[i+n].attributes == words[i].attributes {
			n++
		}
		own, group := " "+words[i].attributes, n > 1 && neutral(words[i].attributes)
		if group {
			b.WriteString("<g" + own + ">\n")
			own = ""
		}
		for _, w := range words[i : i+n] {
			b.WriteString("<text" + own + w.place + ">" + w.text + "</text>\n")
		}
		if group {
			b.WriteString("</g>\n")
		}
		i += n
	}
	return b.String()
}

func neutral(attributes string) bool {
	return strings.HasPrefix(attributes, `class="`+Muted) || strings.HasPrefix(attributes, `class="`+Ink)
}

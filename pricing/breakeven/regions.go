package breakeven

// Region is a connected part of a diagram in which one curve is the cheapest,
// as one span for each of successive rows: going up the left ends and down the
// right ends draws it. Where a part of the plane branches, a branch begins a
// region of its own; together the regions cover every row without overlap.
type Region struct {
	Curve int
	Spans []Span
}

// Span is a range of X in one row.
type Span struct {
	Row      int
	From, To float64
}

// Widest is the span that is widest on the axis: where a label fits best.
func (r Region) Widest(x Axis) Span {
	best, width := r.Spans[0], -1.0
	for _, s := range r.Spans {
		if w := x.Position(s.To) - x.Position(s.From); w > width {
			best, width = s, w
		}
	}
	return best
}

// Boundary is a line on which the cheapest curve changes from the one on its
// left to the one on its right, as one point for each of successive rows.
// Where such a line runs along the rows, between two of them, it has no points;
// the ends of regions show it.
type Boundary struct {
	Left, Right int
	Points      []Point
}

// Point is a place in a diagram.
type Point struct {
	Row int
	X   float64
}

// Regions cuts the diagram into regions, by the row and X of their first span.
func (d Diagram) Regions() []Region {
	var regions []Region
	var below, here []int // the region of each segment of the last row and of this one
	for row := range d.Rows {
		here = here[:0]
		free := make([]bool, len(below)) // segments of the last row that nobody continued
		for i := range free {
			free[i] = true
		}
		for _, s := range d.Rows[row].Segments {
			region := len(regions)
			if k := d.overlap(row-1, s, free); k >= 0 {
				free[k] = false
				region = below[k]
			} else {
				regions = append(regions, Region{Curve: s.Curve})
			}
			regions[region].Spans = append(regions[region].Spans, Span{row, s.From, s.To})
			here = append(here, region)
		}
		below, here = here, below
	}
	return regions
}

// overlap is the first free segment of the row that has s's curve and a part of
// its range, -1 when there is none.
func (d Diagram) overlap(row int, s FloatSegment, free []bool) int {
	for k := range free {
		o := d.Rows[row].Segments[k]
		if free[k] && o.Curve == s.Curve && o.From < s.To && s.From < o.To {
			return k
		}
	}
	return -1
}

// Boundaries traces where the cheapest curve changes, by the row and X of their
// first point.
func (d Diagram) Boundaries() []Boundary {
	var all []Boundary
	var below, here []int // boundaries that reached the last row and this one
	for row := range d.Rows {
		here = here[:0]
		segments := d.Rows[row].Segments
		for i := 1; i < len(segments); i++ {
			left, right := segments[i-1].Curve, segments[i].Curve
			found := len(all)
			for k, b := range below {
				if b >= 0 && all[b].Left == left && all[b].Right == right {
					found, below[k] = b, -1
					break
				}
			}
			if found == len(all) {
				all = append(all, Boundary{Left: left, Right: right})
			}
			all[found].Points = append(all[found].Points, Point{row, segments[i].From})
			here = append(here, found)
		}
		below, here = here, below
	}
	return all
}

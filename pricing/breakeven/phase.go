package breakeven

import (
	"fmt"

	"frontdoor/pricing"
)

// Diagram says who is the cheapest on a plane: exactly along X in each row, by
// as many rows as were computed across.
type Diagram struct {
	X    Axis
	Rows []Row
}

// Row is one row of a diagram.
type Row struct {
	Segments []FloatSegment // cover the axis
	Cells    []int          // the cheapest curve in the middle of each cell
}

// Phase draws the diagram of rows rows; curves gives those of a row, the same
// fronts in the same order for each.
func Phase(xs Axis, rows int, curves func(row int) ([]pricing.FloatCurve, error)) (Diagram, error) {
	if err := xs.check(); err != nil {
		return Diagram{}, err
	}
	if rows < 1 {
		return Diagram{}, fmt.Errorf("diagram of %d rows: it needs at least 1", rows)
	}
	d := Diagram{X: xs, Rows: make([]Row, rows)}
	middles := make([]float64, xs.Cells)
	for i := range middles {
		middles[i] = xs.At(float64(i) + 0.5)
	}
	cells := make([]int, rows*xs.Cells)
	var s sweep
	fronts := 0
	for i := range d.Rows {
		lines, err := curves(i)
		if err == nil {
			err = checkCurves(lines)
		}
		if err != nil {
			return Diagram{}, fmt.Errorf("row %d: %w", i, err)
		}
		if i == 0 {
			fronts = len(lines)
		} else if len(lines) != fronts {
			return Diagram{}, fmt.Errorf("row %d has %d cost curves and row 0 has %d: each needs those of all fronts", i, len(lines), fronts)
		}
		d.Rows[i].Segments = s.float(nil, lines, xs.From, xs.To)
		d.Rows[i].Cells, cells = cells[:xs.Cells:xs.Cells], cells[xs.Cells:]
		d.Rows[i].fill(middles)
	}
	return d, nil
}

func (r *Row) fill(middles []float64) {
	k := 0
	for i, x := range middles {
		for k+1 < len(r.Segments) && r.Segments[k+1].From <= x {
			k++
		}
		r.Cells[i] = r.Segments[k].Curve
	}
}

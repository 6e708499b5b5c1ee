package breakeven

import (
	"fmt"
	"math"
)

// Axis divides a range into cells of equal width, on a logarithmic scale if Log.
type Axis struct {
	From, To float64
	Cells    int
	Log      bool
}

func (a Axis) check() error {
	switch {
	case a.Cells < 1:
		return fmt.Errorf("axis of %d cells: it needs at least 1", a.Cells)
	case !(a.From >= 0 && a.From < a.To && finite(a.To)):
		return fmt.Errorf("axis from %g to %g: it must begin at 0 or more and end above its beginning", a.From, a.To)
	case a.Log && a.From == 0:
		return fmt.Errorf("logarithmic axis from 0 to %g: it must begin above 0", a.To)
	}
	return nil
}

// At is the value at a position counted in cells: 0 is From, Cells is To, and
// i+0.5 the middle of cell i.
func (a Axis) At(position float64) float64 {
	share := position / float64(a.Cells)
	if a.Log {
		return a.From * math.Pow(a.To/a.From, share)
	}
	return a.From + (a.To-a.From)*share
}

// Position is where x lies, counted in cells; the inverse of At.
func (a Axis) Position(x float64) float64 {
	share := (x - a.From) / (a.To - a.From)
	if a.Log {
		share = math.Log(x/a.From) / math.Log(a.To/a.From)
	}
	return share * float64(a.Cells)
}

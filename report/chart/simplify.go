package chart

import "math"

// fine is how far a line may be drawn beside its points: less than anybody sees.
const fine = 0.3

// simplified is a line without the points that lie on it all the same, as
// Douglas and Peucker choose them (The Canadian Cartographer 10, 1973, 112). The
// ends stay, and so does every point that is farther away than fine.
func simplified(points []Point) []Point {
	if len(points) < 3 {
		return points
	}
	first, last := points[0], points[len(points)-1]
	far, at := 0.0, 0
	for i, q := range points[1 : len(points)-1] {
		if d := away(q, first, last); d > far {
			far, at = d, i+1
		}
	}
	if far <= fine {
		return []Point{first, last}
	}
	head := simplified(points[:at+1])
	return append(head[:len(head)-1:len(head)-1], simplified(points[at:])...)
}

// away is how far q is from the line between a and b.
func away(q, a, b Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	along := dx*dx + dy*dy
	if along == 0 {
		return math.Hypot(q.X-a.X, q.Y-a.Y)
	}
	t := min(max(((q.X-a.X)*dx+(q.Y-a.Y)*dy)/along, 0), 1)
	return math.Hypot(q.X-a.X-t*dx, q.Y-a.Y-t*dy)
}

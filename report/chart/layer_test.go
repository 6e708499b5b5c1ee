package chart

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

// places reads a path back: its points, as a viewer would place them.
func places(t *testing.T, d string) []Point {
	t.Helper()
	var list []Point
	var at Point
	number := regexp.MustCompile(`-?(?:\d+\.?\d*|\.\d+)`)
	for _, m := range regexp.MustCompile(`([MlhvZ])([^MlhvZ]*)`).FindAllStringSubmatch(d, -1) {
		var values []float64
		for _, text := range number.FindAllString(m[2], -1) {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, v)
		}
		switch m[1] {
		case "M":
			at = Point{values[0], values[1]}
			list = append(list, at)
		case "h":
			at.X += values[0]
			list = append(list, at)
		case "v":
			at.Y += values[0]
			list = append(list, at)
		case "l":
			for i := 0; i+1 < len(values); i += 2 {
				at = Point{at.X + values[i], at.Y + values[i+1]}
				list = append(list, at)
			}
		}
	}
	return list
}

// Steps lead to the places that the points have, however many there are.
func FuzzPath(f *testing.F) {
	f.Add(1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
	f.Add(0.04, 0.0, 0.06, 0.0, -0.31, 7.0)
	f.Add(10.0, -0.5, 9.5, -1.5, 9.5, 0.5)
	f.Add(-1e9, 1e9, math.NaN(), 0.0, 899.95, -0.05)
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g float64) {
		var points, want []Point
		for i := range 12 { // again and again: an error would add up
			points = append(points, Point{a, b}, Point{c, d}, Point{e, g + float64(i)})
		}
		for i, q := range points {
			place := Point{float64(tenths(q.X)) / 10, float64(tenths(q.Y)) / 10}
			if i == 0 || place != want[len(want)-1] {
				want = append(want, place)
			}
		}
		got := places(t, path(points))
		if len(got) != len(want) {
			t.Fatalf("%s: %d points, want %d", path(points), len(got), len(want))
		}
		for i := range got {
			if math.Abs(got[i].X-want[i].X) > 1e-6 || math.Abs(got[i].Y-want[i].Y) > 1e-6 {
				t.Fatalf("%s: point %d is %v, want %v", path(points), i, got[i], want[i])
			}
		}
	})
}

func TestPath(t *testing.T) {
	for _, c := range []struct {
		points []Point
		want   string
	}{
		{nil, ""},
		{[]Point{{1, 2}}, "M1 2h0.1"},
		{[]Point{{1, 2}, {1, 2}, {1.5, 1.5}, {3, 3}}, "M1 2l.5-.5 1.5 1.5"},
		{[]Point{{0, 0}, {10, 0}, {10, -10}, {9.5, -9}}, "M0 0h10v-10l-.5 1"},
	} {
		if got := path(c.points); got != c.want {
			t.Errorf("path(%v) = %q, want %q", c.points, got, c.want)
		}
	}
}

// What is left of a line passes every point that was left out.
func FuzzSimplified(f *testing.F) {
	f.Add(uint8(40), 3.0, 0.1)
	f.Add(uint8(200), 100.0, 0.7)
	f.Add(uint8(3), 0.0, 0.0)
	f.Fuzz(func(t *testing.T, n uint8, height, pace float64) {
		if !finite(height) || !finite(pace) || math.Abs(height) > 1e6 {
			t.Skip()
		}
		var points []Point
		for i := range int(n) {
			points = append(points, Point{float64(i), height * math.Sin(float64(i)*pace)})
		}
		short := simplified(points)
		if n > 0 && (short[0] != points[0] || short[len(short)-1] != points[n-1]) {
			t.Fatal("an end is gone")
		}
		for _, q := range points {
			nearest := math.Inf(1)
			for i := range short {
				nearest = min(nearest, away(q, short[max(i-1, 0)], short[i]))
			}
			if nearest > fine {
				t.Fatalf("%v is %.2f away from the line", q, nearest)
			}
		}
	})
}

func TestSimplified(t *testing.T) {
	line := []Point{{0, 0}, {1, 1.01}, {2, 2}, {3, 2.95}, {4, 0}, {9, 0}}
	if got := simplified(line); len(got) != 4 || got[1] != (Point{3, 2.95}) || got[2] != (Point{4, 0}) {
		t.Errorf("%v", got)
	}
}

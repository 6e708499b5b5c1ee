package pricing

import "testing"

// HTTP API in us-east-1: $1.00 a million for the first 300 million requests,
// $0.90 after (API Gateway's pricing page). 400 million are 300 + 90 dollars.
func TestCurve(t *testing.T) {
	c := Curve{Pieces: []Piece{
		{Slope: usd(t, "0.000001")},
		{From: Count(300e6), Intercept: usd(t, "30"), Slope: usd(t, "0.0000009")},
	}}
	f := c.Float()
	for x, want := range map[int64]string{0: "0", 10e6: "10", 300e6 - 1: "299.999999", 300e6: "300", 400e6: "390"} {
		if got := c.At(Count(x)); got.String() != want {
			t.Errorf("%d requests cost %s, want %s", x, got, want)
		}
		if got := f.At(float64(x)); got-usd(t, want).Float() > 1e-12 || usd(t, want).Float()-got > 1e-12 {
			t.Errorf("%d requests cost %g in float64, want %s", x, got, want)
		}
	}
	if f.From[1] != 300e6 || f.Intercept[1] != 30 || f.Slope[1] != 0.9e-6 || len(f.From)+len(f.Intercept)+len(f.Slope) != 6 {
		t.Errorf("in float64: %+v", f)
	}
}

// 16.425 against 1e-6 a request: 730 hours of a load balancer at $0.0225.
func TestPieceMeets(t *testing.T) {
	fixed := Piece{Intercept: usd(t, "16.425")}
	request := Piece{Slope: usd(t, "0.000001")}
	for _, pair := range [][2]Piece{{fixed, request}, {request, fixed}} {
		if x, ok := pair[0].Meets(pair[1]); !ok || !x.Equal(Count(16_425_000)) {
			t.Errorf("they meet at %s, %t", x, ok)
		}
	}
	if x, ok := fixed.Meets(Piece{}); ok {
		t.Errorf("parallel lines meet at %s", x)
	}
}

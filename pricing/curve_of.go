package pricing

import (
	"cmp"
	"fmt"
	"slices"
)

// Axis is what a cost curve runs along.
type Axis string

// The axes. Everything else about a usage stays as it is.
const (
	AlongRequests Axis = "requests"  // of a month
	AlongBilledMS Axis = "billed_ms" // mean of an invocation, already rounded up
)

// Curve is the exact cost of a usage along an axis. At the usage's own value it
// is the Total of its bill.
func (b *Book) Curve(u Usage, along Axis, o BillOptions) (Curve, error) {
	terms, err := b.terms(u, along, o)
	if err != nil {
		return Curve{}, fmt.Errorf("cost curve of front %q: %w", u.Front, err)
	}
	c := Curve{Front: u.Front}
	for _, s := range slopes(terms) {
		c.Pieces = append(c.Pieces, Piece{From: s.from, Intercept: USD{s.intercept.n}, Slope: USD{s.slope.n}})
	}
	return c, nil
}

// FloatCurve is Curve in float64, several times as fast: for sweeps and
// simulations, which need thousands.
func (b *Book) FloatCurve(u Usage, along Axis, o BillOptions) (FloatCurve, error) {
	exact, err := b.terms(u, along, o)
	if err != nil {
		return FloatCurve{}, fmt.Errorf("cost curve of front %q: %w", u.Front, err)
	}
	terms := make([]term[float], len(exact))
	for i, t := range exact {
		terms[i] = t.float()
	}
	pieces := slopes(terms)
	c := FloatCurve{make([]float64, len(pieces)), make([]float64, len(pieces)), make([]float64, len(pieces))}
	for i, s := range pieces {
		c.From[i], c.Intercept[i], c.Slope[i] = float64(s.from), float64(s.intercept), float64(s.slope)
	}
	return c, nil
}

// real is what a curve is computed in: Quantity, exactly, or float.
type real[T any] interface {
	Add(T) T
	Sub(T) T
	Mul(T) T
	Div(T) T
	Cmp(T) int
	Sign() int
}

type float float64

func (f float) Add(g float) float { return f + g }
func (f float) Sub(g float) float { return f - g }
func (f float) Mul(g float) float { return f * g }
func (f float) Div(g float) float { return f / g }
func (f float) Cmp(g float) int   { return cmp.Compare(f, g) }
func (f float) Sign() int         { return cmp.Compare(f, 0) }

var (
	_ real[Quantity] = Quantity{}
	_ real[float]    = float(0)
)

// term is one meter along an axis: a quantity fixed + perX*x, of which free is
// not paid, on bands that begin at start.
type term[T real[T]] struct {
	fixed, perX, free, start T
	bands                    []band[T]
}

type band[T any] struct{ from, price T }

// terms are the meters of a usage.
func (b *Book) terms(u Usage, along Axis, o BillOptions) ([]term[Quantity], error) {
	items := merged(u.Items)
	moves := make([]growth, len(items))
	for i, item := range items {
		moves[i] = item.along(u, along)
	}
	granted, err := b.grants(items, moves, o)
	if err != nil {
		return nil, err
	}
	terms := make([]term[Quantity], len(items))
	for i, item := range items {
		rates, gap, err := b.priced(item, o.AsOf)
		if err != nil {
			return nil, err
		}
		if gap != "" {
			continue // as on a bill
		}
		terms[i] = term[Quantity]{fixed: moves[i].fixed, perX: moves[i].perX, free: granted[i].free(), start: granted[i].start, bands: make([]band[Quantity], len(rates))}
		for j, r := range rates {
			terms[i].bands[j] = band[Quantity]{r.Tier.From, Quantity{r.USD.n}}
		}
	}
	return terms, nil
}

// along splits the quantity of an item in what is fixed and what grows.
func (i Item) along(u Usage, along Axis) growth {
	perX, at := i.PerRequest, u.Requests
	if along == AlongBilledMS {
		perX, at = i.PerMS, u.BilledMS.Low
	}
	return growth{i.Quantity.Sub(perX.Mul(at)), perX}
}

func (t term[T]) float() term[float] {
	f := func(x T) float { return float(any(x).(Quantity).Float()) }
	g := term[float]{fixed: f(t.fixed), perX: f(t.perX), free: f(t.free), start: f(t.start), bands: make([]band[float], len(t.bands))}
	for i, b := range t.bands {
		g.bands[i] = band[float]{f(b.from), f(b.price)}
	}
	return g
}

// straight is intercept + slope*x for x from from on.
type straight[T any] struct{ from, intercept, slope T }

// slopes adds terms up to straight pieces. From one band to the next a term's
// slope changes by the difference of the prices, and its intercept so that the
// cost does not jump; both are changes of sums, so the order of events decides
// the pieces.
func slopes[T real[T]](terms []term[T]) []straight[T] {
	events := make([]straight[T], 0, 4*len(terms)+1)
	events = append(events, straight[T]{})
	for _, t := range terms {
		events = t.events(events)
	}
	slices.SortStableFunc(events, func(x, y straight[T]) int { return x.from.Cmp(y.from) })
	pieces := events[:1]
	for _, e := range events[1:] {
		last := pieces[len(pieces)-1]
		sum := straight[T]{e.from, last.intercept.Add(e.intercept), last.slope.Add(e.slope)}
		if last.from.Cmp(e.from) == 0 {
			pieces[len(pieces)-1] = sum
		} else {
			pieces = append(pieces, sum)
		}
	}
	return pieces
}

// events appends the changes of slope and intercept that a term brings. Before
// its free quantity is used up it costs nothing; from then on each band that
// begins is one change.
func (t term[T]) events(events []straight[T]) []straight[T] {
	var zero, price T
	for i, b := range t.bands {
		last := i == len(t.bands)-1
		if !last && t.bands[i+1].from.Cmp(t.start) <= 0 {
			continue // below where this term begins
		}
		// In this band from the quantity at which it is entered: the cost then is
		// what it was, so the intercept takes back the rise of the slope.
		entered := t.free
		if b.from.Cmp(t.start) > 0 {
			entered = entered.Add(b.from.Sub(t.start))
		}
		rise := b.price.Sub(price)
		price = b.price
		beyond := t.fixed.Sub(entered)
		e := straight[T]{intercept: rise.Mul(beyond), slope: rise.Mul(t.perX)}
		switch {
		case beyond.Sign() >= 0:
		case t.perX.Sign() == 0:
			return events // never entered
		default:
			e.from = zero.Sub(beyond).Div(t.perX)
		}
		events = append(events, e)
	}
	return events
}

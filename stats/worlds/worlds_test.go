package worlds

import (
	"io"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"frontdoor/stats"
)

// The truth that coverage is measured against is what the world makes: the
// quantile of 4,000 trials is within four standard errors of it, taken from the
// scatter of the share below it in groups of trials.
func TestQuantilesOfWorlds(t *testing.T) {
	for _, w := range Worlds() {
		if !w.Still() {
			continue
		}
		rng := rand.New(rand.NewPCG(1, 1))
		for _, q := range []float64{0.5, 0.99} {
			var shares []float64
			truth := w.Quantile(q)
			for range 40 {
				below := 0
				for range 100 {
					for _, v := range w.trial(rng, 50, 0) {
						if v <= truth {
							below++
						}
					}
				}
				shares = append(shares, float64(below)/5000)
			}
			mean, squares := stats.Mean(shares), 0.0
			for _, s := range shares {
				squares += (s - mean) * (s - mean)
			}
			if se := math.Sqrt(squares / 39 / 40); math.Abs(mean-q) > 4*se {
				t.Errorf("%s: %.5f of values are at most the %g-quantile; standard error %.5f", w.Name, mean, q, se)
			}
		}
	}
}

// A trial's factor has the deviation that its world says, on top of what is left
// of the requests' scatter in a mean of 2,500: 0.5/50. 400 trials know a deviation
// to 3.5 %.
func TestTrialsDiffer(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for _, trial := range []float64{0, 0.05} {
		squares := 0.0
		for range 400 {
			sum := 0.0
			for _, v := range (World{Trial: trial}).trial(rng, 2500, 0) {
				sum += math.Log(v)
			}
			squares += sum / 2500 * sum / 2500
		}
		if got, want := math.Sqrt(squares/400), math.Hypot(trial, 0.01); math.Abs(got/want-1) > 0.14 {
			t.Errorf("trials differ by %.4f, want %.4f", got, want)
		}
	}
}

// Each front has its turn in each round; only random blocks change the order.
func TestTurns(t *testing.T) {
	for name, c := range map[string]struct {
		order order
		want  []int
	}{
		"alternating": {alternating, []int{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}},
		"sequential":  {sequential, []int{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}},
	} {
		if got := equal(3, 4, 1, c.order).turns(rand.New(rand.NewPCG(1, 1))); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	turns := equal(3, 200, 1, blocks).turns(rand.New(rand.NewPCG(1, 1)))
	first := make([]int, 3)
	for block := range slices.Chunk(turns, 3) {
		if !slices.Equal(slices.Sorted(slices.Values(block)), []int{0, 1, 2}) {
			t.Fatalf("a round visits %v", block)
		}
		first[block[0]]++
	}
	if slices.Min(first) < 40 { // 67 are expected, with a standard deviation of 6.7
		t.Errorf("first of a round: %v", first)
	}
}

// One clock runs through a session, whoever's turn it is: in a world that only
// drifts, levels rise in the order of turns.
func TestDriftRunsOnOneClock(t *testing.T) {
	w := World{drift: linear}
	for _, o := range []order{blocks, alternating, sequential} {
		s := equal(2, 5, 40_000, o)
		turns := s.turns(rand.New(rand.NewPCG(3, 3)))
		times := s.run(w, rand.New(rand.NewPCG(3, 3)))
		visits := make([]int, 2)
		medians := [][]float64{stats.ByRound(times[0], p50()), stats.ByRound(times[1], p50())}
		for i, front := range turns {
			median := medians[front][visits[front]]
			if want := math.Pow(1.1, float64(i)/10); math.Abs(median/want-1) > 0.013 { // four standard errors
				t.Errorf("order %d, trial %d: median %.4f, want %.4f", o, i, median, want)
			}
			visits[front]++
		}
	}
}

// The result depends on the seed alone, and not on how many processors there are.
func TestMeasureRepeats(t *testing.T) {
	e := own(6)
	e.Rows = e.Rows[:2]
	first := e.Measure(7)
	before := runtime.GOMAXPROCS(1)
	again := e.Measure(7)
	runtime.GOMAXPROCS(before)
	if !reflect.DeepEqual(first, again) {
		t.Errorf("%v, then %v", first, again)
	}
	if first[0][2] != (Cell{6, 6}) {
		t.Errorf("p50 is shown in %v", first[0][2])
	}
}

func TestSilentOutcomesAreNotCounted(t *testing.T) {
	cells := make([]Cell, 3)
	count(cells, []Outcome{Yes, No, Silent})
	count(cells, []Outcome{Yes, Yes, Silent})
	if want := []Cell{{2, 2}, {1, 2}, {0, 0}}; !slices.Equal(cells, want) {
		t.Errorf("%v, want %v", cells, want)
	}
	if got := percentages(cells); got != " 100.0 | 50.0 | – |" {
		t.Errorf("%q", got)
	}
	if se := (Cell{5, 100}).StandardError(); math.Abs(se-0.021794) > 1e-6 { // sqrt(.05*.95/100)
		t.Errorf("standard error %g", se)
	}
}

// The committed document is of the plan and the tables that the command has: its
// figures may be old, its words may not.
func TestPublishedDocumentIsThisPlan(t *testing.T) {
	data, err := os.ReadFile("../../docs/error-rates.md")
	if err != nil {
		t.Fatal(err)
	}
	document := string(data)
	if !strings.HasPrefix(document, Header(Published())) {
		t.Error("docs/error-rates.md does not begin with this plan: run go run ./stats/worlds/measure")
	}
	for _, e := range Published().Experiments() {
		_, table, found := strings.Cut(document, e.Head())
		if !found {
			t.Errorf("docs/error-rates.md lacks the table %q as it is now: run go run ./stats/worlds/measure", e.Title)
			continue
		}
		lines := strings.Split(table, "\n")
		for i, row := range e.Rows {
			if i >= len(lines) || !strings.HasPrefix(lines[i], "| "+row.Name+" |") || strings.Count(lines[i], "|") != len(e.Columns)+2 {
				t.Errorf("%s: row %d is not %q with %d figures", e.Title, i+1, row.Name, len(e.Columns))
			}
		}
	}
}

// What is written by a plan of a session each has what the test above looks for.
func TestDocument(t *testing.T) {
	if testing.Short() || raced {
		t.Skip("a session of every row")
	}
	var b strings.Builder
	p := Plan{Seed: 1, Pairs: 1, Families: 1, Own: 1, Ratios: 1, Detection: 1, Equivalent: 1}
	if err := Document(&b, io.Discard, p, "a test"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{Header(p), "Measured with a test.", p.Experiments()[5].Head()} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the document lacks %q", want)
		}
	}
}

package contract

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"frontdoor/front"
	"frontdoor/lab"
	"frontdoor/record"
	"frontdoor/telemetry"
)

// Subject is the handler under check and how it is configured.
type Subject struct {
	Name         string                    // as the report calls it
	Command      func(front.Kind) []string // the bootstrap behind a front of the kind
	Dir          string                    // where it runs
	Environment  map[string]string
	MemoryMB     int
	Timeout      time.Duration
	Architecture string
	Lab          lab.Config // of tables and buckets; fronts, logs and observer are the check's own
	Base         Request    // a request that the handler is known to answer
}

// Result is what a check found.
type Result struct {
	Handler  string       `json:"handler"`
	Fronts   []front.Kind `json:"fronts"`
	Cases    int          `json:"cases"`
	Findings []Finding    `json:"findings"` // by level, then by front in the order of Fronts
}

// Kinds lists the kinds of front that can be checked: those with a Lambda function
// that answers. On a response event it only works on an answer, and a CloudFront
// Function is no program.
func Kinds() []front.Kind {
	return slices.DeleteFunc(front.Kinds(), func(k front.Kind) bool { return !k.Answers() || k == front.CloudFrontFunction })
}

// Check sends every case through every front to the handler, twice, so that an
// answer that varies by itself is not taken for one that varies by front.
func Check(ctx context.Context, s Subject, kinds []front.Kind) (*Result, error) {
	result := &Result{Handler: s.Name, Fronts: kinds, Cases: len(Cases())}
	var behind []*bench
	for _, k := range kinds {
		b, err := s.behind(ctx, k)
		var refused *front.AssociationError
		switch {
		case errors.As(err, &refused):
			result.Findings = append(result.Findings, refusedFinding(k, refused))
		case err != nil:
			return nil, fmt.Errorf("front %s: %w", k, err)
		default:
			behind = append(behind, b)
		}
	}
	for _, b := range behind {
		result.Findings = append(result.Findings, b.findings(s)...)
	}
	result.Findings = slices.Concat(result.Findings, differences(behind), refusals(behind))
	result.sort()
	return result, nil
}

// bench is what was seen of a handler behind one front.
type bench struct {
	door    front.Door
	asked   []asked
	reports []record.Report
}

// asked is one case at one front: every request of it in order.
type asked struct {
	Case
	replies   []reply
	exchanges []lab.Exchange
	err       error // of a request that got no answer; the others are there
}

// behind sends the cases through one front.
func (s Subject) behind(ctx context.Context, k front.Kind) (*bench, error) {
	door, err := front.Of(k)
	if err != nil {
		return nil, err
	}
	logs, err := os.MkdirTemp("", "bench-check-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(logs)
	seen := &watch{by: map[string]lab.Exchange{}}
	config := s.Lab
	config.LogDir, config.Fronts, config.Observe = logs, []lab.Front{s.front(k)}, seen.observe
	l, err := lab.Start(config)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	b := &bench{door: door}
	for i, c := range Cases() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if c.For(door) {
			b.asked = append(b.asked, s.ask(c, door, l.Fronts()[0].URL, seen, fmt.Sprint(i)))
		}
	}
	l.Settle()
	b.reports, err = telemetry.ReadReports(logs).Next("")
	return b, err
}

// front is the front of the kind with the handler behind it.
func (s Subject) front(k front.Kind) lab.Front {
	return lab.Front{
		ID: string(k), Kind: k, Region: "us-east-1", Command: s.Command(k), Dir: s.Dir, Environment: s.Environment,
		MemoryMB: s.MemoryMB, Architecture: s.Architecture, Timeout: s.Timeout, Concurrency: 16,
	}
}

// repeats is how often a case is sent.
const repeats = 2

// ask sends one case.
func (s Subject) ask(c Case, d front.Door, url string, seen *watch, id string) asked {
	r := c.Request(s.Base, d.Limits)
	out := asked{Case: c}
	for i := range repeats {
		out.atOnce(max(1, r.Times), func(j int) (reply, string, error) {
			name := fmt.Sprintf("%s.%d.%d", id, i, j)
			a, err := send(url, r, name, s.Timeout+10*time.Second)
			return a, name, err
		}, seen)
	}
	return out
}

// atOnce sends n requests together and keeps what came of each, in order.
func (a *asked) atOnce(n int, one func(int) (reply, string, error), seen *watch) {
	replies, names, errs := make([]reply, n), make([]string, n), make([]error, n)
	var wg sync.WaitGroup
	for j := range n {
		wg.Go(func() { replies[j], names[j], errs[j] = one(j) })
	}
	wg.Wait()
	for j := range n {
		if errs[j] != nil {
			a.err = errs[j]
			continue
		}
		a.replies = append(a.replies, replies[j])
		a.exchanges = append(a.exchanges, seen.of(names[j]))
	}
}

// watch keeps what the lab's observer saw, by the request's own name.
type watch struct {
	mu sync.Mutex
	by map[string]lab.Exchange
}

func (w *watch) observe(x lab.Exchange) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.by[x.Request.Header.Get(caseHeader)] = x
}

// of is the exchange of a request, without a Front when the lab's server refused
// the request before any front saw it.
func (w *watch) of(name string) lab.Exchange {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.by[name]
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}

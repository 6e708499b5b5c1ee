package tables

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

const ms = time.Millisecond

// standIn answers each write after a while of its own, by the item's version, and keeps
// what was asked for in order.
type standIn struct {
	mu    sync.Mutex
	begun time.Time
	takes map[string]time.Duration
	fails map[string]error
	asked []string
}

func (s *standIn) writer() *Writer {
	s.begun = time.Now()
	return &Writer{put: func(ctx context.Context, t Table, item map[string]any) (answer, error) {
		name := fmt.Sprintf("%s %v", item[t.Key], item["v"])
		s.mu.Lock()
		s.asked = append(s.asked, fmt.Sprintf("%s at %s", name, time.Since(s.begun)))
		s.mu.Unlock()
		select {
		case <-time.After(s.takes[name]):
		case <-ctx.Done():
			return answer{attempts: 1}, ctx.Err()
		}
		return answer{units: 2, attempts: 1}, s.fails[name]
	}}
}

// line is an item whose version 0 is there before, and whose others come at dues.
func line(key string, dues ...time.Duration) Line {
	l := Line{Table: Table{"Jobs", "eu-west-1", "Id"}, Key: key, Versions: []Version{{Seed: true, Item: map[string]any{"v": 0}, Units: 1}}}
	for i, due := range dues {
		l.Versions = append(l.Versions, Version{Number: i + 1, Due: due, Item: map[string]any{"v": i + 1}, Units: 1})
	}
	return l
}

// Each version is written at its time; one that is late is waited for by those behind it,
// and by nobody else.
func TestPlayKeepsTheOrderOfAnItem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &standIn{takes: map[string]time.Duration{"a 1": 250 * ms, "a 2": 10 * ms, "b 1": 10 * ms}}
		w := s.writer()
		lines := []Line{line("a", 100*ms, 200*ms), line("b", 150*ms, 900*ms)}
		end := w.Play(t.Context(), time.Now(), lines)
		time.Sleep(500 * ms)
		made := end()
		want := []string{"a 1 at 100ms", "b 1 at 150ms", "a 2 at 350ms"} // b 2 is not due when the trial ends
		if !slices.Equal(s.asked, want) {
			t.Errorf("asked for %q, want %q", s.asked, want)
		}
		late := []time.Duration{250 * ms, 10 * ms, 160 * ms}
		for i, m := range made {
			if m.Late(lines) != late[i] || m.Err != nil || m.Units != 2 || m.Done-m.Sent <= 0 {
				t.Errorf("%+v is %s late, want %s", m, m.Late(lines), late[i])
			}
		}
	})
}

// What is on its way when a trial ends is waited for; what an interrupt finds is not.
func TestPlayEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, interrupted := range []bool{false, true} {
			s := &standIn{takes: map[string]time.Duration{"a 1": time.Second}}
			ctx, cancel := context.WithCancel(t.Context())
			end := s.writer().Play(ctx, time.Now(), []Line{line("a", 100*ms)})
			time.Sleep(200 * ms)
			if interrupted {
				cancel()
			}
			made := end()
			if took := time.Since(s.begun); (took == 200*ms) != interrupted {
				t.Errorf("interrupted %v: it ended after %s", interrupted, took)
			}
			if len(made) != 1 || errors.Is(made[0].Err, context.Canceled) != interrupted {
				t.Errorf("interrupted %v: %+v", interrupted, made)
			}
			cancel()
		}
	})
}

// Seeds are written before a trial, however many they are, and the first that fails ends
// it with its error.
func TestSeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var lines []Line
		for i := range 3 * atOnce {
			lines = append(lines, line(fmt.Sprint("k", i), 5*ms))
		}
		s := &standIn{takes: map[string]time.Duration{"k0 0": 40 * ms}}
		made, err := s.writer().Seed(t.Context(), lines)
		if err != nil || len(made) != len(lines) || len(s.asked) != len(lines) {
			t.Errorf("%d written, %d asked for, want %d: %v", len(made), len(s.asked), len(lines), err)
		}
		for _, m := range made {
			if m.Version != 0 || m.Sent >= 0 || m.Done >= 0 || m.Sent < -40*ms {
				t.Errorf("not before the trial: %+v", m)
			}
		}
		refused := errors.New("refused")
		s = &standIn{fails: map[string]error{"k7 0": refused}, takes: map[string]time.Duration{}}
		for _, l := range lines {
			s.takes[l.Key+" 0"] = time.Millisecond
		}
		made, err = s.writer().Seed(t.Context(), lines)
		if err != refused || len(made) == len(lines) {
			t.Errorf("%d of %d written after %v", len(made), len(lines), err)
		}
	})
}

// A read is stale whose version was not written when it was due: late, failed, or never
// made. One before the first version finds nothing, as it should.
func TestStale(t *testing.T) {
	lines := []Line{line("a", 300*ms, 700*ms)}
	lines[0].Reads = []time.Duration{0, 400 * ms, 800 * ms}
	unseeded := line("b", 300*ms)
	unseeded.Versions = unseeded.Versions[1:]
	unseeded.Reads = []time.Duration{0, 400 * ms}
	seed := Made{Version: 0, Sent: -2 * ms, Done: -ms}
	at := func(version int, done time.Duration) Made { return Made{Version: version, Done: done} }
	failed := at(1, 301*ms)
	failed.Err = errors.New("refused")
	for name, c := range map[string]struct {
		lines []Line
		made  []Made
		stale int
	}{
		"at their times":           {lines, []Made{seed, at(1, 310*ms), at(2, 705*ms)}, 0},
		"just in time":             {lines, []Made{seed, at(1, 400*ms), at(2, 800*ms)}, 0},
		"one too late":             {lines, []Made{seed, at(1, 401*ms), at(2, 705*ms)}, 1},
		"one failed":               {lines, []Made{seed, failed, at(2, 705*ms)}, 1},
		"the last was not made":    {lines, []Made{seed, at(1, 310*ms)}, 1},
		"nothing was made":         {lines, nil, 3},
		"nothing is there at once": {[]Line{unseeded}, []Made{at(0, 310*ms)}, 0},
	} {
		stale, reads := Stale(c.lines, c.made)
		if stale != c.stale || reads != len(c.lines[0].Reads) {
			t.Errorf("%s: %d of %d reads are stale, want %d", name, stale, reads, c.stale)
		}
	}
}

// An item is the version's with the key, and the version stays as it was.
func TestWhole(t *testing.T) {
	l := line("a", ms)
	if got, want := l.whole(l.Versions[1]), map[string]any{"Id": "a", "v": 1}; !maps.Equal(got, want) || len(l.Versions[1].Item) != 1 {
		t.Errorf("%v of %v, want %v", got, l.Versions[1].Item, want)
	}
}

// A table that does not answer is waited for as long as the writer waits, and no longer,
// whether it is tried or written.
func TestNoAnswer(t *testing.T) {
	done := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
	defer silent.Close()
	defer close(done)
	for name, value := range map[string]string{"AWS_ENDPOINT_URL_DYNAMODB": silent.URL, "AWS_ACCESS_KEY_ID": "AKIDSTANDIN", "AWS_SECRET_ACCESS_KEY": "secret-of-nobody", "AWS_CONFIG_FILE": "/dev/null"} {
		t.Setenv(name, value)
	}
	w, jobs := NewWriter(nil), Table{Name: "Jobs", Region: "ap-northeast-1", Key: "JobId"}
	w.within = ms
	const want = `write into table "Jobs" in ap-northeast-1: there was no answer for 1ms`
	if err := w.Try(t.Context(), jobs); err == nil || err.Error() != want {
		t.Errorf("tried: %v, want %s", err, want)
	}
	if _, err := w.put(t.Context(), jobs, map[string]any{"JobId": "job-1"}); err == nil || err.Error() != want {
		t.Errorf("written: %v, want %s", err, want)
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdoor/pricing"
	"frontdoor/record"
)

// progressing is a job that sessions poll three times, each 400 ms behind a change of it.
const progressing = `version: 1
name: progressing
handler: status
fronts:
  - {id: url, kind: function-url, region: ap-northeast-1}
tables:
  - name: MediaConvertJobIdToStatus
    region: ap-northeast-1
    key: JobId
    timelines:
      - key: job-*
        versions:
          - {item: {JobStatus: SUBMITTED, ProgressRate: 0}}
          - {after: 400ms, item: {JobStatus: PROGRESSING, ProgressRate: 50}}
          - {after: 1200ms, item: {JobStatus: UPLOADING_IT, ProgressRate: 99}}
requests:
  - {method: GET, path: /api/media/status, query: {job_id: "{session}"}, expect: {body: {json: {success: true}}}}
load: {rate: 30/s, polling: {every: 800ms, times: 3}, duration: 2400ms, arrivals: poisson}
rounds: 1
`

// On AWS bench writes what in the lab changes by itself. A lab in another process stands
// for AWS, in which nothing does, and the same load is sent to a lab in which it does:
// what pollers find is the same, whatever the machine's speed.
func TestTimelinesArePlayed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "progressing.yaml"), []byte(progressing), 0o600); err != nil {
		t.Fatal(err)
	}
	variables := startLab(t, dir, "progressing.yaml")
	run := func(args ...string) *record.Recording {
		t.Helper()
		out := t.TempDir()
		cmd := exec.Command(os.Args[0], append([]string{"run", "progressing.yaml", "--seed", "5", "--count-invalid", "--out", out}, args...)...)
		cmd.Dir, cmd.Env = dir, slices.Concat(os.Environ(), variables, []string{asBench + "=1", "HOME=" + dir})
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != exitInvalid { // which a slow machine may leave: the record is whole
			t.Fatalf("bench %v: %v\n%s", args, err, said.String())
		}
		dirs, _ := filepath.Glob(filepath.Join(out, "*"))
		if len(dirs) != 1 {
			t.Fatalf("%d runs\n%s", len(dirs), said.String())
		}
		rec, err := record.Open(dirs[0])
		if err != nil {
			t.Fatal(err)
		}
		return rec
	}
	played, alone := run("--targets", "t.yaml", "--yes", "--max-cost", "1"), run()
	if len(alone.Measured) == 0 || len(alone.Measured[0].Events) > 0 {
		t.Fatalf("in the lab bench wrote too: %+v", alone.Trials)
	}
	sent := polls(alone)
	for front, sizes := range polls(played) {
		checkPolls(t, front, sizes, sent[front])
	}
	versions := sizes(played, alone)
	if len(versions) != 3 {
		t.Fatalf("pollers found %d versions of three, by size: %v", len(versions), versions)
	}
	for _, m := range played.Measured {
		checkOrder(t, m, versions)
	}
	checkWritten(t, played)
	front := played.Fronts[0].URL
	for range 2 { // a job that bench did not write begins at its first read in a lab alone
		got, err := http.Get(front + "/api/media/status?job_id=job-nobodys")
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(got.Body)
		got.Body.Close()
		if got.StatusCode == http.StatusOK && strings.Contains(string(text), "SUBMITTED") {
			t.Errorf("the lab that stands for AWS changes items by itself: %s", text)
		}
	}
}

// every is the time between the polls of a session.
const every = int64(800 * time.Millisecond)

// sizes are those of answers, in order, which tell the versions apart: each is longer
// than the one before.
func sizes(recordings ...*record.Recording) []int64 {
	all := map[int64]bool{}
	for _, rec := range recordings {
		for _, m := range rec.Measured {
			for _, h := range m.Hits {
				if h.Error == "" {
					all[h.BytesIn] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// poll is what one poll of a session found, by the size of its answer, 0 for a failure,
// and whether it was answered at once, like everything that was written by then.
type poll struct {
	due, sent, done int64
	size            int64
	soon            bool
}

// polls are those of each front's first trial, by session: its polls are 800 ms apart, to
// the nanosecond.
func polls(rec *record.Recording) map[string]map[int64][]poll {
	const at = int64(200 * time.Millisecond)
	fronts := map[string]map[int64][]poll{}
	for _, m := range rec.Measured {
		if fronts[m.Front] != nil {
			continue // made again
		}
		fronts[m.Front] = map[int64][]poll{}
		late := slices.ContainsFunc(m.Events, func(e record.Event) bool { return e.Write.LateS > time.Duration(at).Seconds() })
		for _, h := range m.Hits {
			session, p := h.Due%every, poll{due: h.Due, sent: h.Sent, done: h.Done}
			if h.Error == "" {
				p.size, p.soon = h.BytesIn, !late && h.Done-h.Due < at
			}
			fronts[m.Front][session] = append(fronts[m.Front][session], p)
		}
	}
	return fronts
}

// checkPolls holds the sessions of a front whose items bench wrote against those of a lab
// whose items change by themselves: the same polls are sent, a job never goes back, and
// the n-th poll of a session that was answered at once found the n-th version in both.
func checkPolls(t *testing.T, front string, got, want map[int64][]poll) {
	t.Helper()
	if len(got) == 0 || len(got) != len(want) {
		t.Fatalf("%s: %d sessions, and %d in the lab", front, len(got), len(want))
	}
	for session, polls := range got {
		other := want[session]
		if len(other) != len(polls) {
			t.Fatalf("%s: session %d has other polls: %+v and %+v", front, session, polls, other)
		}
		late := func(p poll) bool { return !p.soon }
		both := !slices.ContainsFunc(slices.Concat(polls, other), late)
		for n, p := range polls {
			if p.due != other[n].due || back(polls[:n+1]) || back(other[:n+1]) {
				t.Errorf("%s: other polls, or a job that went back: %+v and %+v", front, polls, other)
			}
			if both && p.size != other[n].size {
				t.Errorf("%s: poll %d of a session found %d bytes, and in the lab %d", front, n, p.size, other[n].size)
			}
		}
	}
}

// back reports whether the last poll found an earlier version than one that was answered
// before it was sent.
func back(polls []poll) bool {
	last := polls[len(polls)-1]
	return last.size > 0 && slices.ContainsFunc(polls, func(p poll) bool { return p.size > last.size && p.done < last.sent })
}

// checkOrder holds what pollers found to the times at which the items were written: a
// request sent after a write was answered finds it or a later one, and one that was done
// before a write was sent does not find it.
func checkOrder(t *testing.T, m record.Measured, versions []int64) {
	t.Helper()
	const resolution = time.Microsecond
	checked := 0
	for _, e := range m.Events {
		w := e.Write
		if w.Key == "" {
			continue
		}
		if e.What != record.ItemWritten || w.Units != 1 || w.Table != "MediaConvertJobIdToStatus" || e.Region != "ap-northeast-1" || !strings.HasPrefix(w.Key, "job-"+m.Front+"-1.0.") {
			t.Errorf("%+v %+v", e, w)
		}
		at := func(seconds float64) int64 { return int64(seconds * float64(time.Second)) }
		sent, done := at(e.AtS)-int64(resolution), at(w.DueS+w.LateS)+int64(resolution)
		due := at(w.DueS) - []int64{0, 4e8, 12e8}[w.Version]
		for _, h := range m.Hits {
			away := (h.Due - due + 10*every + int64(resolution)) % every // of a trial shorter than ten
			if h.Error != "" || away > 2*int64(resolution) {
				continue // of another session
			}
			found := slices.Index(versions, h.BytesIn)
			switch {
			case h.Sent > done && found < w.Version:
				t.Errorf("round %d of %s: a poll found version %d after %d was written: %+v, %+v", m.Round, m.Front, found, w.Version, h, e)
			case h.Done < sent && found >= w.Version:
				t.Errorf("round %d of %s: a poll found version %d before it was written: %+v, %+v", m.Round, m.Front, found, h, e)
			}
			checked++
		}
	}
	if checked == 0 {
		t.Errorf("%s: no poll of %d is of an item that was written", m.Front, len(m.Hits))
	}
}

// checkWritten holds what the run says it wrote against its plan of the trials that were
// made, and the run's own bill against both.
func checkWritten(t *testing.T, rec *record.Recording) {
	t.Helper()
	var writes, tried int64
	sessions := map[string]bool{}
	for _, trial := range rec.Trials {
		for _, e := range trial.Events {
			if writes++; e.What == record.TableTried {
				tried++
			}
			sessions[e.Write.Key] = true
		}
	}
	spent, err := spentBy(rec)
	if err != nil {
		t.Fatal(err)
	}
	if got := spent.Front("").Sum(pricing.DynamoDBWriteUnits); !got.Equal(pricing.Count(writes)) || tried != 1 {
		t.Errorf("%s units on the run's bill, %d writes, %d of them tries", got, writes, tried)
	}
	made := asMadeUnits(t, filepath.Join(rec.Dir, "plan.json"))
	late := slices.ContainsFunc(rec.Trials, func(t record.Trial) bool {
		return strings.Contains(strings.Join(slices.Concat(t.Invalid, t.Disturbed), " "), "bench wrote it too late")
	})
	if made < writes || !late && made != writes {
		t.Errorf("%d units in the plan of the trials that were made, and %d writes; some were late: %v", made, writes, late)
	}
	if len(sessions) < 10 {
		t.Errorf("%d sessions are few", len(sessions))
	}
}

// asMadeUnits is the write units of a plan for the trials that were made.
func asMadeUnits(t *testing.T, path string) (units int64) {
	t.Helper()
	var plan struct {
		AsMade struct {
			Spent struct {
				Uses []struct {
					Front, Meter string
					Quantity     json.RawMessage
				}
			}
		} `json:"as_made"`
	}
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, &plan) != nil {
		t.Fatal(err, string(data))
	}
	for _, use := range plan.AsMade.Spent.Uses {
		if use.Front == "" && use.Meter == string(pricing.DynamoDBWriteUnits) {
			n, err := strconv.ParseInt(strings.Trim(string(use.Quantity), `"`), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			units += n
		}
	}
	return units
}

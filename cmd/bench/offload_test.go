package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	lab "frontdoor/lab/offload"
	"frontdoor/offload"
	"frontdoor/record"
	"frontdoor/scenarios"
)

// What bench lab announces of an offload scenario is there: an object that is put into
// the bucket comes to the edge. Ctrl-C ends it with 0.
func TestLabServesOffload(t *testing.T) {
	cmd := exec.Command(os.Args[0], "lab", "offload-a-b", "--logs", t.TempDir())
	cmd.Env = append(os.Environ(), asBench+"=1")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	var bucket, edge string
	for lines := bufio.NewScanner(stdout); lines.Scan() && !strings.HasPrefix(lines.Text(), "Ctrl-C"); {
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 2 && words[0] == "bucket":
			bucket = words[1]
		case len(words) == 3 && words[0] == "edge" && words[1] == "4":
			edge = words[2]
		}
	}
	req, err := http.NewRequest(http.MethodPut, bucket+"/report.csv", strings.NewReader("hello"))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != 200 {
		t.Fatalf("%+v, %v", resp, err)
	}
	resp.Body.Close()
	for body := ""; body != "hello"; time.Sleep(10 * time.Millisecond) { // go test ends it if it never comes
		resp, err := http.Get(edge + "/report.csv")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		if resp.Body.Close(); err != nil {
			t.Fatal(err)
		}
		body = string(text)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("Ctrl-C: %v", err)
	}
}

// What the lab observes reaches the record whole: the two know each other by the file
// alone.
func TestOffloadReachesTheRecord(t *testing.T) {
	var observed lab.Observed
	fillWith(reflect.ValueOf(&observed).Elem(), 1)
	want, err := json.Marshal(observed)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(want))
	dec.DisallowUnknownFields()
	var recorded record.Offload
	if err := dec.Decode(&recorded); err != nil {
		t.Fatal(err)
	}
	if got, err := json.Marshal(recorded); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s, %v\nwant %s", got, err, want)
	}
}

// fillWith gives every field below v a value of its own, so that a swap shows.
func fillWith(v reflect.Value, n int) int {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			n = fillWith(v.Field(i), n)
		}
		return n
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			v.SetBytes([]byte(strconv.Itoa(n)))
			return n + 1
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		return fillWith(v.Index(0), n)
	case reflect.String:
		v.SetString("text " + strconv.Itoa(n))
	case reflect.Bool:
		v.SetBool(true)
	default:
		v.SetInt(int64(n))
	}
	return n + 1
}

// Every field of the format reaches the parameter that it is about: each has a value of
// its own here.
func TestOffloadParams(t *testing.T) {
	const text = `version: 1
name: o
offload:
  days: 11
  edges: 12
  parents: 3
  reads_per_hour: 1.5
  arrivals: poisson
  object_size: 14B
  ttl: 15h
  purge_takes: 16s
  changes: {at: 17m, deviation: 18s, miss_day: 19%}
  invalidation: {margin: 20m, every: 21h, manual: 22m}
  publish:
    ttl: 23h
    bugs: [staging, no-guard]
    settle: 24s
    memory: 256MB
    replicas: 5
    neighbours: 26
    log: 27B
    event: {median: 28s, sigma: 0.28}
    init: {median: 29s, sigma: 0.29}
    get: {median: 30s, sigma: 0.3}
    upload: {median: 31s, sigma: 0.31}
    replication: {median: 32s, sigma: 0.32}
    purge_call: 33s
  faults: {double: 34%, swapped: 35%, duplicate: 36%, multipart: 37%, upload_fails: 38%, purge_fails: 39%}
`
	s, err := scenarios.Parse("o.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := offloadParams(s.Offload)
	delay := func(n int) offload.Delay {
		return offload.Delay{Median: time.Duration(n) * time.Second, Sigma: float64(n) / 100}
	}
	want := offload.Params{
		Days: 11, Edges: 12, Parents: 3, ReadsPerHour: 1.5, Poisson: true, Size: 14, TTL: 15 * time.Hour, PurgeEffect: 16 * time.Second,
		Changes:  offload.Changes{At: 17 * time.Minute, Deviation: 18 * time.Second, Miss: 0.19},
		Schedule: offload.Schedule{Margin: 20 * time.Minute, Every: 21 * time.Hour, Manual: 22 * time.Minute},
		Publish: offload.Publish{
			TTL: 23 * time.Hour, Bugs: offload.Bugs{Staging: true, NoGuard: true}, Settle: 24 * time.Second, MemoryMB: 256, Replicas: 5, Neighbours: 26, LogBytes: 27,
			Event: delay(28), Init: delay(29), Get: delay(30), Upload: delay(31), Replication: delay(32), PurgeCall: 33 * time.Second,
		},
		Faults: offload.Faults{Double: 0.34, Gap: 100 * time.Millisecond, Swapped: 0.35, Duplicate: 0.36, Multipart: 0.37, UploadFails: 0.38, PurgeFails: 0.39},
	}
	if err != nil || got != want {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, want)
	}
}

// The defaults of the format are those of the simulation.
func TestOffloadDefaultsAgree(t *testing.T) {
	s, err := scenarios.Parse("o.yaml", []byte("version: 1\nname: o\noffload: {}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := offloadParams(s.Offload); err != nil || got != offload.Defaults() {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, offload.Defaults())
	}
}

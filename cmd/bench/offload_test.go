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
	"frontdoor/record"
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

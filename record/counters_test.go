package record

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// What is written comes back; a run without counters has none, which is not zero.
func TestCountersComeBack(t *testing.T) {
	w, err := Create(t.TempDir(), Run{ID: "r", Scenario: "s"}, []byte("version: 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(time.Now(), ""); err != nil {
		t.Fatal(err)
	}
	rec, err := Open(w.Dir())
	if err != nil || rec.Counters != nil {
		t.Fatalf("%v, %v", rec, err)
	}
	want := []Counter{{"edge", "dynamodb.read_units", "ap-northeast-1", 0.5}, {"", "route53.queries.latency", "", 3}}
	if err := w.WriteCounters(want); err != nil {
		t.Fatal(err)
	}
	if rec, err = Open(w.Dir()); err != nil || !reflect.DeepEqual(rec.Counters, want) {
		t.Errorf("%v, %v", rec, err)
	}
	if err := os.WriteFile(filepath.Join(w.Dir(), countersFile), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(w.Dir()); err == nil {
		t.Error("a broken counters.json is read")
	}
}

package record

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// encode is the bytes of a Parquet file with rows.
func encode[T any](t testing.TB, rows []T) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := parquetOf(rows)(&file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// sampleHits holds what the fields can hold at their ends.
func sampleHits() []Hit {
	return []Hit{
		{Seq: 0, Request: 1, Warmup: true, Due: 0, Launched: 10, Sent: 20, FirstByte: 30, Done: 40, Status: 200,
			BytesOut: 100, BytesIn: 200, NewConn: true, RequestID: "6f1b2a4e-0000-4000-8000-000000000001", Cold: 1},
		{Seq: 1, Due: 1_000_000, Launched: 1_000_100, Sent: -1, FirstByte: -1, Done: 31_000_000, Cold: -1, Error: "timeout"},
		{Seq: 2, Due: math.MaxInt64, Launched: math.MinInt64, Sent: math.MaxInt64, FirstByte: math.MinInt64, Done: math.MaxInt64,
			Request: math.MaxInt32, Status: math.MinInt32, BytesOut: math.MaxInt64, BytesIn: math.MinInt64, Cold: math.MaxInt32,
			RequestID: `comma, "quote" | newline` + "\n", Error: "status 502"},
	}
}

func TestParquetKeepsEveryValue(t *testing.T) {
	hits := sampleHits()
	got, err := decode[Hit](encode(t, hits))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, hits) {
		t.Errorf("hits came back as\n%+v, want\n%+v", got, hits)
	}
	// More rows than one batch of the reader, so that batches are put together.
	many := make([]Hit, 2*batch+1)
	for i := range many {
		many[i] = hits[i%len(hits)]
		many[i].Seq = int64(i)
	}
	if got, err = decode[Hit](encode(t, many)); err != nil || !slices.Equal(got, many) {
		t.Errorf("%d hits came back as %d, %v", len(many), len(got), err)
	}
	none, err := decode[Hit](encode(t, []Hit(nil)))
	if err != nil || len(none) != 0 {
		t.Errorf("no hits came back as %v, %v", none, err)
	}
}

// A trial whose function could not be read has no reports: the file is there,
// with its columns and no row.
func TestParquetRefusesOtherColumns(t *testing.T) {
	for name, data := range map[string][]byte{
		"reports":     encode(t, []Report{{RequestID: "a"}}),
		"no reports":  encode(t, []Report(nil)),
		"fewer":       encode(t, []struct{ Seq int64 }{{1}}),
		"hit renamed": bytes.ReplaceAll(encode(t, sampleHits()), []byte("due_ns"), []byte("due_us")),
	} {
		if hits, err := decode[Hit](data); err == nil || !strings.Contains(err.Error(), "columns") {
			t.Errorf("%s: read as %d hits, error %v", name, len(hits), err)
		}
	}
}

// Every cut of a file, and every byte of it changed, is an error or the rows
// that were written; never a panic, never other rows without notice.
func TestParquetDamaged(t *testing.T) {
	hits := sampleHits()
	whole := encode(t, hits)
	for n := range whole {
		if got, err := decode[Hit](whole[:n]); err == nil {
			t.Errorf("the first %d of %d bytes read as %d hits", n, len(whole), len(got))
		}
	}
	refused := 0
	for i := range whole {
		damaged := slices.Clone(whole)
		damaged[i] ^= 0x55
		if _, err := decode[Hit](damaged); err != nil {
			refused++
		}
	}
	t.Logf("of %d changed bytes %d are noticed", len(whole), refused)
	if refused < len(whole)/4 {
		t.Errorf("of %d changed bytes only %d are noticed", len(whole), refused)
	}
}

func TestReadParquetNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "01-rest.parquet")
	for _, data := range [][]byte{nil, []byte("PAR1"), []byte("PAR1\xff\xff\xff\xffPAR1"), []byte(strings.Repeat("garbage ", 1000)), encode(t, sampleHits())[:300]} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readParquet[Hit](path); err == nil || !strings.Contains(err.Error(), "01-rest.parquet") {
			t.Errorf("%.20q: error is %v", data, err)
		}
	}
}

// FuzzReadParquet holds two laws: reading never panics, and what was written
// reads back equal.
func FuzzReadParquet(f *testing.F) {
	whole := encode(f, sampleHits())
	f.Add([]byte{}, int64(0), int64(0), int32(0), "", "")
	f.Add(whole, int64(-1), int64(1), int32(200), "id", "")
	f.Add(whole[:len(whole)/2], int64(math.MaxInt64), int64(math.MinInt64), int32(-1), "\xff\x00", "status 502")
	f.Fuzz(func(t *testing.T, data []byte, due, done int64, status int32, id, failure string) {
		if len(data) < 1<<16 {
			_, _ = decode[Hit](data)
			_, _ = decode[Report](data)
		}
		hits := []Hit{{Due: due, Done: done, Status: status, RequestID: id, Error: failure}, {Seq: 1, Due: done, Done: due, Error: id}}
		if got, err := decode[Hit](encode(t, hits)); err != nil || !slices.Equal(got, hits) {
			t.Errorf("%+v came back as %+v, %v", hits, got, err)
		}
		reports := []Report{{RequestID: id, DurationUS: due, InitUS: done, MemoryMB: status, Status: failure}}
		if got, err := decode[Report](encode(t, reports)); err != nil || !slices.Equal(got, reports) {
			t.Errorf("%+v came back as %+v, %v", reports, got, err)
		}
	})
}

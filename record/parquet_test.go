package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io/fs"
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

// A column that is not there must not read as zeros. A file without rows has
// its columns all the same.
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

// A cut of a file is an error, and a changed byte does not make decode panic.
// (Every 5th place: all of them take 15 s under the race detector.)
func TestParquetDamaged(t *testing.T) {
	const step = 5
	hits := sampleHits()
	whole := encode(t, hits)
	for n := 0; n < len(whole); n += step {
		if got, err := decode[Hit](whole[:n]); err == nil {
			t.Errorf("the first %d of %d bytes read as %d hits", n, len(whole), len(got))
		}
	}
	refused := 0
	for i := 0; i < len(whole); i += step {
		damaged := slices.Clone(whole)
		damaged[i] ^= 0x55
		if _, err := decode[Hit](damaged); err != nil {
			refused++
		}
	}
	if refused < len(whole)/step/3 {
		t.Errorf("of %d changed bytes %d are noticed", len(whole)/step, refused)
	}
}

// What decode cannot notice, the checksum does: here the offset of a column's
// page in the footer is that of its neighbour.
func TestParquetChecksum(t *testing.T) {
	hits := sampleHits()
	whole := encode(t, hits)
	path, other := filepath.Join(t.TempDir(), "01-rest.parquet"), 0
	footer := len(whole) - 8 - int(binary.LittleEndian.Uint32(whole[len(whole)-8:]))
	for i := footer; i < len(whole) && other == 0; i++ {
		damaged := slices.Clone(whole)
		damaged[i] ^= 0x55
		if got, err := decode[Hit](damaged); err != nil || slices.Equal(got, hits) {
			continue
		}
		other++
		check(t, os.WriteFile(path, damaged, 0o644))
		if _, err := readParquet[Hit](path, sumOf(whole)); err == nil || !strings.Contains(err.Error(), "SHA-256") {
			t.Errorf("byte %d changed: error is %v", i, err)
		}
	}
	if other == 0 {
		t.Error("no changed byte gives other hits: the checksum is not tried")
	}
	check(t, os.WriteFile(path, whole, 0o644))
	if got, err := readParquet[Hit](path, sumOf(whole)); err != nil || !slices.Equal(got, hits) {
		t.Errorf("the whole file reads as %+v, %v", got, err)
	}
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func TestReadParquetNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "01-rest.parquet")
	for name, data := range map[string][]byte{
		"empty":             nil,
		"magic alone":       []byte("PAR1"),
		"footer of 4 GB":    []byte("PAR1\xff\xff\xff\xffPAR1"),
		"garbage":           []byte(strings.Repeat("garbage ", 1000)),
		"garbage in a file": []byte("PAR1" + strings.Repeat("garbage ", 1000) + "\x00\x10\x00\x00PAR1"),
		"cut":               encode(t, sampleHits())[:300],
	} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readParquet[Hit](path, sumOf(data)); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	if _, err := readParquet[Hit](path+"x", ""); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: error is %v", err)
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

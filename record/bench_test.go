package record

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
)

// realistic is n hits as a trial has them: Poisson arrivals of 50/s, lognormal
// times, random request ids, one in 500 a failure, one in 200 a cold start.
func realistic(n int) []Hit {
	rng := rand.New(rand.NewPCG(1, 2))
	hits := make([]Hit, n)
	due := 0.0
	for i := range hits {
		due += rng.ExpFloat64() * 2e7
		launched := int64(due) + 20_000 + rng.Int64N(80_000)
		sent := launched + 30_000 + rng.Int64N(50_000)
		first := sent + int64(8e6*(1+0.4*rng.ExpFloat64()))
		hits[i] = Hit{Seq: int64(i), Request: int32(rng.IntN(3)), Warmup: i < n/20, Due: int64(due), Launched: launched, Sent: sent,
			FirstByte: first, Done: first + 40_000 + rng.Int64N(20_000), Status: 200, BytesOut: 412, BytesIn: 690 + rng.Int64N(30), NewConn: i%100 == 0,
			RequestID: fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", rng.Uint32(), rng.IntN(1<<16), rng.IntN(1<<12), rng.IntN(1<<12), rng.Uint64N(1<<48))}
		if rng.IntN(200) == 0 {
			hits[i].Cold = 1
		}
		if rng.IntN(500) == 0 {
			hits[i].Status, hits[i].Error = 502, "status 502"
		}
	}
	return hits
}

// format is a way to keep hits in a file.
type format struct {
	name  string
	write func(io.Writer, []Hit) error
	read  func([]byte) ([]Hit, error)
}

func formats() []format {
	return []format{
		{"parquet+zstd", func(w io.Writer, hits []Hit) error { return parquetOf(hits)(w) }, decode[Hit]},
		{"gob+gzip", zipped(writeGob), unzipped(readGob)},
		{"csv+gzip", zipped(writeCSV), unzipped(readCSV)},
		{"jsonl+gzip", zipped(writeLines), unzipped(readLines)},
	}
}

// BenchmarkHits compares the file formats: bytes per hit, and nanoseconds per
// hit written and read. docs/adr/0003 has its figures.
func BenchmarkHits(b *testing.B) {
	hits := realistic(100_000)
	for _, f := range formats() {
		var file bytes.Buffer
		check(b, f.write(&file, hits))
		b.Run(f.name+"/write", func(b *testing.B) {
			for b.Loop() {
				check(b, f.write(io.Discard, hits))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(hits)), "ns/hit")
			b.ReportMetric(float64(file.Len())/float64(len(hits)), "B/hit")
		})
		b.Run(f.name+"/read", func(b *testing.B) {
			for b.Loop() {
				_, err := f.read(file.Bytes())
				check(b, err)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(hits)), "ns/hit")
		})
	}
}

// The comparison is of formats that all keep every value.
func TestFormatsComparedKeepHits(t *testing.T) {
	hits := realistic(500)
	for _, f := range formats() {
		var file bytes.Buffer
		check(t, f.write(&file, hits))
		if got, err := f.read(file.Bytes()); err != nil || !slices.Equal(got, hits) {
			t.Errorf("%s: %d hits came back, %v", f.name, len(got), err)
		}
	}
}

func zipped(write func(io.Writer, []Hit) error) func(io.Writer, []Hit) error {
	return func(w io.Writer, hits []Hit) error {
		z := gzip.NewWriter(w)
		return errors.Join(write(z, hits), z.Close())
	}
}

func unzipped(read func(io.Reader) ([]Hit, error)) func([]byte) ([]Hit, error) {
	return func(data []byte) ([]Hit, error) {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		return read(z)
	}
}

func writeGob(w io.Writer, hits []Hit) error { return gob.NewEncoder(w).Encode(hits) }

func readGob(r io.Reader) (hits []Hit, err error) {
	err = gob.NewDecoder(r).Decode(&hits)
	return hits, err
}

func writeLines(w io.Writer, hits []Hit) error {
	enc := json.NewEncoder(w)
	for i := range hits {
		if err := enc.Encode(&hits[i]); err != nil {
			return err
		}
	}
	return nil
}

func readLines(r io.Reader) ([]Hit, error) {
	var hits []Hit
	for dec := json.NewDecoder(r); ; {
		var h Hit
		if err := dec.Decode(&h); err == io.EOF {
			return hits, nil
		} else if err != nil {
			return nil, err
		}
		hits = append(hits, h)
	}
}

func writeCSV(w io.Writer, hits []Hit) error {
	out := csv.NewWriter(w)
	row := make([]string, reflect.TypeFor[Hit]().NumField())
	for i := range hits {
		v := reflect.ValueOf(&hits[i]).Elem()
		for j := range row {
			row[j] = text(v.Field(j))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func readCSV(r io.Reader) ([]Hit, error) {
	var hits []Hit
	in := csv.NewReader(r)
	in.ReuseRecord = true
	for {
		row, err := in.Read()
		if err == io.EOF {
			return hits, nil
		}
		if err != nil {
			return nil, err
		}
		var h Hit
		v := reflect.ValueOf(&h).Elem()
		for j, text := range row {
			if err := setText(v.Field(j), text); err != nil {
				return nil, err
			}
		}
		hits = append(hits, h)
	}
}

func text(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	}
	return strconv.FormatInt(v.Int(), 10)
}

func setText(v reflect.Value, text string) error {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(text == "true")
	default:
		n, err := strconv.ParseInt(text, 10, 64)
		v.SetInt(n)
		return err
	}
	return nil
}

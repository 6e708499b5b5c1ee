package page

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"frontdoor/report"
	"frontdoor/report/reporttest"
)

var update = flag.Bool("update", false, "write the golden file anew")

var made struct {
	sync.Mutex
	r *report.Report
}

// sample is made once: tests do not change it.
func sample(t testing.TB) *report.Report {
	t.Helper()
	made.Lock()
	defer made.Unlock()
	if made.r == nil {
		made.r = fresh(t)
	}
	return made.r
}

// fresh is the sample with a hash of the record that does not hang on how the
// recording's files were compressed.
func fresh(t testing.TB) *report.Report {
	t.Helper()
	r := reporttest.Sample(t)
	r.Run.Sum = strings.Repeat("5a", 32)
	return r
}

func page(t testing.TB, r *report.Report) string {
	t.Helper()
	var buf bytes.Buffer
	check(t, HTML(&buf, r))
	return buf.String()
}

func TestGolden(t *testing.T) {
	path, got := filepath.Join("testdata", "sample.html.golden"), page(t, sample(t))
	if *update {
		check(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	check(t, err)
	if got != string(want) {
		t.Errorf("the page differs from %s (-update writes it anew)", path)
	}
}

// The same report gives the same bytes, and few enough of them to be sent by mail.
func TestSizeAndSameness(t *testing.T) {
	first := page(t, sample(t))
	if again := page(t, fresh(t)); again != first {
		t.Error("the same report gave another page")
	}
	if len(first) >= 160_000 {
		t.Errorf("the page of five fronts and 12 rounds has %d bytes, want less than 160,000", len(first))
	}
	if len(script) >= 2_000 {
		t.Errorf("the script has %d bytes, want less than 2,000", len(script))
	}
}

func TestStrengthen(t *testing.T) {
	for _, c := range []struct {
		sentence, choice string
		want             []span
	}{
		{"url is proposed", "url", []span{{"url", true}, {" is proposed", false}}},
		{"it is url", "url", []span{{"it is ", false}, {"url", true}}},
		{"url, then url-2 and curl and url.", "url", []span{{"url", true}, {", then url-2 and curl and ", false}, {"url", true}, {".", false}}},
		{"nothing", "url", []span{{"nothing", false}}},
		{"nothing", "", []span{{"nothing", false}}},
		{"", "url", nil},
		{"é-a and a", "a", []span{{"é-a and ", false}, {"a", true}}},
	} {
		if got := strengthen(c.sentence, c.choice); !reflect.DeepEqual(got, c.want) {
			t.Errorf("strengthen(%q, %q) = %v, want %v", c.sentence, c.choice, got, c.want)
		}
	}
}

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		text string
		want []link
	}{
		{"a page", []link{{"a page", ""}}},
		{"https://a.example/x 2025-06-17; price list", []link{{"x", "https://a.example/x"}, {" 2025-06-17; price list", ""}}},
		{"see (http://a.example/x).", []link{{"see (", ""}, {"x", "http://a.example/x"}, {").", ""}}},
		{"https://a.example/b/c/d.html#e", []link{{"d.html#e", "https://a.example/b/c/d.html#e"}}},
		{"at https://a.example.", []link{{"at ", ""}, {"a.example", "https://a.example"}, {".", ""}}},
		{"javascript:alert(1)", []link{{"javascript:alert(1)", ""}}},
		{`https://a.example/"><script>`, []link{{"a.example", "https://a.example/"}, {`"><script>`, ""}}},
	} {
		if got := links(c.text); !reflect.DeepEqual(got, c.want) {
			t.Errorf("links(%q) = %v, want %v", c.text, got, c.want)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	r := sample(b)
	for b.Loop() {
		check(b, HTML(io.Discard, r))
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

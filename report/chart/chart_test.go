package chart

import (
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

func sizes() []Size { return []Size{Wide(), Narrow()} }

func TestGolden(t *testing.T) {
	for name, c := range samples() {
		for _, s := range sizes() {
			file := filepath.Join("testdata", name+"-"+s.name+".svg")
			got := c.Standalone(s)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs from what is drawn now; -update writes it", file)
			}
		}
	}
	files, err := filepath.Glob("testdata/*.svg")
	if err != nil || len(files) != 2*len(samples()) {
		t.Errorf("%d files, %v: want two for each sample", len(files), err)
	}
}

// The checker of every drawing: no two texts overlap, none is cut, the XML is
// well-formed and has nothing that a strict policy refuses.
func check(t *testing.T, c *Chart) {
	t.Helper()
	for _, s := range sizes() {
		d := c.render(s)
		for i, a := range d.texts {
			if a.x0 < 0 || a.x1 > s.width || a.y0 < 0 || a.y1 > d.height {
				t.Errorf("%s: text %q leaves the drawing: %.1f to %.1f of %.1f, %.1f to %.1f of %.1f", s.name, a.text, a.x0, a.x1, s.width, a.y0, a.y1, d.height)
			}
			for _, b := range d.texts[:i] {
				if a.overlaps(b) {
					t.Errorf("%s: texts %q and %q overlap", s.name, a.text, b.text)
				}
			}
		}
		document := c.SVG(s)
		checkXML(t, document, d)
		if again := c.SVG(s); again != document {
			t.Error("the same chart gives another drawing")
		}
	}
}

// checkXML compares the texts in the document with those that were laid out.
func checkXML(t *testing.T, document string, d *drawing) {
	t.Helper()
	var texts, want []string
	ids := map[string]bool{}
	in := ""
	for dec := xml.NewDecoder(strings.NewReader(document)); ; {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if in = e.Name.Local; !slices.Contains([]string{"svg", "title", "desc", "g", "clipPath", "rect", "line", "path", "circle", "text"}, in) {
				t.Errorf("element %q", in)
			}
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") {
					t.Errorf("attribute %s=%q", a.Name.Local, a.Value)
				}
				if a.Name.Local == "id" {
					if ids[a.Value] || strings.Trim(a.Value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
						t.Errorf("id %q is there twice, or needs an escape", a.Value)
					}
					ids[a.Value] = true
				}
			}
		case xml.CharData:
			if in == "text" {
				texts = append(texts, string(e))
			}
		case xml.EndElement:
			in = ""
		}
	}
	for _, b := range d.texts {
		want = append(want, b.text)
	}
	if !slices.Equal(texts, want) {
		t.Errorf("texts %q, want %q", texts, want)
	}
}

func TestSamples(t *testing.T) {
	for name, c := range samples() {
		t.Run(name, func(t *testing.T) { check(t, c) })
	}
}

// Each series that is drawn is named.
func TestEachSeriesIsNamed(t *testing.T) {
	for name, c := range samples() {
		for _, s := range sizes() {
			document := c.SVG(s)
			for _, series := range c.Series {
				if !strings.Contains(document, ">"+series.Name+"</text>") {
					t.Errorf("%s %s: nothing names %q", name, s.name, series.Name)
				}
			}
		}
	}
}

// What users call their fronts cannot leave its text.
func TestHostileText(t *testing.T) {
	for _, hostile := range []string{
		`<script>alert("1")</script>`, `"' onload='x`, "a\x00b\x1bc\x7f", "\xff\xfe bytes", "]]>&amp;&#x0;", "line\nbreak\ttab",
		"\u202eright to left", "\ufffe\uffff", strings.Repeat("long ", 100), strings.Repeat("M", 300), "漢字 and 🙂", " ",
	} {
		c := percentilesSample()
		c.ID, c.Title, c.Desc, c.Source, c.X.Title, c.Panels[0].Y.Title = hostile, hostile, hostile, hostile, hostile, hostile
		c.X.Format = func(float64) string { return hostile }
		c.Panels[0].Y.Format = c.X.Format
		for i := range c.Series {
			c.Series[i].Name = hostile
		}
		c.Panels[0].Marks = append(c.Panels[0].Marks, Note{At: Point{0.9, 30}, Text: hostile}, Rule{At: 0.5, Text: hostile}, Strip{Title: hostile, Parts: []Part{{0, 0, 0.9}}})
		check(t, c)
		f := forestSample()
		f.Panels[0].Y.Scale = Category(Row{hostile, hostile, false}, Row{"short", hostile, true})
		check(t, f)
		for _, raw := range []string{"<script", "' onload=", "\x00", "\x1b", "\u202e"} {
			if strings.Contains(c.Standalone(Wide())+f.SVG(Narrow()), raw) {
				t.Errorf("%q is in the drawing", raw)
			}
		}
	}
}

// A chart of nothing, and marks without numbers, are drawn as nothing.
func TestNothing(t *testing.T) {
	check(t, &Chart{})
	check(t, &Chart{Panels: []Panel{{}, {Marks: []Mark{Line{}, Band{X: []float64{1}}, Dots{}, Whisker{}, Bar{}, Region{}, Strip{}, Rule{}, Range{}, Note{}}}}})
	check(t, &Chart{Panels: []Panel{{Y: Axis{Scale: Category()}}}})
}

func TestHover(t *testing.T) {
	if got := forestSample().Hover(); got != nil {
		t.Errorf("a chart without lines has %s", got)
	}
	c := costSample()
	c.Panels[0].Marks = []Mark{Line{Series: 0, Points: []Point{{1e5, 1}, {1e6, 2}}}, Line{Series: 1, Points: []Point{{1e6, 3.5}, {1e12, 4}}}}
	c.Series[1].Name = "</script>"
	d, n := c.render(Wide()), c.render(Narrow())
	one, two, three := "$1", "$2", "$3.5"
	want := hover{ID: "cc", At: []float64{0, 0.2234}, X: []string{"100k", "1M"}, // log(10)/log(30000)
		Sizes: map[string]hoverSize{
			"w": {[2]float64{900, d.height}, [4]float64{d.left, d.plots[0].top, d.right, d.plots[0].bottom}},
			"n": {[2]float64{380, n.height}, [4]float64{n.left, n.plots[0].top, n.right, n.plots[0].bottom}}},
		Series: []hoverSeries{{"alb", "s0", []*string{&one, &two}}, {"</script>", "s1", []*string{nil, &three}}}}
	wanted, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(c.Hover()); got != string(wanted) {
		t.Errorf("got  %s\nwant %s", got, wanted)
	}
	if strings.Contains(string(wanted), "</") {
		t.Error("the data would end its script element")
	}
}

// Each class that drawings use has a rule, and the rules are those of classes
// that are used.
func TestStyle(t *testing.T) {
	used := map[string]bool{}
	all := samples()
	all["leaders"] = percentilesSample()
	for _, c := range all {
		for _, s := range sizes() {
			for _, part := range strings.Split(c.SVG(s), `class="`)[1:] {
				for _, class := range strings.Fields(part[:strings.Index(part, `"`)]) {
					used[class] = true
				}
			}
		}
	}
	for _, class := range slices.Sorted(maps.Keys(used)) {
		if !strings.Contains(Style(), "."+class+"{") && !strings.Contains(Style(), "."+class+" ") && !strings.Contains(Style(), "."+class+",") {
			t.Errorf("class %q has no rule", class)
		}
	}
	if len(used) < 15 {
		t.Errorf("only %d classes were found", len(used))
	}
}

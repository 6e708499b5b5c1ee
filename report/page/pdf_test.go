package page

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// On paper every figure is there under its title, drawn and not painted.
func TestPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	b, r := browser(t), sample(t)
	pdf := printed(t, b, page(t, r))
	if found := images(t, pdf); found != 0 {
		t.Errorf("the print holds %d images", found)
	}
	text := squeeze(pdfText(t, pdf))
	for _, f := range drawings(r) {
		if !strings.Contains(text, squeeze(f.Title)) {
			t.Errorf("the print does not say %q", f.Title)
		}
	}
	for _, inside := range []string{"lambda.requests", "GB-Seconds"} { // in details, which paper cannot open
		if !strings.Contains(text, squeeze(inside)) {
			t.Errorf("the print does not say %q", inside)
		}
	}
}

func TestImagesAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	dot := `<img alt="" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==">`
	pdf := printed(t, browser(t), "<!doctype html><title>x</title><p>some words</p>"+dot)
	if images(t, pdf) == 0 {
		t.Error("an image in a print was not found")
	}
	if text := pdfText(t, pdf); !strings.Contains(squeeze(text), "somewords") {
		t.Errorf("the print says %q, want some words", text)
	}
}

func printed(t *testing.T, browser context.Context, html string) []byte {
	t.Helper()
	var pdf []byte
	show(t, browser, html, look{width: 1280, dark: true}, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = cdp.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
		return err
	}))
	return pdf
}

// squeeze takes spaces out: a PDF places words, and need not hold what parts them.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

var (
	object    = regexp.MustCompile(`(?s)(\d+) 0 obj\s*(.*?)endobj`)
	stream    = regexp.MustCompile(`(?s)^(.*?)stream\r?\n(.*)\r?\nendstream`)
	toUnicode = regexp.MustCompile(`/ToUnicode (\d+) 0 R`)
	mapped    = regexp.MustCompile(`(?m)^<([0-9A-F]+)>(?: <([0-9A-F]+)>)? <([0-9A-F]+)>$`)
	shows     = regexp.MustCompile(`(?s)/F(\d+) [\d.]+ Tf|<([0-9A-F]+)>`)
)

// pdfObjects are the dictionaries and the inflated streams of a PDF by number.
// Chromium's PDF writer, Skia, gives each object in full and each font the name
// /F and the number of its object.
func pdfObjects(t *testing.T, pdf []byte) (dictionaries, streams map[string]string) {
	t.Helper()
	dictionaries, streams = map[string]string{}, map[string]string{}
	for _, m := range object.FindAllSubmatch(pdf, -1) {
		n, parts := string(m[1]), stream.FindSubmatch(m[2])
		if parts == nil {
			dictionaries[n] = string(m[2])
			continue
		}
		dictionaries[n], streams[n] = string(parts[1]), string(parts[2])
		if bytes.Contains(parts[1], []byte("FlateDecode")) {
			r, err := zlib.NewReader(bytes.NewReader(parts[2]))
			check(t, err)
			inflated, err := io.ReadAll(r)
			check(t, err)
			streams[n] = string(inflated)
		}
	}
	if len(streams) == 0 {
		t.Fatal("no stream was found in the print")
	}
	return dictionaries, streams
}

// images counts pictures made of pixels.
func images(t *testing.T, pdf []byte) int {
	t.Helper()
	dictionaries, streams := pdfObjects(t, pdf)
	n := 0
	for _, texts := range []map[string]string{dictionaries, streams} {
		for _, text := range texts {
			n += len(regexp.MustCompile(`/Subtype\s*/Image`).FindAllString(text, -1))
		}
	}
	return n
}

// pdfText is the text of a PDF: the glyphs of each font, translated by its
// ToUnicode map.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	dictionaries, streams := pdfObjects(t, pdf)
	fonts := map[string]font{}
	for n, dictionary := range dictionaries {
		if m := toUnicode.FindStringSubmatch(dictionary); m != nil {
			fonts[n] = glyphs(t, streams[m[1]])
		}
	}
	if len(fonts) == 0 {
		t.Fatal("no font with a ToUnicode map was found in the print")
	}
	var text strings.Builder
	for i := range len(dictionaries) + 1 {
		content, now := streams[fmt.Sprint(i)], font{}
		if !strings.Contains(content, " Tf") {
			continue
		}
		for _, m := range shows.FindAllStringSubmatch(content, -1) {
			if m[1] != "" {
				now = fonts[m[1]]
				continue
			}
			for k := 0; now.digits > 0 && k+now.digits <= len(m[2]); k += now.digits {
				text.WriteString(now.letters[number(t, m[2][k:k+now.digits])])
			}
		}
	}
	return text.String()
}

// font is what the glyphs of a font stand for.
type font struct {
	digits  int // of a glyph's number
	letters map[int]string
}

// glyphs reads a ToUnicode map: single glyphs and runs of them.
func glyphs(t *testing.T, cmap string) font {
	t.Helper()
	letters, digits := map[int]string{}, 0
	_, cmap, _ = strings.Cut(cmap, "endcodespacerange")
	for _, m := range mapped.FindAllStringSubmatch(cmap, -1) {
		first, last := number(t, m[1]), number(t, m[1])
		digits = len(m[1])
		if m[2] != "" {
			last = number(t, m[2])
		}
		var units []uint16
		for k := 0; k+4 <= len(m[3]); k += 4 {
			units = append(units, uint16(number(t, m[3][k:k+4])))
		}
		for g := first; g <= last; g++ {
			letters[g] = string(utf16.Decode(units))
			units[len(units)-1]++
		}
	}
	return font{digits, letters}
}

func number(t *testing.T, hex string) int {
	t.Helper()
	n, err := strconv.ParseInt(hex, 16, 32)
	check(t, err)
	return int(n)
}

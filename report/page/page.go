// Package page writes a report as one HTML file that loads nothing: text,
// tables and charts drawn as SVG, readable without JavaScript, in the dark, on a
// narrow screen and on paper.
package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page's template, style and script
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"unicode"

	"frontdoor/report"
	"frontdoor/report/chart"
)

//go:embed page.tmpl
var layout string

//go:embed style.css
var style string

//go:embed hover.js
var script string

// HTML writes the report as a page. The same report gives the same bytes.
func HTML(w io.Writer, r *report.Report) error {
	if err := render(w, r, drawings(r)); err != nil {
		return fmt.Errorf("write page of run %q: %w", r.Run.ID, err)
	}
	return nil
}

func render(w io.Writer, r *report.Report, figures []drawing) error {
	t, err := template.New("page").Parse(layout)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := t.Execute(&buf, newView(r, figures)); err != nil {
		return err
	}
	_, err = io.WriteString(w, readable(buf.String()))
	return err
}

// head is what the page's head needs beside its title.
type head struct {
	Policy template.HTMLAttr // a whole attribute
	Style  template.CSS
	Script template.JS // "" when no figure can be read out
}

func newHead(figures []drawing) head {
	h := head{Style: template.CSS(chart.Style() + style)}
	for _, f := range figures {
		if len(f.Hover) > 0 {
			h.Script = template.JS(script)
		}
	}
	h.Policy = template.HTMLAttr(`content="` + policy(string(h.Style), string(h.Script)) + `"`)
	return h
}

// policy allows the page its own style and script, by what they are, and nothing
// else: whatever came out of a hostile name would neither run nor load.
func policy(style, script string) string {
	parts := []string{"default-src 'none'", "style-src " + hash(style)}
	if script != "" {
		parts = append(parts, "script-src "+hash(script))
	}
	return strings.Join(append(parts, "img-src data:", "base-uri 'none'", "form-action 'none'"), "; ")
}

// hash names a text as a content security policy does
// (https://www.w3.org/TR/CSP3/, 2.3.1).
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// readable puts the replacement character in place of bytes that are no UTF-8,
// of control characters, and of those that turn the direction of text, so that
// a name cannot hide or rearrange what stands beside it.
func readable(page string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c):
			return unicode.ReplacementChar
		}
		return c
	}, strings.ToValidUTF8(page, string(unicode.ReplacementChar)))
}

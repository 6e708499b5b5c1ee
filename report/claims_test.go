package report_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"frontdoor/report"
	"frontdoor/report/decision"
	"frontdoor/report/page"
	"frontdoor/report/reporttest"
)

// What claims say is in every format that people read, with its evidence, and in
// none where there are no claims.
func TestClaimsInEveryFormat(t *testing.T) {
	in := reporttest.Input(t, reporttest.Recording(t))
	in.Claims = []report.Claim{{
		ID: "C4", Text: "A very short cache helps <much>.", Said: []string{"2022-05-10: somebody"}, Verdict: "false", Boundary: "every request invokes the function",
		Evidence: []report.ClaimLine{{Kind: "record", Text: "no request was answered by the cache", Source: "a-run"}},
	}}
	with, err := report.New(in)
	if err != nil {
		t.Fatal(err)
	}
	in.Claims = nil
	without, err := report.New(in)
	if err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]report.Writer{"table": report.Table, "markdown": report.Markdown, "json": report.JSON, "html": page.HTML,
		"adr": func(w io.Writer, r *report.Report) error {
			_, err := w.Write(decision.Render(r, decision.Options{Template: decision.MADR}, 1))
			return err
		}} {
		var a, b bytes.Buffer
		if err := write(&a, with); err != nil {
			t.Fatal(err)
		}
		if err := write(&b, without); err != nil {
			t.Fatal(err)
		}
		words := strings.Join(strings.Fields(a.String()), " ")
		parts := []string{"C4", "every request invokes the function", "no request was answered by the cache", "a-run"}
		if name == "adr" {
			parts = parts[:2] // a record says what was found; the report has by what
		}
		for _, part := range parts {
			if !strings.Contains(words, part) {
				t.Errorf("%s lacks %q", name, part)
			}
			if strings.Contains(b.String(), part) {
				t.Errorf("%s has %q without claims", name, part)
			}
		}
		if name == "html" && strings.Contains(a.String(), "<much>") {
			t.Error("a claim is markup on the page")
		}
	}
}

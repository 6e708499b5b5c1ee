package page

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"frontdoor/report/reporttest"
)

// element is a tag with its attributes, and the text up to the next tag.
type element struct {
	name       string
	attributes map[string]string
	text       string
}

var cut = regexp.MustCompile(`(?s)<(script|style)([^>]*)>(.*?)</(?:script|style)>`)

// elements reads a page. Scripts and style sheets are given apart: they are no
// markup.
func elements(t *testing.T, page string) (list []element, code map[string][]string) {
	t.Helper()
	code = map[string][]string{}
	for _, m := range cut.FindAllStringSubmatch(page, -1) {
		code[m[1]+m[2]] = append(code[m[1]+m[2]], m[3])
	}
	d := xml.NewDecoder(strings.NewReader(cut.ReplaceAllString(page, "<$1$2></$1>")))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list, code
		}
		check(t, err)
		switch v := token.(type) {
		case xml.StartElement:
			e := element{name: v.Name.Local, attributes: map[string]string{}}
			for _, a := range v.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			list = append(list, e)
		case xml.CharData:
			if len(list) > 0 {
				list[len(list)-1].text += string(v)
			}
		}
	}
}

// breaches are what a page must not have.
func breaches(t *testing.T, page string) []string {
	t.Helper()
	var found []string
	list, code := elements(t, page)
	ids := map[string]bool{}
	for _, e := range list {
		if id, ok := e.attributes["id"]; ok {
			if ids[id] {
				found = append(found, fmt.Sprintf("id %q is there twice", id))
			}
			ids[id] = true
		}
	}
	for _, e := range list {
		for name, value := range e.attributes {
			found = append(found, breach(e.name, name, value, ids)...)
		}
		if e.name == "th" && e.attributes["scope"] == "" {
			found = append(found, fmt.Sprintf("th %q has no scope", e.text))
		}
		if e.name == "svg" && (e.attributes["role"] != "img" || e.attributes["aria-labelledby"] == "") {
			found = append(found, "a drawing has no role or no label")
		}
		if slices.Contains([]string{"iframe", "object", "embed", "img", "base", "form", "foreignObject", "image", "use", "animate"}, e.name) {
			found = append(found, "element "+e.name)
		}
	}
	return append(found, policyBreaches(list, code)...)
}

func breach(element, name, value string, ids map[string]bool) []string {
	switch {
	case name == "style" || strings.HasPrefix(name, "on"):
		return []string{fmt.Sprintf("%s has an inline %s", element, name)}
	case name == "src" || name == "srcset" || name == "action" || name == "formaction" || name == "poster":
		return []string{fmt.Sprintf("%s loads %q", element, value)}
	case name == "href" && strings.HasPrefix(value, "#") && !ids[value[1:]]:
		return []string{fmt.Sprintf("a link leads to %q, which is not there", value)}
	case name == "href" && element == "link" && value != "data:,":
		return []string{fmt.Sprintf("link loads %q", value)}
	case name == "href" && element != "link" && !regexp.MustCompile(`^(#|https?://)`).MatchString(value):
		return []string{fmt.Sprintf("%s leads to %q", element, value)}
	case strings.Contains(value, "url(") && !strings.HasPrefix(value, "url(#"):
		return []string{fmt.Sprintf("%s of %s is %q", name, element, value)}
	case name == "aria-labelledby":
		for id := range strings.FieldsSeq(value) {
			if !ids[id] {
				return []string{fmt.Sprintf("%s is labelled by %q, which is not there", element, id)}
			}
		}
	}
	return nil
}

// policyBreaches compares the policy with the texts that it allows.
func policyBreaches(list []element, code map[string][]string) []string {
	var found []string
	policy := ""
	for _, e := range list {
		if e.attributes["http-equiv"] == "Content-Security-Policy" {
			policy = html.UnescapeString(e.attributes["content"])
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'; ") {
		found = append(found, fmt.Sprintf("the policy is %q", policy))
	}
	for tag, texts := range code {
		switch {
		case tag == `script type="application/json"`:
		case (tag == "style" || tag == "script") && len(texts) == 1 && strings.Contains(policy, tag+"-src "+hash(texts[0])+"; "):
		default:
			found = append(found, fmt.Sprintf("%d of <%s>, of which the policy %q may know nothing", len(texts), tag, policy))
		}
	}
	return found
}

func TestPageLoadsNothing(t *testing.T) {
	html := page(t, sample(t))
	for _, b := range breaches(t, html) {
		t.Error(b)
	}
	list, code := elements(t, html)
	if len(list) < 1000 || len(code["style"]) != 1 || len(code["script"]) != 1 {
		t.Errorf("%d elements, %d style sheets, %d scripts", len(list), len(code["style"]), len(code["script"]))
	}
}

func TestBreachesAreFound(t *testing.T) {
	good := page(t, sample(t))
	for _, c := range []struct{ old, with, want string }{
		{"<main>", `<main onclick="x()">`, "main has an inline onclick"},
		{"<main>", `<main style="color:red">`, "main has an inline style"},
		{"<main>", `<main><img src="https://a.example/">`, "img loads"},
		{"<main>", `<main id="gates">`, `id "gates" is there twice`},
		{`id="gates"`, ``, `"#gates", which is not there`},
		{"<main>", `<main><a href="javascript:x()">x</a>`, `a leads to "javascript:x()"`},
		{"<main>", `<main><script>x()</script>`, "2 of <script>"},
		{"<main>", `<main><script async>x()</script>`, "1 of <script async>"},
		{"color-scheme:light", "color-scheme:dark", "1 of <style>"},
		{` scope="row"`, ``, "has no scope"},
		{"default-src 'none'", "default-src *", "the policy is"},
		{` role="img"`, ``, "a drawing has no role"},
		{"<main>", `<main><p clip-path="url(https://a.example)">`, "clip-path of p"},
	} {
		bad := strings.Replace(good, c.old, c.with, 1)
		if found := breaches(t, bad); !strings.Contains(strings.Join(found, "\n"), c.want) {
			t.Errorf("%q in place of %q gives %q, want %q", c.with, c.old, found, c.want)
		}
	}
}

// No element and no attribute comes out of a name; it is shown as it is.
func TestHostileName(t *testing.T) {
	r := reporttest.Hostile(t)
	html := page(t, r)
	for _, b := range breaches(t, html) {
		t.Error(b)
	}
	known := map[string]bool{}
	list, _ := elements(t, page(t, sample(t)))
	for _, e := range list {
		known[e.name] = true
		for a := range e.attributes {
			known[e.name+" "+a] = true
		}
	}
	shown := 0
	list, _ = elements(t, html)
	want := strings.NewReplacer("\x00", "\uFFFD", "\xff", "\uFFFD").Replace(reporttest.Name)
	for _, e := range list {
		if !known[e.name] {
			t.Errorf("a name made an element <%s>", e.name)
		}
		for a := range e.attributes {
			if !known[e.name+" "+a] {
				t.Errorf("a name made an attribute %s of <%s>", a, e.name)
			}
		}
		if strings.Contains(e.text, want) {
			shown++
		}
	}
	if shown < 10 {
		t.Errorf("the name %q is shown %d times", want, shown)
	}
	if i := strings.IndexFunc(html, func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' }); i >= 0 {
		t.Errorf("a control character: %q", html[max(0, i-40):i+10])
	}
}

func TestReadable(t *testing.T) {
	for text, want := range map[string]string{
		"plain é\n\t":     "plain é\n\t",
		"a\x00b\xffc":     "a\uFFFDb\uFFFDc",
		"a\u202Eb\u2066c": "a\uFFFDb\uFFFDc",
		"a\u0085b\x7fc\r": "a\uFFFDb\uFFFDc\uFFFD",
	} {
		if got := readable(text); got != want {
			t.Errorf("readable(%q) = %q, want %q", text, got, want)
		}
	}
}

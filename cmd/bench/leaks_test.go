package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"frontdoor/record"
)

// secrets are what must be nowhere, by what they are.
type secrets map[string]string

// glimpse is how many characters of a secret in a row are too many: of a token that was
// cut, too.
const glimpse = 12

// leaks lists the secrets in data: as they are or a part of them, escaped for a URL, for
// HTML or as JSON, in base64 and in hexadecimal digits, whatever stands around them.
func (s secrets) leaks(where string, data []byte) []string {
	readings := map[string]string{"as it is": string(data), "unescaped HTML": html.UnescapeString(string(data)), "unescaped JSON": unescapedJSON(string(data))}
	if text, err := url.QueryUnescape(looseEscapes.ReplaceAllString(string(data), "%25$1")); err == nil {
		readings["unescaped URL"] = text
	}
	readings["base64"], readings["hexadecimal"] = decoded(data)
	var found []string
	for name, secret := range s {
		for how, text := range readings {
			for i := 0; i+glimpse <= len(secret); i++ {
				if strings.Contains(text, secret[i:i+glimpse]) {
					found = append(found, fmt.Sprintf("%s: %s, %s", where, name, how))
					break
				}
			}
		}
	}
	return found
}

var (
	looseEscapes = regexp.MustCompile(`%([^0-9a-fA-F]|[0-9a-fA-F][^0-9a-fA-F]|.?$)`)
	inBase64     = regexp.MustCompile(`[A-Za-z0-9+/_-]{8,}`)
	inHex        = regexp.MustCompile(`[0-9a-fA-F]{16,}`)
	jsonEscape   = regexp.MustCompile(`\\u00([0-9a-fA-F]{2})|\\(["\\/])`)
)

func unescapedJSON(text string) string {
	return jsonEscape.ReplaceAllStringFunc(text, func(s string) string {
		if b, err := hex.DecodeString(strings.TrimPrefix(s, `\u00`)); err == nil {
			return string(b)
		}
		return s[1:]
	})
}

// decoded is what every run of characters of either encoding stands for, from each place
// at which one may begin.
func decoded(data []byte) (fromBase64, fromHex string) {
	var a, b strings.Builder
	for _, run := range inBase64.FindAll(data, -1) {
		text := strings.NewReplacer("-", "+", "_", "/").Replace(string(run))
		for shift := range min(4, len(text)) {
			part := text[shift:]
			part = part[:len(part)/4*4]
			bytes, _ := base64.StdEncoding.DecodeString(part)
			a.Write(append(bytes, ' '))
		}
	}
	for _, run := range inHex.FindAll(data, -1) {
		for shift := range 2 {
			part := run[shift:]
			bytes, _ := hex.DecodeString(string(part[:len(part)/2*2]))
			b.Write(append(bytes, ' '))
		}
	}
	return a.String(), b.String()
}

// leaksBelow looks through every file below dir, and through every text of every hit and
// report of the runs in runs: Parquet is compressed.
func (s secrets) leaksBelow(t *testing.T, dir, runs string) (found []string, files, hits int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files++
		found = append(found, s.leaks(path, data)...)
		found = append(found, s.leaks("the name of "+path, []byte(path))...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	folders, _ := filepath.Glob(filepath.Join(runs, "*"))
	for _, folder := range folders {
		of, n := s.leaksOf(t, folder)
		found, hits = append(found, of...), hits+n
	}
	return found, files, hits
}

// leaksOf looks through every text of every hit and report of a run.
func (s secrets) leaksOf(t *testing.T, folder string) (found []string, hits int) {
	t.Helper()
	rec, err := record.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range rec.Measured {
		hits += len(m.Hits)
		where := fmt.Sprintf("%s, round %d of %s", folder, m.Round, m.Front)
		found = append(found, s.leaks(where, []byte(texts(m.Hits)))...)
		found = append(found, s.leaks(where, []byte(texts(m.Reports)))...)
	}
	return found, hits
}

// texts are the texts of a list of records, each once.
func texts(list any) string {
	seen := map[string]bool{}
	var b strings.Builder
	for v, i := reflect.ValueOf(list), 0; i < v.Len(); i++ {
		for j := range v.Index(i).NumField() {
			if f := v.Index(i).Field(j); f.Kind() == reflect.String && !seen[f.String()] {
				seen[f.String()] = true
				b.WriteString(f.String() + "\n")
			}
		}
	}
	return b.String()
}

// TestLeaks: what looks for secrets finds them, in every disguise.
func TestLeaks(t *testing.T) {
	const secret = `wJalr/XUtn+FEMI&K7MD"ENGbPxRfiCY`
	s := secrets{"key": secret}
	for name, text := range map[string]string{
		"plain": "x" + secret, "a part": secret[5:20], "query": url.QueryEscape(secret) + "100%", "path": "%" + url.PathEscape(secret), "HTML": html.EscapeString(secret),
		"JSON": strings.NewReplacer("&", `\u0026`, `"`, `\"`).Replace(secret), "hex": "f" + hex.EncodeToString([]byte(secret)), "HEX": strings.ToUpper(hex.EncodeToString([]byte(secret))),
		"base64": base64.StdEncoding.EncodeToString([]byte(secret)), "base64 of more": base64.RawURLEncoding.EncodeToString([]byte("Bearer " + secret + "\n")),
		"base64 behind text": "abc" + base64.StdEncoding.EncodeToString([]byte("u:"+secret)),
	} {
		if len(s.leaks(name, []byte("before "+text+" after"))) == 0 {
			t.Errorf("%s is not found", name)
		}
	}
	if found := s.leaks("nothing", []byte("some text, Zm9vYmFy, 666f6f, 100 %")); len(found) != 0 {
		t.Errorf("found %q where there is none", found)
	}
	hits := []record.Hit{{Error: "a"}, {Pop: secret, Error: "a"}}
	if got := s.leaks("hits", []byte(texts(hits))); len(got) == 0 {
		t.Error("a hit's text is not found")
	}
}

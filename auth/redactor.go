package auth

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Redactor replaces secrets in text that others wrote: a front that answers with the
// header that it was sent, an error of AWS's with the request in it. It is the last
// resort, since nothing of ours writes one. A nil Redactor knows none.
type Redactor struct {
	mu       sync.RWMutex
	known    map[string]bool
	replacer *strings.Replacer
}

// Redacted stands where a secret was.
const Redacted = "[redacted]"

// leastSecret is the length in bytes below which nothing is taken for a secret: whatever
// replaced every "id" in a text would tell more than it hid.
const leastSecret = 5

// Add makes secrets known, in the encodings in which they may come back too.
func (r *Redactor) Add(secrets ...string) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil {
		r.known = map[string]bool{}
	}
	before := len(r.known)
	for _, s := range secrets {
		for _, form := range formsOf(s) {
			r.known[form] = true
		}
	}
	if len(r.known) == before {
		return
	}
	forms := make([]string, 0, len(r.known))
	for form := range r.known {
		forms = append(forms, form)
	}
	// The longest first: a token before a part of it. Ties in a fixed order.
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, Redacted)
	}
	r.replacer = strings.NewReplacer(pairs...)
}

// leastPart is the length from which a part of a JSON Web Token is taken for a secret of
// its own.
const leastPart = 16

// AddToken is Add of a token, which may be a JSON Web Token: its claims and its signature
// are known by themselves too. The first part says the algorithm and is the same in all.
func (r *Redactor) AddToken(token string) {
	r.Add(token)
	if parts := strings.Split(token, "."); len(parts) == 3 {
		for _, part := range parts[1:] {
			if len(part) >= leastPart {
				r.Add(part)
			}
		}
	}
}

// Redact is the text without the secrets.
func (r *Redactor) Redact(text string) string {
	if r == nil {
		return text
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.replacer == nil {
		return text
	}
	return r.replacer.Replace(text)
}

// Holds reports whether text has a secret in it.
func (r *Redactor) Holds(text string) bool { return r.Redact(text) != text }

// formsOf are the encodings of a secret; none of one that is too short. net/http quotes
// what is malformed as strconv does, and JSON escapes < as \u003c or does not.
func formsOf(s string) []string {
	if len(s) < leastSecret {
		return nil
	}
	digits := hex.EncodeToString([]byte(s))
	forms := []string{s, url.QueryEscape(s), url.PathEscape(s), html.EscapeString(s), digits, strings.ToUpper(digits),
		base64.RawStdEncoding.EncodeToString([]byte(s)), base64.RawURLEncoding.EncodeToString([]byte(s))}
	for _, quoted := range []string{strconv.Quote(s), strconv.QuoteToASCII(s), inJSON(s, true), inJSON(s, false)} {
		forms = append(forms, quoted[1:len(quoted)-1])
	}
	for shift := range 3 {
		forms = append(forms, shifted(base64.RawStdEncoding, s, shift), shifted(base64.RawURLEncoding, s, shift))
	}
	return slices.DeleteFunc(forms, func(form string) bool { return len(form) < leastSecret })
}

// inJSON is s as a string of JSON.
func inJSON(s string, escapeHTML bool) string {
	var b strings.Builder
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(escapeHTML)
	_ = out.Encode(s) // a string always can be
	return strings.TrimSuffix(b.String(), "\n")
}

// shifted is what base64 makes of s behind so many other bytes, without the characters
// that its neighbours decide too: "user:SECRET" holds SECRET at a shift of 2.
func shifted(encoding *base64.Encoding, s string, shift int) string {
	text := encoding.EncodeToString(append(make([]byte, shift), s...))
	text = text[[]int{0, 2, 3}[shift]:]
	if tail := (shift + len(s)) % 3; tail > 0 {
		text = text[:len(text)-1]
	}
	return text
}

// Writer redacts each text that is written to w. A secret that is cut by the end of one
// is not seen: whoever writes lines writes them whole.
func (r *Redactor) Writer(w io.Writer) io.Writer { return redacting{r, w} }

type redacting struct {
	known *Redactor
	to    io.Writer
}

func (w redacting) Write(p []byte) (int, error) {
	if _, err := io.WriteString(w.to, w.known.Redact(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

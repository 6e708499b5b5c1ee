package sigv4

import (
	"cmp"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// canonical is the canonical request, which is what is signed:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
func canonical(r *http.Request, a authorization, hash string) string {
	var fields strings.Builder
	for _, name := range a.headers {
		fields.WriteString(name + ":" + field(r, name) + "\n")
	}
	return strings.Join([]string{r.Method, canonicalPath(r, a.service), canonicalQuery(r.URL.RawQuery), fields.String(), strings.Join(a.headers, ";"), hash}, "\n")
}

// field is a header field's values, trimmed and with single spaces. net/http keeps Host
// and, at times, Content-Length elsewhere.
func field(r *http.Request, name string) string {
	values := r.Header.Values(name)
	switch {
	case name == "host":
		values = []string{r.Host}
	case name == "content-length" && len(values) == 0:
		values = []string{strconv.FormatInt(r.ContentLength, 10)}
	}
	var clean []string
	for _, v := range values {
		clean = append(clean, spaces.ReplaceAllString(strings.TrimSpace(v), " "))
	}
	return strings.Join(clean, ",")
}

var spaces = regexp.MustCompile(` +`)

// canonicalPath is the path, normalised and encoded once more than it is sent; S3 takes
// it as it is.
func canonicalPath(r *http.Request, service string) string {
	sent := r.URL.EscapedPath()
	if service == "s3" {
		return sent
	}
	clean := path.Clean("/" + sent)
	if strings.HasSuffix(sent, "/") && clean != "/" {
		clean += "/"
	}
	return escape(clean, "/")
}

// canonicalQuery is the parameters, encoded, in the order of their names and then values.
func canonicalQuery(raw string) string {
	type parameter struct{ name, value string }
	var list []parameter
	for part := range strings.SplitSeq(raw, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		list = append(list, parameter{escape(unescape(name), ""), escape(unescape(value), "")})
	}
	slices.SortFunc(list, func(a, b parameter) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.value, b.value)) })
	var parts []string
	for _, p := range list {
		parts = append(parts, p.name+"="+p.value)
	}
	return strings.Join(parts, "&")
}

func unescape(text string) string {
	if plain, err := url.PathUnescape(text); err == nil { // "+" is a plus sign here
		return plain
	}
	return text
}

// escape encodes every byte but the unreserved ones and those in keep, in capitals.
func escape(text, keep string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~"+keep, c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteString("%" + string(hexDigits[c>>4]) + string(hexDigits[c&15]))
		}
	}
	return b.String()
}

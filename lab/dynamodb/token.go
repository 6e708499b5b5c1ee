package dynamodb

import "regexp"

// token is a word of an expression. The last one is empty and of kind tokenEnd.
type token struct {
	kind       tokenKind
	text       string
	start, end int // in the expression
}

type tokenKind int

const (
	tokenEnd     tokenKind = iota
	tokenName              // an attribute, a function or a keyword
	tokenNameOf            // #name
	tokenValueOf           // :value
	tokenWhole             // the index of a list's element
	tokenSign
)

// The order of the groups is that of the kinds.
var tokenPattern = regexp.MustCompile(`^(?:([A-Za-z][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([0-9]+)|(<>|<=|>=|[=<>()\[\],.+-]))`)

// tokenise cuts an expression into its tokens. A character that begins none is a
// token by itself, which the parser then does not expect.
func tokenise(text string) []token {
	var tokens []token
	for at := 0; ; {
		for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') {
			at++
		}
		if at == len(text) {
			return append(tokens, token{tokenEnd, "", at, at})
		}
		t := token{tokenSign, text[at : at+1], at, at + 1}
		if m := tokenPattern.FindStringSubmatchIndex(text[at:]); m != nil {
			t.text, t.end = text[at:at+m[1]], at+m[1]
			for kind := tokenName; kind <= tokenSign; kind++ {
				if m[2*kind] >= 0 {
					t.kind = kind
				}
			}
		}
		tokens = append(tokens, t)
		at = t.end
	}
}

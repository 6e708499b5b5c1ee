package logs

import (
	"strconv"
	"strings"
)

// token is one word of a query, with its place in characters.
type token struct {
	kind       tokenKind
	text       string // of a string or a regular expression, what it holds
	number     float64
	start, end int
}

type tokenKind int

const (
	endOfQuery tokenKind = iota
	name
	literal
	numeral
	regex
	symbol
)

// lexer divides a query. A regular expression may only follow like or =~, where "/" is
// no division.
type lexer struct {
	text string
	at   int
}

// symbols are the operators, the longer ones first.
func symbols() []string {
	return []string{"!=", "<=", ">=", "=~", "=", "<", ">", "|", "(", ")", "[", "]", ",", "+", "-", "*", "/", "%"}
}

func (l *lexer) next(regexAllowed bool) (token, error) {
	l.skip()
	t := token{start: l.at}
	if l.at == len(l.text) {
		t.end = l.at
		return t, nil
	}
	var err error
	switch c := l.text[l.at]; {
	case c == '\'' || c == '"' || c == '`':
		t.kind = literal
		if c == '`' {
			t.kind = name
		}
		t.text, err = l.quoted(c)
	case c == '/' && regexAllowed:
		t.kind = regex
		t.text, err = l.quoted(c)
	case c >= '0' && c <= '9':
		t.kind, t.text = numeral, l.take(func(c byte) bool { return c == '.' || c >= '0' && c <= '9' })
		if t.number, err = strconv.ParseFloat(t.text, 64); err != nil {
			err = malformedQuery(t.start, l.at, "%q is no number", t.text)
		}
	case nameByte(c):
		t.kind, t.text = name, l.take(nameByte)
	default:
		t.kind, t.text, err = symbol, l.symbol(), nil
		if t.text == "" {
			err = malformedQuery(l.at, l.at+1, "unexpected symbol found %c at position %d", c, l.at)
		}
	}
	t.end = l.at
	return t, err
}

// skip passes spaces and comments, which begin with "#".
func (l *lexer) skip() {
	for l.at < len(l.text) {
		switch c := l.text[l.at]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			l.at++
		case c == '#':
			if n := strings.IndexByte(l.text[l.at:], '\n'); n >= 0 {
				l.at += n
			} else {
				l.at = len(l.text)
			}
		default:
			return
		}
	}
}

func (l *lexer) take(ok func(byte) bool) string {
	from := l.at
	for l.at < len(l.text) && ok(l.text[l.at]) {
		l.at++
	}
	return l.text[from:l.at]
}

// quoted reads up to the closing quote; a backslash keeps one from closing. In a regular
// expression other backslashes stay.
func (l *lexer) quoted(quote byte) (string, error) {
	from := l.at
	var b strings.Builder
	for l.at++; l.at < len(l.text); l.at++ {
		switch c := l.text[l.at]; {
		case c == quote:
			l.at++
			return b.String(), nil
		case c == '\\' && l.at+1 < len(l.text):
			l.at++
			if next := l.text[l.at]; next != quote && quote == '/' {
				b.WriteByte('\\')
			}
			b.WriteByte(l.text[l.at])
		default:
			b.WriteByte(c)
		}
	}
	return "", malformedQuery(from, len(l.text), "%c is not closed", quote)
}

func (l *lexer) symbol() string {
	for _, s := range symbols() {
		if strings.HasPrefix(l.text[l.at:], s) {
			l.at += len(s)
			return s
		}
	}
	return ""
}

func nameByte(c byte) bool {
	return c == '@' || c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

package logs

import "strings"

// pattern is a filter pattern over unstructured text. What it holds is from
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax-unstructured-text.html:
// all of the terms, or at least one of those marked "?", and none of those marked "-".
type pattern struct {
	all, any, none []string
}

// parsePattern reads a pattern: terms of letters, digits and "_", or phrases in double
// quotes, divided by spaces. Patterns over JSON, over fields divided by spaces and of
// regular expressions are refused; so is "?" beside other terms, which AWS ignores then.
func parsePattern(text string) (pattern, error) {
	var p pattern
	if rest := strings.TrimSpace(text); strings.HasPrefix(rest, "{") || strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "%") {
		return p, invalid("The lab's CloudWatch Logs serves filter patterns of terms and quoted phrases alone, not %q", text)
	}
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		list := &p.all
		switch rest[0] {
		case '?':
			list, rest = &p.any, rest[1:]
		case '-':
			list, rest = &p.none, rest[1:]
		}
		term, after, ok := cutTerm(rest)
		if !ok {
			return p, invalid("Invalid filter pattern")
		}
		if rest = after; term != "" {
			*list = append(*list, term)
		}
	}
	if len(p.any) > 0 && len(p.all)+len(p.none) > 0 {
		return p, invalid("The lab's CloudWatch Logs does not serve %q: AWS ignores a question mark beside other terms", text)
	}
	return p, nil
}

// cutTerm takes the first term off a pattern.
func cutTerm(text string) (term, after string, ok bool) {
	if quoted, is := strings.CutPrefix(text, `"`); is {
		return cutPhrase(quoted)
	}
	end := strings.IndexFunc(text, func(r rune) bool { return !wordRune(r) })
	if end < 0 {
		end = len(text)
	}
	// Other characters want quotes, says the page.
	if end == 0 || end < len(text) && text[end] != ' ' && text[end] != '\t' {
		return "", "", false
	}
	return text[:end], text[end:], true
}

// cutPhrase takes a phrase up to its closing quote; \" and \\ stand for " and \.
func cutPhrase(text string) (term, after string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return b.String(), text[i+1:], true
		case c == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

func wordRune(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// matches reports whether an event is one that the pattern asks for.
func (p pattern) matches(message string) bool {
	for _, term := range p.all {
		if !strings.Contains(message, term) {
			return false
		}
	}
	for _, term := range p.none {
		if strings.Contains(message, term) {
			return false
		}
	}
	for _, term := range p.any {
		if strings.Contains(message, term) {
			return true
		}
	}
	return len(p.any) == 0
}

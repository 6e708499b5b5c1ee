package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdoor/report"
)

// verdict is the box at the top.
type verdict struct {
	Choice    string // "" when no front is proposed
	Sentences [][]span
	Because   string // when there are no sentences
	Cautions  []string
}

// span is a piece of a sentence.
type span struct {
	Text   string
	Strong bool
}

func newVerdict(r *report.Report) verdict {
	v := verdict{Choice: r.Decision.Choice, Because: r.Decision.Because, Cautions: r.Decision.Cautions}
	for _, s := range r.Decision.Sentences {
		v.Sentences = append(v.Sentences, strengthen(s, r.Decision.Choice))
	}
	return v
}

// strengthen cuts a sentence so that each place where it names the choice, as a
// word of its own, can be set in bold.
func strengthen(sentence, choice string) []span {
	var spans []span
	start := 0
	for at := 0; choice != ""; {
		i := strings.Index(sentence[at:], choice)
		if i < 0 {
			break
		}
		from, to := at+i, at+i+len(choice)
		if at = to; !ends(sentence, from, to) {
			continue
		}
		if from > start {
			spans = append(spans, span{sentence[start:from], false})
		}
		spans = append(spans, span{choice, true})
		start = to
	}
	if start < len(sentence) {
		spans = append(spans, span{sentence[start:], false})
	}
	return spans
}

// ends reports whether what stands before and behind is no part of a name.
func ends(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	behind, _ := utf8.DecodeRuneInString(s[to:])
	return (from == 0 || !ofName(before)) && (to == len(s) || !ofName(behind))
}

func ofName(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || c == '-' || c == '_'
}

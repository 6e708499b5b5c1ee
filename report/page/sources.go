package page

import (
	"regexp"
	"strings"
)

// sources numbers what the page rests on; the same text keeps its number.
type sources struct{ list []source }

// source is a text with its links.
type source struct {
	N     int
	Text  string
	Parts []link
}

// short is the last part of a web address; paper shows the whole of it.
func short(url string) string {
	_, address, _ := strings.Cut(strings.TrimRight(url, "/"), "://")
	return address[strings.LastIndex(address, "/")+1:]
}

// link is a piece of a source's text; URL is "" for what is no link.
type link struct{ Text, URL string }

func (s *sources) add(text string) int {
	for _, known := range s.list {
		if known.Text == text {
			return known.N
		}
	}
	s.list = append(s.list, source{len(s.list) + 1, text, links(text)})
	return len(s.list)
}

// links finds the addresses in a text. Price books may be the user's own, so
// only what begins as a web address becomes a link.
func links(text string) []link {
	var parts []link
	start := 0
	for _, at := range regexp.MustCompile(`https?://[^\s;,()<>"']+`).FindAllStringIndex(text, -1) {
		url := strings.TrimRight(text[at[0]:at[1]], ".:")
		if at[0] > start {
			parts = append(parts, link{text[start:at[0]], ""})
		}
		parts, start = append(parts, link{short(url), url}), at[0]+len(url)
	}
	if start < len(text) {
		parts = append(parts, link{text[start:], ""})
	}
	return parts
}

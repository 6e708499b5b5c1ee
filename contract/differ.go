package contract

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/front"
	"frontdoor/lab"
)

// differences compares what the function itself answered to the same case behind
// each front. A case that a front answered is left out. A handler that draws or
// counts answers the same request otherwise each time, and two equal answers of it
// are chance: its statuses are compared and nothing else.
func differences(all []*bench) []Finding {
	own, out := reply.own, []Finding(nil)
	if varies(all) {
		own = func(r reply) string { return fmt.Sprintf("%d\n\n", r.status) }
		out = append(out, Finding{
			Level: Note, What: "the handler answers the same request otherwise from time to time: fronts are compared by status only",
			Why: "a difference of bodies would not be the front's", Do: "check it with its random numbers and clock fixed", Source: restPage,
		})
	}
	for _, c := range Cases() {
		groups := answersTo(c.Name, all, own)
		if len(groups) > 1 {
			out = append(out, Finding{
				Level: Differs, Cases: []string{c.Name}, What: "answers differ by front: " + describe(groups),
				Why: c.Why, Do: c.Do, Source: c.Source,
			})
		}
	}
	return out
}

// sameAnswer is the fronts that give one answer.
type sameAnswer struct {
	own   string
	reply reply
	kinds []front.Kind
}

// varies reports whether some front got two answers of one status to one case.
func varies(all []*bench) bool {
	return slices.ContainsFunc(all, func(b *bench) bool {
		return slices.ContainsFunc(b.asked, func(a asked) bool {
			return a.answered() && slices.ContainsFunc(a.replies, func(r reply) bool {
				return r.status == a.replies[0].status && r.own() != a.replies[0].own()
			})
		})
	})
}

// answersTo groups the fronts by their answer to a case, in order.
func answersTo(name string, all []*bench, own func(reply) string) []sameAnswer {
	var groups []sameAnswer
	for _, b := range all {
		i := slices.IndexFunc(b.asked, func(a asked) bool { return a.Name == name })
		if i < 0 || !b.asked[i].answered() || !b.asked[i].steady() {
			continue
		}
		r := b.asked[i].replies[0]
		j := slices.IndexFunc(groups, func(g sameAnswer) bool { return g.own == own(r) })
		if j < 0 {
			groups = append(groups, sameAnswer{own: own(r), reply: r, kinds: []front.Kind{b.door.Kind}})
			continue
		}
		groups[j].kinds = append(groups[j].kinds, b.door.Kind)
	}
	return groups
}

// answered reports whether every answer is the function's own.
func (a asked) answered() bool {
	return a.err == nil && !slices.ContainsFunc(a.exchanges, func(x lab.Exchange) bool { return x.Front == "" || x.Cause != 0 || x.Forwarded })
}

// steady reports whether every answer has the same status.
func (a asked) steady() bool {
	return !slices.ContainsFunc(a.replies, func(r reply) bool { return r.status != a.replies[0].status })
}

// describe is each answer with its fronts, cut to what tells them apart.
func describe(groups []sameAnswer) string {
	var parts []string
	for _, g := range groups {
		names := make([]string, 0, len(g.kinds))
		for _, k := range g.kinds {
			names = append(names, string(k))
		}
		parts = append(parts, fmt.Sprintf("%d %s (%s)", g.reply.status, excerpt(g, groups), strings.Join(names, ", ")))
	}
	return strings.Join(parts, "; ")
}

// excerpt is the body, or the header fields where bodies are equal.
func excerpt(g sameAnswer, groups []sameAnswer) string {
	text := string(g.reply.body)
	if !slices.ContainsFunc(groups, func(o sameAnswer) bool { return string(o.reply.body) != text || o.reply.status != g.reply.status }) {
		_, rest, _ := strings.Cut(g.own, "\n")
		text = strings.ReplaceAll(strings.TrimSuffix(rest, "\n"+text), "\n", ", ")
	}
	text = strings.ToValidUTF8(text, "?")
	if r := []rune(text); len(r) > 80 {
		text = string(r[:77]) + "..."
	}
	return text
}

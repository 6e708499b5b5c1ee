package logs

import "strings"

// program is a query: commands that follow one another.
type program struct {
	commands []command
	limit    int // of the last limit command; 0: there is none
}

// command makes rows of rows.
type command interface {
	apply(*result) error
}

// parser reads a query by the grammar of
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html, as far as
// the lab serves it.
type parser struct {
	lexer
	token token // the one to look at
	last  int   // where the one before it ended
	depth int   // of parentheses and the like
}

// maxDepth bounds recursion: no query that people write comes near it.
const maxDepth = 100

func parseQuery(text string) (program, error) {
	p := &parser{lexer: lexer{text: text}}
	if err := p.advance(); err != nil {
		return program{}, err
	}
	var all program
	for {
		c, err := p.command()
		if err != nil {
			return program{}, err
		}
		if l, ok := c.(limitCommand); ok {
			all.limit = int(l)
		}
		all.commands = append(all.commands, c)
		if p.token.kind == endOfQuery {
			return all, nil
		}
		if err := p.expect("|"); err != nil {
			return program{}, err
		}
	}
}

func (p *parser) advance() (err error) {
	regexAllowed := p.token.kind == symbol && p.token.text == "=~" || p.is("like")
	p.last = p.token.end
	p.token, err = p.next(regexAllowed)
	return err
}

// is reports whether the token is a keyword, in any case.
func (p *parser) is(word string) bool {
	return p.token.kind == name && strings.EqualFold(p.token.text, word)
}

func (p *parser) isSymbol(s string) bool { return p.token.kind == symbol && p.token.text == s }

// take passes a keyword if it is there.
func (p *parser) take(word string) (bool, error) {
	if !p.is(word) {
		return false, nil
	}
	return true, p.advance()
}

func (p *parser) expect(s string) error {
	if !p.isSymbol(s) {
		return p.unexpected("%q", s)
	}
	return p.advance()
}

// unexpected is the error about the token, with what would be right.
func (p *parser) unexpected(format string, a ...any) error {
	found := p.text[p.token.start:p.token.end]
	if p.token.kind == endOfQuery {
		found = "the end of the query"
	}
	e := malformedQuery(p.token.start, p.token.end, "unexpected symbol found %s at position %d, want "+format, append([]any{found, p.token.start}, a...)...)
	return e
}

func (p *parser) command() (command, error) {
	word := p.token
	if word.kind != name {
		return nil, p.unexpected("a command")
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	switch strings.ToLower(word.text) {
	case "fields":
		list, err := p.columns()
		return fieldsCommand(list), err
	case "display":
		list, err := p.columns()
		return displayCommand(list), err
	case "filter":
		e, err := p.expression()
		return filterCommand{e}, err
	case "stats":
		return p.stats()
	case "sort":
		return p.sort()
	case "limit":
		return p.limit()
	}
	return nil, malformedQuery(word.start, word.end,
		"the lab's Logs Insights does not serve the command %q: it serves display, fields, filter, limit, sort and stats", word.text)
}

// columns reads "expression [as name], ...".
func (p *parser) columns() ([]column, error) {
	var list []column
	for {
		c, err := p.column()
		if err != nil {
			return nil, err
		}
		list = append(list, c)
		if !p.isSymbol(",") {
			return list, nil
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
	}
}

// column reads one; without a name it is called as it is spelled.
func (p *parser) column() (column, error) {
	from := p.token.start
	e, err := p.expression()
	if err != nil {
		return column{}, err
	}
	c := column{expression: e, name: strings.TrimSpace(p.text[from:p.last])}
	if f, ok := e.(field); ok {
		c.name = string(f)
	}
	renamed, err := p.take("as")
	if err != nil || !renamed {
		return c, err
	}
	if p.token.kind != name {
		return c, p.unexpected("a name")
	}
	c.name = p.token.text
	return c, p.advance()
}

func (p *parser) stats() (command, error) {
	var s statsCommand
	var err error
	if s.aggregates, err = p.columns(); err != nil {
		return nil, err
	}
	by, err := p.take("by")
	if err != nil {
		return nil, err
	}
	if by {
		if s.by, err = p.columns(); err != nil {
			return nil, err
		}
	}
	for _, c := range s.aggregates {
		if !aggregates(c.expression) {
			return nil, malformedQuery(0, p.last, "%q is no aggregate: stats takes avg, count, max, min, pct and sum", c.name)
		}
	}
	return s, nil
}

func (p *parser) sort() (command, error) {
	var s sortCommand
	for {
		e, err := p.expression()
		if err != nil {
			return nil, err
		}
		key := sortKey{expression: e}
		if key.descending, err = p.take("desc"); err == nil && !key.descending {
			_, err = p.take("asc")
		}
		if err != nil {
			return nil, err
		}
		s = append(s, key)
		if !p.isSymbol(",") {
			return s, nil
		}
		if err := p.advance(); err != nil {
			return nil, err
		}
	}
}

func (p *parser) limit() (command, error) {
	n := p.token
	if n.kind != numeral || n.number < 1 || n.number > maxRows || n.number != float64(int(n.number)) {
		return nil, p.unexpected("a whole number from 1 to %d", maxRows)
	}
	return limitCommand(int(n.number)), p.advance()
}

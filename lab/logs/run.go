package logs

import (
	"slices"
	"strings"
)

// column is an expression with the name that it has in the result.
type column struct {
	expression
	name string
}

type (
	fieldsCommand  []column
	displayCommand []column
	filterCommand  struct{ expression }
	sortCommand    []sortKey
	limitCommand   int
	statsCommand   struct{ aggregates, by []column }
)

type sortKey struct {
	expression
	descending bool
}

// result is what a query has come to.
type result struct {
	rows    []*row
	columns []string // to show; nil: those that an event has by itself
	matched int      // events that were not filtered
}

// run answers a program over groups within [from, until], Unix milliseconds. Events are
// the newest first unless the query sorts them.
func run(p program, groups []Group, from, until int64, most int) (getQueryResultsOutput, error) {
	out := getQueryResultsOutput{Language: "CWLI", Results: [][]resultField{}, Status: "Complete"}
	var r result
	for _, g := range groups {
		events, size, err := g.read(from, until)
		if err != nil {
			return out, err
		}
		out.Statistics.Scanned += float64(len(events))
		out.Statistics.Bytes += float64(size)
		for i := range events {
			r.rows = append(r.rows, &row{group: g, event: &events[i]})
		}
	}
	slices.SortStableFunc(r.rows, func(a, b *row) int { return b.event.compare(*a.event) })
	r.matched = len(r.rows)
	for _, c := range p.commands {
		if err := c.apply(&r); err != nil {
			return out, err
		}
	}
	out.Statistics.Matched = float64(r.matched)
	for _, one := range r.rows[:min(len(r.rows), most)] {
		out.Results = append(out.Results, r.answer(one))
	}
	return out, nil
}

// answer is a row as it is sent: fields that it does not have are left out.
func (r *result) answer(one *row) []resultField {
	shown := r.columns
	if shown == nil {
		shown = []string{"@timestamp", "@message"}
	}
	fields := []resultField{}
	for _, name := range shown {
		if one.get(name).there() {
			fields = append(fields, resultField{name, one.spelled(name)})
		}
	}
	if one.event != nil {
		fields = append(fields, resultField{"@ptr", one.spelled("@ptr")})
	}
	return fields
}

func (c fieldsCommand) apply(r *result) error {
	set(r, c)
	for _, one := range c {
		if !slices.Contains(r.columns, one.name) {
			r.columns = append(r.columns, one.name)
		}
	}
	return nil
}

func (c displayCommand) apply(r *result) error {
	set(r, c)
	r.columns = nil
	for _, one := range c {
		r.columns = append(r.columns, one.name)
	}
	return nil
}

// set gives rows the fields that a command names; a plain field has its name already.
func set(r *result, columns []column) {
	for _, c := range columns {
		if f, ok := c.expression.(field); ok && string(f) == c.name {
			continue
		}
		for _, one := range r.rows {
			one.name(c.name, c.eval(one))
		}
	}
}

func (r *row) name(name string, v value) {
	if r.fields == nil {
		r.fields = map[string]value{}
	}
	r.fields[name] = v
}

func (c filterCommand) apply(r *result) error {
	r.rows = slices.DeleteFunc(r.rows, func(one *row) bool { return !c.eval(one).true() })
	if len(r.rows) == 0 || r.rows[0].event != nil {
		r.matched = len(r.rows)
	}
	return nil
}

func (c sortCommand) apply(r *result) error {
	slices.SortStableFunc(r.rows, func(a, b *row) int {
		for _, key := range c {
			order := key.eval(a).compare(key.eval(b))
			if key.descending {
				order = -order
			}
			if order != 0 {
				return order
			}
		}
		return 0
	})
	return nil
}

func (c limitCommand) apply(r *result) error {
	r.rows = r.rows[:min(len(r.rows), int(c))]
	return nil
}

// apply makes one row of those that agree in what they are grouped by. Without "by" there
// is one row, for no events too.
func (c statsCommand) apply(r *result) error {
	groups := map[string][]*row{}
	var order []string
	for _, one := range r.rows {
		var key strings.Builder
		for _, by := range c.by {
			key.WriteString(by.eval(one).key() + "\x00")
		}
		if groups[key.String()] == nil {
			order = append(order, key.String())
		}
		groups[key.String()] = append(groups[key.String()], one)
	}
	if len(c.by) == 0 && len(order) == 0 {
		order = []string{""}
	}
	r.rows, r.columns = nil, nil
	for _, key := range order {
		made := &row{}
		for _, by := range c.by {
			made.name(by.name, by.eval(groups[key][0]))
		}
		for _, a := range c.aggregates {
			made.name(a.name, over(a.expression, groups[key]))
		}
		r.rows = append(r.rows, made)
	}
	for _, one := range append(slices.Clone(c.by), c.aggregates...) {
		r.columns = append(r.columns, one.name)
	}
	return nil
}

// over is the value of an aggregating expression.
func over(e expression, rows []*row) value {
	switch e := e.(type) {
	case aggregate:
		return e.over(rows)
	case binary:
		x, y := over(e.left, rows), over(e.right, rows)
		return binary{e.operator, constant(x), constant(y)}.eval(nil)
	}
	return e.eval(nil)
}

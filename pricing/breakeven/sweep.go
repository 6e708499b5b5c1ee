package breakeven

import "frontdoor/pricing"

// point is a place on the axis. In a sweep without exact curves only f counts.
type point struct {
	f       float64
	exact   pricing.Quantity
	endless bool // after every x
}

// neither stands for two curves that cost the same, in a sweep of a pair.
const neither = -1

// stretch is where one curve is the cheapest, up to the next stretch.
type stretch struct {
	curve   int
	from    point
	was, is int  // pieces of the last stretch's curve and of this one's, right of from
	jump    bool // their costs differ at from: one of the curves jumps there
}

// tie is where a curve costs what the cheapest costs.
type tie struct {
	curve, with int
	from, to    point
}

// sweep walks along x from one breakpoint of any curve to the next. Between
// two of them every curve is a line, and the cheapest one changes only where a
// line with a lower slope comes from above.
type sweep struct {
	judge
	pair      bool // of two curves: stretches on which they cost the same belong to neither
	wantTies  bool
	start     level
	end       level
	stretches []stretch
	ties      []tie
	open      []int // for each curve, its tie with the cheapest at the moment, or -1
}

func (s *sweep) reset(lines []pricing.FloatCurve, exact []pricing.Curve) {
	s.judge.reset(lines, exact)
	s.start.reset(len(lines))
	s.end.reset(len(lines))
	s.stretches, s.ties, s.open = s.stretches[:0], s.ties[:0], s.open[:0]
	for range lines {
		s.open = append(s.open, -1)
	}
}

func (s *sweep) run(from, to point) {
	leader := neither
	for x := from; ; {
		s.advance(x)
		s.evaluate(&s.start, x)
		last := leader
		leader = s.cheapest()
		end := s.next(to)
		s.evaluate(&s.end, end)
		jump := last != neither && last != leader && s.sign(&s.start, leader, last) != 0
		if s.pair {
			jump = s.sign(&s.start, 0, 1) != 0
		}
		leader = s.cell(leader, x, end, jump)
		if end.endless || s.order(end, to) == 0 {
			return
		}
		x = end
	}
}

// advance moves each curve to the piece in force right of x.
func (s *sweep) advance(x point) {
	for i := range s.lines {
		for s.piece[i]+1 < len(s.lines[i].From) && s.order(s.breakpoint(i), x) <= 0 {
			s.piece[i]++
		}
	}
}

// next is the first breakpoint right of the pieces in force, or to when there
// is none before it.
func (s *sweep) next(to point) point {
	nearest := to
	for i := range s.lines {
		if s.piece[i]+1 < len(s.lines[i].From) {
			if b := s.breakpoint(i); s.order(b, nearest) < 0 {
				nearest = b
			}
		}
	}
	return nearest
}

// cheapest is the curve that costs the least right of the start of the cell:
// among equal ones that with the lowest slope, then the first.
func (s *sweep) cheapest() int {
	best := 0
	for i := 1; i < len(s.lines); i++ {
		c := s.sign(&s.start, i, best)
		if c < 0 || c == 0 && s.slopes(i, best) < 0 {
			best = i
		}
	}
	return best
}

// cell follows the cheapest line from x to end and returns the last one. It
// ends: every line that takes over costs less at the end than the one before.
func (s *sweep) cell(leader int, x, end point, jump bool) int {
	for {
		next := s.overtaker(leader)
		if next < 0 {
			s.emit(leader, x, end, jump)
			return leader
		}
		y := s.root(leader, next, x, end)
		s.emit(leader, x, y, jump)
		leader, x, jump = next, y, false
	}
}

// overtaker is the curve that first falls below the leader before the end of
// the cell, -1 when none does. It suffices to look at the end: nothing is below
// the leader where it begins to lead, and all are lines from there.
func (s *sweep) overtaker(leader int) int {
	best := -1
	for i := range s.lines {
		if i == leader || s.sign(&s.end, i, leader) >= 0 {
			continue
		}
		if best < 0 {
			best = i
			continue
		}
		c := s.roots(leader, i, best)
		if c < 0 || c == 0 && s.sign(&s.end, i, best) < 0 {
			best = i
		}
	}
	return best
}

// emit records that leader is the cheapest from x to y.
func (s *sweep) emit(leader int, x, y point, jump bool) {
	if s.exact == nil && !y.endless && y.f <= x.f {
		return // a crossing within rounding of a breakpoint
	}
	owner := leader
	if s.pair && s.same(0, 1) {
		owner = neither
	}
	if n := len(s.stretches); n == 0 {
		s.stretches = append(s.stretches, stretch{curve: owner, from: x})
	} else if last := s.stretches[n-1].curve; last != owner {
		next := stretch{curve: owner, from: x, jump: jump}
		if last != neither && owner != neither {
			next.was, next.is = s.piece[last], s.piece[owner]
		}
		s.stretches = append(s.stretches, next)
	}
	if s.wantTies {
		s.emitTies(leader, x, y)
	}
}

func (s *sweep) emitTies(leader int, x, y point) {
	for i := range s.lines {
		switch known := s.open[i]; {
		case i == leader || !s.same(i, leader):
			s.open[i] = -1
		case known >= 0 && s.ties[known].curve == leader:
			s.ties[known].to = y
		default:
			s.open[i] = len(s.ties)
			s.ties = append(s.ties, tie{leader, i, x, y})
		}
	}
}

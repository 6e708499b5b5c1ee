package report

// Grid is a table of text: every format that shows it shows the same cells.
type Grid struct {
	Header []string
	Left   int // columns aligned to the left
	Keys   int // columns that each part repeats where the table is parted; 0: those on the left
	Rows   [][]string
}

// Tables are the tables of a report, with one numbering of notes, to which cells
// refer as (1).
type Tables struct {
	Decision    Grid // the fronts side by side: latency, money, gates
	Latency     Grid
	Connections Grid // what setting them up took; no rows where that is worth none
	Parts       Grid // requests by edge location and cache state; no rows where they do not differ
	Function    Grid // durations and coverage
	Counts      Grid // what the lab counted; no rows without counters
	Money       Grid // bills, with what the forecast's range does to them
	Crossings   Grid // where fronts change places by volume
	Comparisons Grid // no rows with one front
	Gates       Grid // no rows without gates
	Claims      Grid // no rows without claims; each claim's evidence is in rows below it
	Flips       Grid // what would change the cheapest front
	Notes       []string
}

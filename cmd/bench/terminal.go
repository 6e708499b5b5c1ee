package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"frontdoor/report"
)

// screen is what is known of a stream: whether it is a terminal, and how wide.
type screen struct {
	terminal bool
	columns  int // 0: not known, or no terminal
}

func screenOf(f *os.File) screen {
	if !term.IsTerminal(int(f.Fd())) {
		return screen{}
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		columns = 0
	}
	return screen{true, columns}
}

// The values of --color.
func colours() []string { return []string{"auto", "always", "never"} }

// coloured decides for one stream: the flag, then NO_COLOR (no-color.org: present
// and not empty, whatever it says), then what forces colour, then the terminal.
func (e *env) coloured(flag string, s screen) bool {
	forced := func(name string) bool { v := e.getenv(name); return v != "" && v != "0" }
	switch {
	case flag == "always":
		return true
	case flag == "never" || e.getenv("NO_COLOR") != "":
		return false
	case forced("CLICOLOR_FORCE") || forced("FORCE_COLOR"):
		return true
	}
	return s.terminal && e.getenv("TERM") != "dumb" && e.getenv("CLICOLOR") != "0"
}

// style is how a table looks on stdout. COLUMNS is for pipes into a pager, which
// have no width of their own.
func (e *env) style(flag string) report.Style {
	columns := e.screen.columns
	if n, err := strconv.Atoi(e.getenv("COLUMNS")); err == nil && n > 0 {
		columns = n
	}
	return report.Style{Columns: columns, Colour: e.coloured(flag, e.screen)}
}

func checkColour(flag string) error {
	if !slices.Contains(colours(), flag) {
		return fmt.Errorf("--color: %q: want one of %s", flag, strings.Join(colours(), ", "))
	}
	return nil
}

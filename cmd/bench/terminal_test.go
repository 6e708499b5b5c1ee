package main

import "testing"

// The flag decides, then NO_COLOR, then what forces colour, then the terminal.
func TestColoured(t *testing.T) {
	tty := screen{terminal: true, columns: 120}
	tests := []struct {
		flag string
		set  map[string]string
		on   screen
		want bool
	}{
		{"auto", nil, tty, true},
		{"auto", nil, screen{}, false},
		{"always", map[string]string{"NO_COLOR": "1"}, screen{}, true},
		{"never", map[string]string{"FORCE_COLOR": "1"}, tty, false},
		{"auto", map[string]string{"NO_COLOR": "1"}, tty, false},
		{"auto", map[string]string{"NO_COLOR": "0"}, tty, false}, // whatever it says
		{"auto", map[string]string{"NO_COLOR": ""}, tty, true},
		{"auto", map[string]string{"NO_COLOR": "1", "FORCE_COLOR": "1"}, tty, false},
		{"auto", map[string]string{"FORCE_COLOR": "1"}, screen{}, true},
		{"auto", map[string]string{"CLICOLOR_FORCE": "1"}, screen{}, true},
		{"auto", map[string]string{"CLICOLOR_FORCE": "0"}, screen{}, false},
		{"auto", map[string]string{"FORCE_COLOR": "0"}, screen{}, false},
		{"auto", map[string]string{"TERM": "dumb"}, tty, false},
		{"auto", map[string]string{"TERM": "xterm", "CLICOLOR": "1"}, tty, true},
		{"auto", map[string]string{"CLICOLOR": "0"}, tty, false},
		{"auto", map[string]string{"CLICOLOR": "1"}, screen{}, false},
	}
	for _, test := range tests {
		if got := world(test.set).coloured(test.flag, test.on); got != test.want {
			t.Errorf("--color %s with %v on %+v: %v, want %v", test.flag, test.set, test.on, got, test.want)
		}
	}
}

// COLUMNS goes before the width of the terminal when it is a width.
func TestStyle(t *testing.T) {
	for columns, want := range map[string]int{"": 90, "72": 72, "0": 90, "-5": 90, "wide": 90} {
		e := world(map[string]string{"COLUMNS": columns})
		e.screen = screen{terminal: true, columns: 90}
		if got := e.style("auto"); got.Columns != want || !got.Colour {
			t.Errorf("COLUMNS=%q: %+v, want %d columns in colour", columns, got, want)
		}
	}
	for flag, fine := range map[string]bool{"auto": true, "always": true, "never": true, "": false, "yes": false} {
		if err := checkColour(flag); (err == nil) != fine {
			t.Errorf("--color %q: %v", flag, err)
		}
	}
}

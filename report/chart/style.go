package chart

import (
	"fmt"
	"strings"
)

// LightBackground and DarkBackground are what the colours were chosen against:
// on either, lines have a contrast of 3:1 and text of 4.5:1 at least (WCAG 2.2,
// 1.4.11 and 1.4.3).
const (
	LightBackground = "#ffffff"
	DarkBackground  = "#14171a"
)

// colour is how something is drawn on a light and on a dark background.
type colour struct{ line, text, dark string }

// palette has a colour for each series, in order.
func palette() []colour {
	return []colour{
		{"#0072b2", "#0072b2", "#58a6e0"}, // blue
		{"#d55e00", "#b04a00", "#ff9a4d"}, // orange
		{"#00795c", "#00795c", "#39c79b"}, // green
		{"#9b4f96", "#9b4f96", "#d18bd0"}, // purple
		{"#7a5a2b", "#7a5a2b", "#c9a66b"}, // brown
		{"#b5173e", "#b5173e", "#ff7a90"}, // crimson
		{"#4d5b66", "#4d5b66", "#a9b8c4"}, // slate
		{"#6b7300", "#6b7300", "#c3c94a"}, // olive
	}
}

// dashes has a pattern for each series, so that colour is never alone.
func dashes() []string {
	return []string{"", "7 4", "2 3", "9 3 2 3", "14 4", "5 2 1 2 1 2", "1 4", "14 3 3 3"}
}

func colorClass(i int) string { return fmt.Sprintf("s%d", i%len(palette())) }

// dash is the number of a series' pattern; series of one colour have different
// ones.
func dash(i int) int { return (i + i/len(palette())) % len(dashes()) }

// neutrals are the classes that belong to no series.
func neutrals() []struct {
	class string
	colour
} {
	return []struct {
		class string
		colour
	}{
		{Ink, colour{"#1b1f23", "#1b1f23", "#e6e9ec"}},
		{Muted, colour{"#57606a", "#57606a", "#a3adb7"}},
		{Good, colour{"#00795c", "#00795c", "#39c79b"}},
		{Bad, colour{"#b5173e", "#b5173e", "#ff7a90"}},
	}
}

const fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, 'Noto Sans', 'DejaVu Sans', sans-serif"

// Style is the style sheet of charts: light, and dark where a screen prefers
// that; paper is always light.
func Style() string {
	var b strings.Builder
	b.WriteString(`.chart{font-family:` + fonts + `}
.chart text{fill:currentColor;font-variant-numeric:tabular-nums}
.chart .bold{font-weight:700}
.chart .halo{paint-order:stroke;stroke:` + LightBackground + `;stroke-width:3px;stroke-linejoin:round}
.chart .line{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round}
.chart .thin{fill:none;stroke:currentColor;stroke-width:1.2}
.chart .dot{fill:none;stroke:currentColor;stroke-linecap:round}
.chart .fill{fill:currentColor;stroke:none}
.chart .pale{fill:currentColor;stroke:none;fill-opacity:.18}
.chart .shade{fill:currentColor;stroke:none;fill-opacity:.1}
.chart .faint{opacity:.55}
.chart .hollow{fill:` + LightBackground + `;stroke:currentColor;stroke-width:2}
.chart .paper{fill:` + LightBackground + `}
.chart .grid{stroke:#e3e7eb;stroke-width:1}
.chart .axis{stroke:#8a939c;stroke-width:1.2}
.chart .leader{fill:none;stroke:currentColor;stroke-width:1;stroke-dasharray:1 3;opacity:.8}
`)
	for i, d := range dashes() {
		if d != "" {
			fmt.Fprintf(&b, ".chart .d%d{stroke-dasharray:%s}\n", i, d)
		}
	}
	for i, c := range palette() {
		rule(&b, colorClass(i), c.line, c.text)
	}
	for _, n := range neutrals() {
		rule(&b, n.class, n.line, n.text)
	}
	b.WriteString("@media screen and (prefers-color-scheme:dark){\n.chart .halo{stroke:" + DarkBackground + "}\n.chart .hollow,.chart .paper{fill:" + DarkBackground + "}\n.chart .grid{stroke:#2b3138}\n.chart .axis{stroke:#7b858f}\n")
	for i, c := range palette() {
		rule(&b, colorClass(i), c.dark, c.dark)
	}
	for _, n := range neutrals() {
		rule(&b, n.class, n.dark, n.dark)
	}
	b.WriteString("}\n")
	return b.String()
}

func rule(b *strings.Builder, class, line, text string) {
	fmt.Fprintf(b, ".chart .%s{color:%s}\n.chart text.%s{color:%s}\n", class, line, class, text)
}

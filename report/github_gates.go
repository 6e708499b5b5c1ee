package report

import (
	"cmp"
	"strings"
)

// gateFronts names the fronts of a judged gate.
func gateFronts(g Gate) string { return cmp.Or(g.Front, strings.Join(g.Named, ", ")) }

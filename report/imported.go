package report

import (
	"fmt"
	"slices"
	"strings"

	"frontdoor/record"
)

// importedFrom says of each front whose figures are another tool's, from which files they
// are and what they lack.
func importedFrom(fronts []record.Front) []string {
	var list []string
	for _, f := range fronts {
		if f.Imported == nil {
			continue
		}
		var files []string
		for _, file := range f.Imported.Files {
			files = append(files, fmt.Sprintf("%s (%s)", file.Name, file.Format))
		}
		text := fmt.Sprintf("%s: imported from %s", f.ID, strings.Join(files, ", "))
		if len(f.Imported.Lacks) > 0 {
			var lacks []string
			for _, l := range f.Imported.Lacks {
				lacks = append(lacks, string(l))
			}
			text += ", without " + strings.Join(lacks, ", ")
		}
		list = append(list, text)
		for _, note := range f.Imported.Notes {
			list = append(list, f.ID+": "+note)
		}
	}
	return list
}

// unjoined reports whether a front's requests do not name their invocations.
func unjoined(f record.Front) bool {
	return f.Imported != nil && (slices.Contains(f.Imported.Lacks, record.LacksRequestIDs) || slices.Contains(f.Imported.Lacks, record.LacksHits))
}

// Since is what response times count from: tools whose results were imported do not say
// when a request was due.
func (r *Report) Since() string {
	if r.Imported() {
		return "the send"
	}
	return "the intended send"
}

// Imported reports whether the figures are other tools'.
func (r *Report) Imported() bool {
	return slices.ContainsFunc(r.Fronts, func(f Front) bool { return f.imported })
}

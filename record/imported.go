package record

import "slices"

// Imported says that a front's hits and reports are another tool's, and what that tool
// did not write down.
type Imported struct {
	Files []ImportedFile `json:"files"`
	Lacks []Lack         `json:"lacks,omitempty"`
	Notes []string       `json:"notes,omitempty"` // what a reader of the figures should know, one sentence each
}

// ImportedFile is one file that was read.
type ImportedFile struct {
	Name   string `json:"name"` // without its folder
	Sum    string `json:"sha256"`
	Format string `json:"format"` // "vegeta gob", "Logs Insights CSV"
	Rounds []int  `json:"rounds,omitempty"`
}

// Lack is something that a front's files do not have. What a hit says of it then means
// nothing: 0 bytes, no new connection, no request id.
type Lack string

// What files may lack.
const (
	LacksHits          Lack = "requests" // there are REPORT lines alone
	LacksRequestIDs    Lack = "request ids"
	LacksRequestBytes  Lack = "request sizes"
	LacksResponseBytes Lack = "answer sizes"
	LacksConnections   Lack = "connections"
)

// Lacks reports whether the front's hits do not have something.
func (f Front) Lacks(l Lack) bool { return f.Imported != nil && slices.Contains(f.Imported.Lacks, l) }

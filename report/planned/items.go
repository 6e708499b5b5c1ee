package planned

import (
	"fmt"
	"time"

	"frontdoor/report/words"
)

// Items is what became of the items that a run wrote: versions, those of them that came
// into force during a trial, how late one of 100 of those was at least, and failures.
type Items struct {
	Written, During int
	Late            time.Duration
	Failed          int
}

// String is a line of it, "" where nothing was to be written.
func (i Items) String() string {
	if i.Written+i.Failed == 0 {
		return ""
	}
	text := fmt.Sprintf("items: %s written", words.Plural(i.Written, "version"))
	if i.During > 0 {
		text += fmt.Sprintf(", %s of them during trials, 1 in 100 of those %s late or more", words.Group(int64(i.During)), i.Late.Round(100*time.Microsecond))
	}
	if i.Failed > 0 {
		text += fmt.Sprintf("; %s could not be written", words.Group(int64(i.Failed)))
	}
	return text
}

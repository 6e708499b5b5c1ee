package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"frontdoor/record"
)

// floorFor is the id of the newest A/A run in the folder of runs that was whole
// and measured the same scenario at the same targets on the same host; "" when there is none. The run
// keeps it, so that later reports of the run say the same.
func floorFor(runs string, run record.Run, yaml []byte, targets string) string {
	sum := sha256.Sum256(yaml)
	dir, err := newestRun(runs, func(r record.Run) bool {
		return r.AA && r.Stopped == "" && !r.Ended.IsZero() && r.Host == run.Host && r.Source == run.Source && r.Targets == targets && r.YAMLSum == hex.EncodeToString(sum[:])
	})
	if err != nil || dir == "" { // a run does not depend on it
		return ""
	}
	return filepath.Base(dir)
}

// floorNone is what --floor takes for no noise floor.
const floorNone = "none"

// floor opens the A/A run of a recording: the one that the flag names, itself, or
// the one that it knew when it began. missing says what is not there any more.
func floor(rec *record.Recording, named string) (aa *record.Recording, missing string, err error) {
	switch {
	case named == floorNone:
		return nil, "", nil
	case named != "":
		if aa, err = record.Open(named); err == nil && !aa.AA {
			err = fmt.Errorf("run %q is no A/A run: want one that bench run --aa made", named)
		}
		if err == nil && (aa.Scenario != rec.Scenario || aa.Host != rec.Host || aa.Source != rec.Source) {
			err = fmt.Errorf("run %q measured another scenario, or on another host or source: its noise is not that of run %q", named, rec.ID)
		}
		if err != nil {
			return nil, "", usage(fmt.Errorf("--floor: %w", err))
		}
		return aa, "", nil
	case rec.AA:
		return rec, "", nil
	case rec.Floor == "":
		return nil, "", nil
	}
	dir := filepath.Join(filepath.Dir(rec.Dir), rec.Floor)
	aa, err = record.Open(dir)
	if err == nil && !aa.AA {
		err = errors.New("it is no A/A run")
	}
	if err != nil {
		return nil, fmt.Sprintf("the noise floor of A/A run %s cannot be read: %s", rec.Floor, strings.ReplaceAll(err.Error(), dir, rec.Floor)), nil
	}
	return aa, "", nil
}

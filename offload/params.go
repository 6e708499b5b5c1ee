package offload

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Params describe the object, its readers and the options.
type Params struct {
	Days         int           `json:"days"`           // that are counted, behind a warm-up of WarmUp days
	Edges        int           `json:"edges"`          // edge caches
	Parents      int           `json:"parents"`        // parent caches between them and the origin; 0 is none
	ReadsPerHour float64       `json:"reads_per_hour"` // at each edge
	Poisson      bool          `json:"poisson"`        // reads at random times; else evenly, at a phase of its own for each edge
	Size         int64         `json:"size"`           // of the object, bytes
	Changes      Changes       `json:"changes"`
	TTL          time.Duration `json:"ttl_ns"`          // of ttl and a
	PurgeEffect  time.Duration `json:"purge_effect_ns"` // from 201 until a purge is done; Akamai says about 5 s
	Schedule     Schedule      `json:"schedule"`        // of a
	Publish      Publish       `json:"publish"`         // of b
	Faults       Faults        `json:"faults"`
}

// Changes say when the object changes: once a day at At + N(Mean, Deviation).
type Changes struct {
	At        time.Duration `json:"at_ns"` // of the day, UTC
	Mean      time.Duration `json:"mean_ns"`
	Deviation time.Duration `json:"deviation_ns"`
	Miss      float64       `json:"miss"` // share of days without a change
}

// Schedule is option A's recurring invalidation.
type Schedule struct {
	Margin time.Duration `json:"margin_ns"` // how long behind Changes.At + Changes.Mean the job runs
	Every  time.Duration `json:"every_ns"`  // between jobs
	Manual time.Duration `json:"manual_ns"` // from a late change until somebody purges, in a-manual
}

// Publish is option B's chain, from the change to the purge. The defaults are
// assumptions: illustrative until measured.
type Publish struct {
	TTL         time.Duration `json:"ttl_ns"` // of copies whose origin is NetStorage: at least 10 minutes unless agreed otherwise
	Bugs        Bugs          `json:"bugs"`
	Event       Delay         `json:"event"`       // from the PUT until Lambda has the notification
	Init        Delay         `json:"init"`        // of the function: at one change a day it is always cold
	Get         Delay         `json:"get"`         // download from S3
	Upload      Delay         `json:"upload"`      // to NetStorage
	Settle      time.Duration `json:"settle_ns"`   // what the repaired handler waits between upload and purge
	Replication Delay         `json:"replication"` // until the other replica has the object
	PurgeCall   time.Duration `json:"purge_call_ns"`
	MemoryMB    int           `json:"memory_mb"`
	LogBytes    int64         `json:"log_bytes"`  // of one invocation
	Replicas    int           `json:"replicas"`   // copies that NetStorage bills
	Neighbours  int           `json:"neighbours"` // other objects of the CP code that are read daily
}

// Delay is lognormal; a Sigma of 0 makes it always Median.
type Delay struct {
	Median time.Duration `json:"median_ns"`
	Sigma  float64       `json:"sigma"` // of the logarithm
}

// Faults are shares of changes or attempts, 0 to 1.
type Faults struct {
	Double      float64       `json:"double"`       // changes followed by another one within the same second
	Gap         time.Duration `json:"gap_ns"`       // between the two; less than a second
	Swapped     float64       `json:"swapped"`      // of those, uploads that land in the wrong order
	Duplicate   float64       `json:"duplicate"`    // events delivered twice
	Multipart   float64       `json:"multipart"`    // changes by multipart upload, whose event a filter for Put does not match
	UploadFails float64       `json:"upload_fails"` // uploads refused
	PurgeFails  float64       `json:"purge_fails"`  // purge requests refused
}

// Bugs are those of the published handler, each to be switched alone.
// https://github.com/roymartinezblanco/Akamai-on-AWS-Lambda
type Bugs struct {
	NameError   bool `json:"name_error"`   // the last commit: fails behind the download, so Lambda tries three times and nothing is published (F32)
	WrongPath   bool `json:"wrong_path"`   // the upload goes to /data832468/, which is no CP code of the account: refused (F29)
	Staging     bool `json:"staging"`      // the purge goes to the staging network; production stays as it is (F25)
	PurgeAnyway bool `json:"purge_anyway"` // a failed upload is no error: the purge is sent, and Lambda does not try again (F33)
	KeepMTime   bool `json:"keep_mtime"`   // uploads have the second of NetStorage's clock, so that the later of two in one second is answered by 304 (F30)
	NoGuard     bool `json:"no_guard"`     // uploads are not compared by sequencer: a late one wins (F31)
	PutOnly     bool `json:"put_only"`     // the notification is for s3:ObjectCreated:Put (F31)
	ByCPCode    bool `json:"by_cpcode"`    // the purge takes every object of the CP code
}

// BugNames lists the bugs by name, in the order in which they strike.
func BugNames() []string {
	return []string{"put-only", "name-error", "no-guard", "keep-mtime", "wrong-path", "purge-anyway", "by-cpcode", "staging"}
}

// BugsOf are the bugs with the given names; the error names one that there is not.
func BugsOf(names ...string) (Bugs, error) {
	var b Bugs
	flags := []*bool{&b.PutOnly, &b.NameError, &b.NoGuard, &b.KeepMTime, &b.WrongPath, &b.PurgeAnyway, &b.ByCPCode, &b.Staging}
	for _, name := range names {
		i := slices.Index(BugNames(), name)
		if i < 0 {
			return b, fmt.Errorf("there is no bug %q: want some of %s", name, strings.Join(BugNames(), ", "))
		}
		*flags[i] = true
	}
	return b, nil
}

// Head is the handler as its last commit has it.
func Head() Bugs {
	b := Published()
	b.NameError = true
	return b
}

// Published is the handler as the article shows it.
func Published() Bugs {
	return Bugs{WrongPath: true, Staging: true, PurgeAnyway: true, KeepMTime: true, NoGuard: true, PutOnly: true, ByCPCode: true}
}

// Repaired has no bug.
func Repaired() Bugs { return Bugs{} }

// Defaults are the system under comparison: an object of 1 MB that is read every hour at
// 20 edges behind one parent and changes daily, a TTL of two days and, for b, the
// least that NetStorage allows.
// https://dev.to/roymartinezblanco/how-to-use-akamai-api-libraries-in-aws-lambda-2g7p
func Defaults() Params {
	return Params{
		Days: 30, Edges: 20, Parents: 1, ReadsPerHour: 1, Size: 1_000_000,
		Changes:     Changes{At: 2 * time.Hour, Deviation: 10 * time.Minute},
		TTL:         48 * time.Hour,
		PurgeEffect: 5 * time.Second,
		Schedule:    Schedule{Every: 24 * time.Hour, Manual: 30 * time.Minute},
		Publish: Publish{
			TTL:   10 * time.Minute,
			Event: Delay{time.Second, 0.6}, Init: Delay{1500 * time.Millisecond, 0},
			Get: Delay{200 * time.Millisecond, 0.3}, Upload: Delay{time.Second, 0.3},
			Replication: Delay{5 * time.Second, 0.8}, PurgeCall: 300 * time.Millisecond,
			MemoryMB: 128, LogBytes: 500, Replicas: 2,
		},
		Faults: Faults{Gap: 100 * time.Millisecond},
	}
}

// WarmUp is how many days run before any is counted: every cache has then been
// filled, and filled again, at a time of its own.
func (p *Params) WarmUp() int {
	day := 24 * time.Hour
	return int((max(p.TTL, p.Publish.TTL)+day-1)/day) + 1
}

// tops is the number of caches that ask the origin.
func (p *Params) tops() int {
	if p.Parents > 0 {
		return p.Parents
	}
	return p.Edges
}

package scenarios

import (
	"fmt"
	"slices"
	"time"
)

// Offload is an object in S3 that is kept in Akamai's caches, and the ways of doing it
// that are compared: instead of fronts, requests and load.
type Offload struct {
	Days         int
	Edges        int
	Parents      int
	ReadsPerHour float64
	Arrivals     string // Constant or Poisson
	ObjectSize   Bytes
	TTL          Duration
	PurgeTakes   Duration
	Changes      OffloadChanges
	Invalidation OffloadInvalidation
	Publish      OffloadPublish
	Faults       OffloadFaults
	Loopback     OffloadLoopback
}

func (o *Offload) fields() []field {
	return []field{
		{name: "days", into: &o.Days, def: "30", min: "1", max: "10000",
			doc: "Days that are simulated and counted, behind a warm-up of one TTL and a day."},
		{name: "edges", into: &o.Edges, def: "20", min: "1", max: "1000",
			doc: "Edge caches with readers of their own."},
		{name: "parents", into: &o.Parents, def: "1", min: "0", max: "1000",
			doc: "Parent caches between the edges and the origin (tiered distribution); 0 is none."},
		{name: "reads_per_hour", into: &o.ReadsPerHour, def: "1", min: "0.001", max: "100000",
			doc: "Reads at each edge."},
		{name: "arrivals", into: &o.Arrivals, def: Constant, enum: []string{Constant, Poisson},
			doc: "constant: at even intervals, at a phase of its own for each edge; poisson: at random."},
		{name: "object_size", into: &o.ObjectSize, def: "1MB", min: "1B", max: "100GB",
			doc: "Size of the object."},
		{name: "ttl", into: &o.TTL, def: "48h", min: "1s", max: "8760h",
			doc: "Time to live of copies whose origin is S3; and of those from NetStorage where the published handler leaves the property as it is."},
		{name: "purge_takes", into: &o.PurgeTakes, def: "5s", min: "0s", max: "1h",
			doc: "From a purge's 201 until it is done. Akamai says about 5 seconds."},
		{name: "changes", into: &o.Changes,
			doc: "When the object changes."},
		{name: "invalidation", into: &o.Invalidation,
			doc: "Option A's scheduled invalidation."},
		{name: "publish", into: &o.Publish,
			doc: "Option B: what publishing takes. The defaults of its delays are assumptions."},
		{name: "faults", into: &o.Faults,
			doc: "What goes wrong, as shares."},
		{name: "loopback", into: &o.Loopback,
			doc: "The short run in real time, of the real handlers against emulators of Akamai on loopback."},
	}
}

// OffloadChanges say when the object changes: once a day.
type OffloadChanges struct {
	At        Duration
	Deviation Duration
	MissDay   Share
}

func (c *OffloadChanges) fields() []field {
	return []field{
		{name: "at", into: &c.At, def: "2h", min: "0s", max: "24h",
			doc: "Time of the day, UTC, as what has passed since midnight."},
		{name: "deviation", into: &c.Deviation, def: "10m", min: "0s", max: "12h",
			doc: "Standard deviation of the time at which it really happens."},
		{name: "miss_day", into: &c.MissDay, def: "0%",
			doc: "Share of days without a change."},
	}
}

// OffloadInvalidation is option A's job.
type OffloadInvalidation struct {
	Margin Duration
	Every  Duration
	Manual Duration
}

func (i *OffloadInvalidation) fields() []field {
	return []field{
		{name: "margin", into: &i.Margin, def: "0s", min: "0s", max: "23h",
			doc: "How long behind the expected change the job runs. The published system plans none."},
		{name: "every", into: &i.Every, def: "24h", min: "1m", max: "24h",
			doc: "Between jobs."},
		{name: "manual", into: &i.Manual, def: "30m", min: "1s", max: "24h",
			doc: "From a late change until somebody purges by hand, in option a-manual."},
	}
}

// OffloadPublish is option B's chain.
type OffloadPublish struct {
	TTL         Duration
	Bugs        []string
	Settle      Duration
	Memory      Memory
	Replicas    int
	Neighbours  int
	Log         Bytes
	Event       *OffloadDelay
	Init        *OffloadDelay
	Get         *OffloadDelay
	Upload      *OffloadDelay
	Replication *OffloadDelay
	PurgeCall   Duration
}

func (p *OffloadPublish) fields() []field {
	return []field{
		{name: "ttl", into: &p.TTL, def: "10m", min: "1m", max: "8760h",
			doc: "Time to live of copies whose origin is NetStorage, for the repaired handler: the bound of its staleness when a purge fails or comes too early. NetStorage allows 10 minutes and more."},
		{name: "bugs", into: &p.Bugs, enum: offloadBugs(),
			doc:      "Bugs of the published handler that option b keeps in the simulation, to see what each does alone: put-only (a notification of Put does not hear of multipart uploads), name-error (of the last commit), no-guard (late events win), keep-mtime (two uploads of one second are one to a cache), wrong-path (the upload is refused), purge-anyway (a failed upload is no error), by-cpcode (the purge takes every object), staging (the purge is of the wrong network).",
			examples: []string{"[staging]"}},
		{name: "settle", into: &p.Settle, def: "0s", min: "0s", max: "15m",
			doc: "What the repaired handler waits between upload and purge, for replicas to catch up."},
		{name: "memory", into: &p.Memory, def: "128MB", min: "128MB", max: "10240MB",
			doc: "Memory of the publishing function."},
		{name: "replicas", into: &p.Replicas, def: "2", min: "1", max: "10",
			doc: "Copies of the object that NetStorage bills."},
		{name: "neighbours", into: &p.Neighbours, def: "0", min: "0", max: "1000000",
			doc: "Other objects of the same CP code that are read daily: a purge by CP code takes them too."},
		{name: "log", into: &p.Log, def: "500B", min: "0B", max: "1MB",
			doc: "Log of one invocation."},
		{name: "event", into: &p.Event, def: "{median: 1s, sigma: 0.6}",
			doc: "From the change until Lambda has the notification. Assumed."},
		{name: "init", into: &p.Init, def: "{median: 1500ms, sigma: 0}",
			doc: "Cold start: at a change a day every start is cold. Assumed."},
		{name: "get", into: &p.Get, def: "{median: 200ms, sigma: 0.3}",
			doc: "Download from S3. Assumed."},
		{name: "upload", into: &p.Upload, def: "{median: 1s, sigma: 0.3}",
			doc: "Upload to NetStorage. Assumed."},
		{name: "replication", into: &p.Replication, def: "{median: 5s, sigma: 0.8}",
			doc: "Until NetStorage's other replica has the upload. Assumed."},
		{name: "purge_call", into: &p.PurgeCall, def: "300ms", min: "0s", max: "1m",
			doc: "The purge request itself. Assumed."},
	}
}

// offloadBugs are the names that package offload has for them.
func offloadBugs() []string {
	return []string{"put-only", "name-error", "no-guard", "keep-mtime", "wrong-path", "purge-anyway", "by-cpcode", "staging"}
}

// OffloadDelay is a lognormal duration.
type OffloadDelay struct {
	Median Duration
	Sigma  float64
}

func (d *OffloadDelay) fields() []field {
	return []field{
		{name: "median", into: &d.Median, required: true, min: "0s", max: "24h", doc: "Half of them are shorter."},
		{name: "sigma", into: &d.Sigma, def: "0", min: "0", max: "3", doc: "Standard deviation of the logarithm; 0 is always the median."},
	}
}

// OffloadFaults are shares of changes or of attempts.
type OffloadFaults struct {
	Double, Swapped, Duplicate, Multipart, UploadFails, PurgeFails Share
}

func (f *OffloadFaults) fields() []field {
	return []field{
		{name: "double", into: &f.Double, def: "0%", doc: "Changes followed by another one within the same second."},
		{name: "swapped", into: &f.Swapped, def: "0%", doc: "Of those, uploads that land in the wrong order."},
		{name: "duplicate", into: &f.Duplicate, def: "0%", doc: "Events that S3 delivers twice."},
		{name: "multipart", into: &f.Multipart, def: "0%", doc: "Changes by multipart upload, which a notification for Put does not match."},
		{name: "upload_fails", into: &f.UploadFails, def: "0%", doc: "Uploads that NetStorage refuses."},
		{name: "purge_fails", into: &f.PurgeFails, def: "0%", doc: "Purges that Akamai refuses."},
	}
}

// OffloadLoopback is the run in real time.
type OffloadLoopback struct {
	Changes    int
	PurgeTakes Duration
	RetryWait  Duration
}

func (l *OffloadLoopback) fields() []field {
	return []field{
		{name: "changes", into: &l.Changes, def: "3", min: "1", max: "100",
			doc: "Changes of the object under each handler."},
		{name: "purge_takes", into: &l.PurgeTakes, def: "1s", min: "1s", max: "30s",
			doc: "From a purge's 201 until it is done. Akamai answers in whole seconds."},
		{name: "retry_wait", into: &l.RetryWait, def: "100ms", min: "0s", max: "2m",
			doc: "Stands for each of the waits, one minute and two, behind which Lambda runs a failed event again."},
	}
}

// offloadFields are the only ones that a scenario with offload has.
func offloadFields() []string {
	return []string{"version", "name", "description", "seed", "pricing", "claims", "offload"}
}

// form notes what a file is before it is read: fields that it need not have are not
// filled in.
func (s *Scenario) form(root *node) {
	for i := 0; i+1 < len(root.Content); i += 2 {
		s.given = append(s.given, root.Content[i].Value)
	}
}

// offloading reports whether the file has offload.
func (s *Scenario) offloading() bool { return slices.Contains(s.given, "offload") }

// formed leaves out what a file with offload does not have, and does not give.
func (s *Scenario) formed(all []field) []field {
	if !s.offloading() {
		return all
	}
	return slices.DeleteFunc(all, func(f field) bool {
		return !slices.Contains(offloadFields(), f.name) && !slices.Contains(s.given, f.name)
	})
}

// checkOffload tests the rules between the fields of a scenario with offload.
func (s *Scenario) checkOffload(c *checker) {
	for _, name := range s.given {
		if !slices.Contains(offloadFields(), name) {
			c.fail(name, "offload is given too", "either offload or "+name)
		}
	}
	s.checkClaims(c)
	o := s.Offload
	if o.Parents > o.Edges {
		c.fail("offload.parents", fmt.Sprintf("%d are more than the %d edges", o.Parents, o.Edges), "no more parents than edges")
	}
	if least := Duration(10 * time.Minute); o.Publish.TTL < least {
		c.warn("offload.publish.ttl", fmt.Sprintf("%s is less than NetStorage allows", o.Publish.TTL), "use 10m or more, unless Akamai agreed to one minute")
	}
	if o.Invalidation.Margin >= o.Invalidation.Every {
		c.fail("offload.invalidation.margin", fmt.Sprintf("%s is not less than every, %s", o.Invalidation.Margin, o.Invalidation.Every), "a margin shorter than the interval of the jobs")
	}
}

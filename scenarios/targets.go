package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"frontdoor/front"
)

// Targets is targets.yaml: where the fronts of a scenario stand. bench deploy writes
// one, and a person may write one by hand. It is recorded with the run, so it names
// secrets and never holds one.
type Targets struct {
	Version    int
	Scenario   string      // the name of the scenario whose fronts they are
	Deployment *Deployment // nil: not made by bench deploy
	Fronts     []Target

	decoder *decoder // nil of Targets that were not parsed
}

// Deployment is what bench deploy made.
type Deployment struct {
	Name     string
	Account  string    // twelve digits
	Made     time.Time // to the second
	HostsSum string    // Targets.HostsSum when the file was written
	Stacks   []DeployedStack
}

// DeployedStack is one CloudFormation stack of a deployment, in the order made.
type DeployedStack struct {
	Name   string
	Region string
}

// Target is where one front of the scenario stands.
type Target struct {
	ID     string // of the scenario's front
	Region string // "" is the scenario's
	Deployed
}

func (t *Targets) fields() []field {
	return []field{
		{name: "version", into: &t.Version, required: true, min: "1", max: "1",
			doc: "The version of this format. It must be the first field, so that a later version can be refused before anything else is read."},
		{name: "scenario", into: &t.Scenario, required: true, pattern: kebab, want: kebabWant,
			doc:      "The name of the scenario whose fronts these are.",
			examples: []string{"quickstart"}},
		{name: "deployment", into: &t.Deployment,
			doc: "What bench deploy made. Left out of a file that a person writes."},
		{name: "fronts", into: &t.Fronts, required: true, least: 1,
			doc: "The fronts and their addresses. Whatever else a front is, its kind, memory and handler, the scenario says."},
	}
}

func (d *Deployment) fields() []field {
	return []field{
		{name: "name", into: &d.Name, required: true, pattern: kebab, want: kebabWant,
			doc:      "The deployment's name, which is in the tag bench:deployment of everything that it has.",
			examples: []string{"quickstart-3f9a"}},
		{name: "account", into: &d.Account, required: true, pattern: `^[0-9]{12}$`, want: "the twelve digits of an AWS account, in quotes",
			doc: "The AWS account."},
		{name: "made", into: (*moment)(&d.Made), required: true,
			doc: "When the deployment was made, in UTC."},
		{name: "hosts_sha256", into: &d.HostsSum, required: true, pattern: `^[0-9a-f]{64}$`, want: "64 hexadecimal digits",
			doc: "SHA-256 over the hosts of the fronts' urls, sorted, each once and with a line feed behind it: a url edited by hand is noticed."},
		{name: "stacks", into: &d.Stacks, required: true, least: 1,
			doc: "The CloudFormation stacks, in the order in which they were made. bench destroy deletes them from the last to the first."},
	}
}

func (s *DeployedStack) fields() []field {
	return []field{
		{name: "name", into: &s.Name, required: true, pattern: `^[a-zA-Z][a-zA-Z0-9-]{0,127}$`, want: "a stack's name: a letter, then letters, digits and hyphens, 128 in all",
			doc: "The stack's name."},
		{name: "region", into: &s.Region, required: true, pattern: regionPattern, want: regionWant,
			doc: "The AWS Region in which it stands."},
	}
}

func (t *Target) fields() []field {
	address := t.address()[0]
	address.required, address.doc = true, "The front's address. A slash at the end is dropped: a request's path follows."
	access := t.access()[0]
	access.doc = strings.TrimSuffix(access.doc, " With url only.")
	fields := []field{
		{name: "id", into: &t.ID, required: true, pattern: kebab, want: kebabWant,
			doc:      "The id of the scenario's front that stands here.",
			examples: []string{"http-api"}},
		address,
		{name: "region", into: &t.Region, pattern: regionPattern, want: regionWant, derived: "the scenario's",
			doc: "The AWS Region of the front. A Lambda@Edge function is always made in us-east-1."},
	}
	return append(append(fields, t.identifiers()...), t.further(), access)
}

// ParseTargets reads the targets file in data; name is how errors call the file. An
// error is an *Error and names the first mistake, as Parse does. Whether they fit a
// scenario Scenario.On tells.
func ParseTargets(name string, data []byte) (*Targets, error) {
	t := &Targets{}
	d, err := read(source{name, "targets file", data}, t)
	if err != nil {
		return nil, err
	}
	t.decoder = d
	c := t.checker()
	seen := map[string]int{}
	for i, target := range t.Fronts {
		path := fmt.Sprintf("fronts[%d]", i)
		if first, ok := seen[target.ID]; ok {
			c.fail(path+".id", fmt.Sprintf("%q is the id of fronts[%d] too", target.ID, first), "each front once")
		}
		seen[target.ID] = i
		target.checkURL(c, path+".url")
		target.Auth.checkShape(c, path+".auth")
	}
	if c.first != nil {
		return nil, c.first
	}
	return t, nil
}

// Of is the target with no other identifiers than a front of the kind has.
func (t Target) Of(kind front.Kind) Target {
	needs := identifiersOf(kind)
	for _, f := range t.identifiers()[1:] { // [0] is metrics
		if name, ok := f.into.(*string); ok && f.name != "function_region" && !slices.Contains(needs, f.name) {
			*name = ""
		}
	}
	return t
}

// checker finds places in the file; of Targets that were not parsed there is one.
func (t *Targets) checker() *checker {
	if t.decoder == nil {
		return &checker{file: "targets", at: map[string]*node{"": {Line: 1}}}
	}
	return &checker{file: t.decoder.file, at: t.decoder.at}
}

// Position is where the value at path stands in the file, as Scenario.Position.
func (t *Targets) Position(path string) (line, column int) { return t.decoder.position(path) }

// Front returns the target called id.
func (t *Targets) Front(id string) (Target, bool) {
	i := slices.IndexFunc(t.Fronts, func(f Target) bool { return f.ID == id })
	if i < 0 {
		return Target{}, false
	}
	return t.Fronts[i], true
}

// Hosts are the hosts of the fronts' urls, sorted, each once, in small letters, with
// the port where the url has one.
func (t *Targets) Hosts() []string {
	var hosts []string
	for _, f := range t.Fronts {
		if u, err := url.Parse(f.URL); err == nil {
			hosts = append(hosts, strings.ToLower(u.Host))
		}
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// HostsSum is the SHA-256 of Hosts, each with a line feed behind it, in hexadecimal
// digits. bench deploy writes it; when it is another, the hosts are not those that were
// deployed.
func (t *Targets) HostsSum() string {
	sum := sha256.Sum256([]byte(strings.Join(t.Hosts(), "\n") + "\n"))
	return hex.EncodeToString(sum[:])
}

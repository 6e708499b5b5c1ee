package scenarios

import "math/big"

// Workload is a month to price without a measurement: its front doors, each with the
// traffic that it gets, or quantities by meter. Exactly one of Usage and Fronts is set.
// ParseWorkload returns it with every default filled in.
type Workload struct {
	Version          int
	Name             string // "" when the file has none
	Description      string
	Region           string   // of what names none
	Usage            []Amount // in file order
	RequestsPerMonth *Whole   // beside Usage; nil: no cost per request
	Account          []Amount // what the rest of the account uses; tiers and free tiers begin behind it
	Fronts           []WorkloadFront

	defaults *frontDefaults
	decoder  *decoder
}

func (w *Workload) fields() []field {
	return []field{
		{name: "version", into: &w.Version, required: true, min: "1", max: "1",
			doc: "The version of this format. It must be the first field, so that a later version can be refused before anything else is read."},
		{name: "name", into: &w.Name, pattern: kebab, want: kebabWant,
			doc:      "The workload's name, for reports.",
			examples: []string{"hello-doors"}},
		{name: "description", into: &w.Description,
			doc: "One or two sentences for the list of workloads and for reports."},
		{name: "region", into: &w.Region, def: "us-east-1", pattern: regionPattern, want: regionWant,
			doc: "The AWS Region of every meter and front that names none."},
		{name: "usage", into: (*amounts)(&w.Usage),
			doc:      "The month as quantities by meter, priced as one front with the id usage. A key is a meter, or meter@Region. Give either usage or fronts.",
			examples: []string{`{"lambda.requests": "3M", "lambda.gb_seconds.x86": 540000, "egress.internet_gb@eu-west-1": 100}`}},
		{name: "requests_per_month", into: &w.RequestsPerMonth, min: "1",
			doc:      "How many requests the quantities of usage serve, for a cost per million. With usage only: a front has its own.",
			examples: []string{`"3M"`}},
		{name: "account", into: (*amounts)(&w.Account),
			doc:      "What the rest of the account uses in the month, in the notation of usage. Tiers and free tiers are counted over the whole account, so those of the workload begin behind it.",
			examples: []string{`{"egress.internet_gb": 20480}`}},
		{name: "defaults", into: &w.defaults,
			doc:      "Fields of a front, but id and kind, for the fronts that do not give them themselves: field by field, a mapping as a whole. A front whose kind has no use for one ignores it. With fronts only.",
			examples: []string{`{"requests_per_month": "15M", "memory": "128MB", "duration": "52ms"}`}},
		{name: "fronts", into: &w.Fronts, least: 1,
			doc: "The front doors to price, in the order in which reports list them. Give either usage or fronts."},
	}
}

func (w *Workload) constrain(s *schema) {
	s.OneOf = []*schema{{Required: []string{"usage"}}, {Required: []string{"fronts"}}}
}

// ParseWorkload reads the workload in data; name is how errors call the file.
//
// The workload comes back with every default filled in and every rule between fields
// checked. An error is an *Error and names the first mistake, as Parse does. Which
// meters there are it does not know: see Error.
func ParseWorkload(name string, data []byte) (*Workload, error) {
	w := &Workload{}
	d, err := read(source{name, "workload", data}, w)
	if err != nil {
		return nil, err
	}
	w.decoder = d
	c := &checker{file: name, at: d.at}
	w.check(c)
	if c.first != nil {
		return nil, c.first
	}
	return w, nil
}

// Position is where the value of a field stands in the file, or the nearest thing
// around it that does; a key of usage and account stands where the key is. What a
// front has from defaults stands there. path is written as in errors:
// "fronts[0].memory", "usage.lambda.requests". Of a Workload that was not parsed it
// is line 1.
func (w *Workload) Position(path string) (line, column int) {
	return w.decoder.position(path)
}

// Error is a mistake that the caller found in the value at path, such as a meter that
// no price book has.
func (w *Workload) Error(path, problem, want string) *Error {
	return w.decoder.mistake(path, problem, want)
}

// Front returns the front called id.
func (w *Workload) Front(id string) (WorkloadFront, bool) {
	for _, f := range w.Fronts {
		if f.ID == id {
			return f, true
		}
	}
	return WorkloadFront{}, false
}

// one is the whole that shares add up to.
func one() *big.Rat { return big.NewRat(1, 1) }

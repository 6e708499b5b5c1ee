package dynamodb

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// clock is moved by the tests.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)} }

// status reads a job's status in a Region, "" when it is not there.
func status(t *testing.T, url, region, id string) string {
	t.Helper()
	out, err := client(url, region).GetItem(background, &sdk.GetItemInput{TableName: aws.String("Jobs"), Key: key(id)})
	if err != nil {
		t.Fatal(err)
	}
	if out.Item == nil {
		return ""
	}
	return out.Item["JobStatus"].(*types.AttributeValueMemberS).Value
}

// progressing is a job that MediaConvert reports on: there at the first read, updated
// every 60 s (https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_event_list.html).
func progressing(t *testing.T, pattern string) Timeline {
	return Timeline{pattern, []Version{
		{0, item(t, map[string]any{"JobStatus": "SUBMITTED"})},
		{time.Minute, item(t, map[string]any{"JobStatus": "PROGRESSING"})},
		{2 * time.Minute, item(t, map[string]any{"JobStatus": "COMPLETE", "x": strings.Repeat("x", 2000)})},
	}}
}

// Each key of a pattern has its own time from its own first read, and every version
// that comes into force is a write, on nobody's bill.
func TestTimeline(t *testing.T) {
	now, own := newClock(), units{}
	table := jobs(t, "eu-west-1")
	table.Timelines = []Timeline{progressing(t, "job-*")}
	d, err := New(Config{Tables: []Table{table}, Now: now.now, Meter: own.add})
	if err != nil {
		t.Fatal(err)
	}
	url, metered := serveDatabase(t, d)
	for _, step := range []struct {
		after time.Duration // of the step before
		id    string
		want  string
	}{
		{0, "job-1", "SUBMITTED"}, {59 * time.Second, "job-1", "SUBMITTED"}, {time.Second, "job-1", "PROGRESSING"},
		{0, "job-2", "SUBMITTED"}, {time.Minute, "job-2", "PROGRESSING"}, {0, "job-1", "COMPLETE"}, {time.Hour, "job-1", "COMPLETE"},
		{0, "other", ""}, {0, "c-1", "COMPLETE"},
	} {
		now.at = now.at.Add(step.after)
		if got := status(t, url, "eu-west-1", step.id); got != step.want {
			t.Errorf("%s at %v: %q, want %q", step.id, now.at, got, step.want)
		}
	}
	if want := (units{"dynamodb.read_units eu-west-1": 4.5}); !maps.Equal(metered, want) {
		t.Errorf("metered %v, want %v", metered, want)
	}
	// Two jobs of three writes each, the last of 2 KB or so.
	if want := (units{"dynamodb.write_units eu-west-1": 2 * (1 + 1 + 2)}); !maps.Equal(own, want) {
		t.Errorf("metered of its own %v, want %v", own, want)
	}
}

// What is due is written though nobody reads it.
func TestSettle(t *testing.T) {
	now, own := newClock(), units{}
	table := jobs(t, "eu-west-1")
	table.Timelines = []Timeline{progressing(t, "job-1")}
	d, err := New(Config{Tables: []Table{table}, Now: now.now, Meter: own.add})
	if err != nil {
		t.Fatal(err)
	}
	url, _ := serveDatabase(t, d)
	status(t, url, "eu-west-1", "job-1")
	now.at = now.at.Add(time.Hour)
	d.Settle()
	if want := (units{"dynamodb.write_units eu-west-1": 1 + 1 + 2}); !maps.Equal(own, want) {
		t.Errorf("metered of its own %v, want %v", own, want)
	}
}

// A write is in the other Regions after the lag; of two, the later one stays
// everywhere. Each write is billed in every Region
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/global-tables-billing.html).
func TestGlobalTable(t *testing.T) {
	const virginia, ireland = "us-east-1", "eu-west-1"
	now := newClock()
	table := jobs(t, virginia, ireland)
	table.Lag = time.Second
	d, err := New(Config{Tables: []Table{table}, Now: now.now})
	if err != nil {
		t.Fatal(err)
	}
	url, metered := serveDatabase(t, d)
	write := func(region, status string) {
		i := key("c-1")
		i["JobStatus"] = text(status)
		if _, err := client(url, region).PutItem(background, &sdk.PutItemInput{TableName: aws.String("Jobs"), Item: i}); err != nil {
			t.Fatal(err)
		}
	}
	see := func(inVirginia, inIreland string) {
		t.Helper()
		if v, i := status(t, url, virginia, "c-1"), status(t, url, ireland, "c-1"); v != inVirginia || i != inIreland {
			t.Errorf("%q and %q, want %q and %q", v, i, inVirginia, inIreland)
		}
	}
	see("COMPLETE", "COMPLETE")
	write(virginia, "1")
	now.at = now.at.Add(500 * time.Millisecond)
	see("1", "COMPLETE")
	write(ireland, "2")
	see("1", "2")
	now.at = now.at.Add(500 * time.Millisecond) // 1 arrives, and is older
	see("1", "2")
	now.at = now.at.Add(500 * time.Millisecond)
	see("2", "2")
	want := units{"dynamodb.replicated_write_units " + virginia: 2, "dynamodb.replicated_write_units " + ireland: 2,
		"dynamodb.read_units " + virginia: 2.5, "dynamodb.read_units " + ireland: 2.5}
	if !maps.Equal(metered, want) {
		t.Errorf("metered %v, want %v", metered, want)
	}
}

// What cannot be is refused by name before anything is served.
func TestWrongTables(t *testing.T) {
	for want, change := range map[string]func(*Table){
		"want a name of 3 to 255":                       func(t *Table) { t.Name = "x" },
		"want one Region or more":                       func(t *Table) { t.Regions = nil },
		`key attribute "JobId" of kind "BOOL"`:          func(t *Table) { t.Key.Hash.Kind = Bool },
		"Missing the key Id in the item":                func(t *Table) { t.Key.Hash.Name = "Id" },
		"timeline of key \"[\": want a partition key":   func(t *Table) { t.Timelines = []Timeline{{"[", nil}} },
		"want one version or more":                      func(t *Table) { t.Timelines = []Timeline{{"x", nil}} },
		"want its versions in the order of their times": func(t *Table) { t.Timelines = []Timeline{{"x", []Version{{2, nil}, {1, nil}}}} },
		"a timeline needs a table whose key is one text": func(t *Table) {
			t.Key.Sort, t.Items, t.Timelines = Attribute{"n", Numeric}, nil, []Timeline{{"x", []Version{{2, nil}}}}
		},
	} {
		table := jobs(t, "eu-west-1")
		change(&table)
		if _, err := New(Config{Tables: []Table{table}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if _, err := New(Config{Tables: []Table{jobs(t, "eu-west-1"), jobs(t, "us-east-1")}}); err == nil || !strings.Contains(err.Error(), "the name is taken") {
		t.Error(err)
	}
}

package scenarios

import (
	"fmt"
	"path"
	"slices"
)

// Table is a DynamoDB table that the lab holds, with what is in it at the start.
type Table struct {
	Name        string
	Region      string   // as given; Regions has it
	Regions     []string // more than one are a global table
	Key         string   // the partition key's attribute
	KeyType     string   // "S" or "N"
	SortKey     string   // "" for none
	SortKeyType string
	Items       []Item
	Timelines   []Timeline
	Lag         Duration // of a global table
}

func (t *Table) fields() []field {
	return []field{
		{name: "name", into: &t.Name, required: true, pattern: `^[a-zA-Z0-9_.-]{3,255}$`, want: "3 to 255 letters, digits, dots, hyphens and underscores",
			doc: "The table's name, as handlers call it.", examples: []string{"MediaConvertJobIdToStatus"}},
		{name: "region", into: &t.Region, pattern: regionPattern, want: regionWant,
			derived: "us-east-1, where regions is not given",
			doc:     "The AWS Region that the table is in. Handlers find it there and nowhere else."},
		{name: "regions", into: &t.Regions, least: 2, pattern: regionPattern, want: regionWant,
			doc: "The Regions of a global table, in place of region: every write goes to all of them, and is billed in each.", examples: []string{"[us-east-1, eu-west-1]"}},
		{name: "key", into: &t.Key, required: true, pattern: `\S`, want: "the name of an attribute",
			doc: "The attribute that is the partition key.", examples: []string{"JobId"}},
		{name: "key_type", into: &t.KeyType, def: "S", enum: []string{"S", "N"},
			doc: "The type of the partition key: S is text, N a number."},
		{name: "sort_key", into: &t.SortKey, pattern: `\S`, want: "the name of an attribute",
			doc: "The attribute that is the sort key. Left out, the partition key alone is the key."},
		{name: "sort_key_type", into: &t.SortKeyType, def: "S", enum: []string{"S", "N"},
			doc: "The type of the sort key."},
		{name: "items", into: &t.Items,
			doc:      "The items at the start, each with the table's key. Plain values: text is a DynamoDB string, a number a DynamoDB number of up to 38 digits as it is written; true, false, null, lists and mappings are what they are.",
			examples: []string{`[{"JobId": "1670000000000-abc123", "JobStatus": "COMPLETE", "JobPercentComplete": 100}]`}},
		{name: "timelines", into: &t.Timelines,
			doc: "Items that change by themselves, as a job does whose progress another system writes down. Their writes are billed to no front. On AWS bench writes them while it measures, for keys that sessions name, from when the first request of one is due."},
		{name: "replication_lag", into: &t.Lag, def: "1s", max: "1h",
			doc: "How long a write takes into the other Regions of a global table. About a second is what AWS calls typical; the lab takes exactly this long."},
	}
}

func (t *Table) normalise() {
	if t.Region == "" {
		t.Region = "us-east-1"
	}
	if t.Regions == nil {
		t.Regions = []string{t.Region}
	}
}

// Timeline is how an item changes from the first time that its key is read.
type Timeline struct {
	Key      string // of the item, or a pattern for keys
	Versions []ItemVersion
}

func (t *Timeline) fields() []field {
	return []field{
		{name: "key", into: &t.Key, required: true, pattern: `\S`, want: "a key such as job-1, or a pattern such as job-*",
			doc: "The partition key that the timeline is of, or a pattern in which * stands for any text without a slash and ? for one character. Each key that is read has a time of its own from its first GetItem on.", examples: []string{`"job-*"`}},
		{name: "versions", into: &t.Versions, required: true, least: 1,
			doc: "What the item is, from when on."},
	}
}

// ItemVersion is an item that comes into force after a while.
type ItemVersion struct {
	After Duration
	Item  Item
}

func (v *ItemVersion) fields() []field {
	return []field{
		{name: "after", into: &v.After, def: "0s", max: "24h",
			doc: "How long after the first read of its key the version comes into force. One of 0s is there for that read already."},
		{name: "item", into: &v.Item, required: true,
			doc:      "The item's attributes but its key, which is the key that was read.",
			examples: []string{`{"JobStatus": "PROGRESSING", "JobPercentComplete": 40}`}},
	}
}

// checkTables tests the rules between fields of tables.
func (s *Scenario) checkTables(c *checker) {
	seen := map[string]string{}
	for i, t := range s.Tables {
		at := fmt.Sprintf("tables[%d]", i)
		if first, ok := seen[t.Name]; ok {
			c.fail(at+".name", fmt.Sprintf("%q is the name of %s too", t.Name, first), "a name of its own for each table, and regions for one that is in several")
		}
		seen[t.Name] = at
		t.check(c, at)
	}
}

func (t Table) check(c *checker, at string) {
	if c.given(at+".region") && c.given(at+".regions") {
		c.fail(at+".regions", "region is given too", "either region or regions")
	}
	for n, r := range t.Regions {
		if slices.Contains(t.Regions[:n], r) {
			c.fail(fmt.Sprintf("%s.regions[%d]", at, n), fmt.Sprintf("%q is given twice", r), "each Region once")
		}
	}
	if c.given(at+".replication_lag") && len(t.Regions) == 1 {
		c.fail(at+".replication_lag", "is of a global table, and this one is in one Region", "regions, or no replication_lag")
	}
	for n, i := range t.Items {
		t.checkKey(c, fmt.Sprintf("%s.items[%d]", at, n), i)
	}
	for n, line := range t.Timelines {
		t.checkTimeline(c, fmt.Sprintf("%s.timelines[%d]", at, n), line)
	}
}

// checkKey wants an item to have the table's key attributes in their types.
func (t Table) checkKey(c *checker, at string, i Item) {
	for _, k := range []struct{ name, kind string }{{t.Key, t.KeyType}, {t.SortKey, t.SortKeyType}} {
		if k.name == "" {
			continue
		}
		if v, ok := i[k.name]; !ok || kindOf(v) != k.kind || v == "" {
			c.fail(at, fmt.Sprintf("has no %q of type %s, a key of the table", k.name, k.kind), map[string]string{"S": "text that is not empty", "N": "a number"}[k.kind]+" for "+k.name)
		}
	}
}

func (t Table) checkTimeline(c *checker, at string, line Timeline) {
	if t.KeyType != "S" || t.SortKey != "" {
		c.fail(at, "is of a table whose key is not one text", "a table with key_type S and without sort_key")
	}
	if _, err := path.Match(line.Key, ""); err != nil {
		c.fail(at+".key", fmt.Sprintf("%q is not a pattern", line.Key), "brackets in pairs, or a backslash before each")
	}
	for n, v := range line.Versions {
		version := fmt.Sprintf("%s.versions[%d]", at, n)
		if n > 0 && v.After < line.Versions[n-1].After {
			c.fail(version+".after", fmt.Sprintf("%s is before the version before it", v.After), "versions in the order of their times")
		}
		if _, ok := v.Item[t.Key]; ok {
			c.fail(version+".item", fmt.Sprintf("has %q, the table's key", t.Key), "the other attributes: the key is the one that was read")
		}
	}
}

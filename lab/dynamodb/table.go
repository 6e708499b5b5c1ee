package dynamodb

import (
	"cmp"
	"crypto/md5"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// Table describes a table. One in several Regions is a global table with a replica
// in each.
type Table struct {
	Name      string
	Regions   []string
	Key       Key
	Items     []Item // what it holds at the start, in every Region
	Timelines []Timeline
	Lag       time.Duration // until a write is in the other Regions
}

// Key is a primary key. A key without a sort key has no Sort.Name.
type Key struct{ Hash, Sort Attribute }

// Attribute is a key's attribute: of kind Text, Numeric or Binary.
type Attribute struct {
	Name string
	Kind Kind
}

// attributes is the one or two attributes of the key.
func (k Key) attributes() []Attribute {
	if k.Sort.Name == "" {
		return []Attribute{k.Hash}
	}
	return []Attribute{k.Hash, k.Sort}
}

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
var tableName = regexp.MustCompile(`^[a-zA-Z0-9_.-]{3,255}$`)

func (t Table) check() error {
	if !tableName.MatchString(t.Name) {
		return errors.New("want a name of 3 to 255 letters, digits, dots, hyphens and underscores")
	}
	if len(t.Regions) == 0 || t.Lag < 0 {
		return errors.New("want one Region or more, and a lag that is not negative")
	}
	for _, a := range t.Key.attributes() {
		if a.Name == "" || !slices.Contains([]Kind{Text, Numeric, Binary}, a.Kind) {
			return fmt.Errorf("key attribute %q of kind %q: want a name and kind S, N or B", a.Name, a.Kind)
		}
	}
	for _, line := range t.Timelines {
		if err := line.check(t.Key); err != nil {
			return err
		}
	}
	return nil
}

// Longest keys, in bytes:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys
const (
	maxHash = 2048
	maxSort = 1024
)

// checkItem refuses an item that has not the table's key, or is too large.
func (k Key) checkItem(i Item) error {
	for _, a := range k.attributes() {
		v, ok := i[a.Name]
		if !ok {
			return validation("One or more parameter values were invalid: Missing the key %s in the item", a.Name)
		}
		if v.kind != a.Kind {
			return validation("One or more parameter values were invalid: Type mismatch for key %s expected: %s actual: %s", a.Name, a.Kind, v.kind)
		}
	}
	if err := k.checkSizes(i); err != nil {
		return err
	}
	if i.Size() > maxItem {
		return validation("Item size has exceeded the maximum allowed size")
	}
	return nil
}

// checkKey refuses what is not exactly a key of the table.
func (k Key) checkKey(i Item) error {
	attributes := k.attributes()
	if len(i) != len(attributes) || slices.ContainsFunc(attributes, func(a Attribute) bool { return i[a.Name].kind != a.Kind }) {
		return validation("The provided key element does not match the schema")
	}
	return k.checkSizes(i)
}

func (k Key) checkSizes(i Item) error {
	for _, a := range k.attributes() {
		if v := i[a.Name]; a.Kind != Numeric && v.text == "" {
			return validation("One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty %s value. Key: %s",
				map[Kind]string{Text: "string", Binary: "binary"}[a.Kind], a.Name)
		}
	}
	switch {
	case i[k.Hash.Name].size() > maxHash:
		return validation("One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes") // sic
	case k.Sort.Name != "" && i[k.Sort.Name].size() > maxSort:
		return validation("One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes")
	}
	return nil
}

// id is the key of an item as one text.
func (k Key) id(i Item) string {
	hash := i[k.Hash.Name].text
	return strconv.Itoa(len(hash)) + ":" + hash + i[k.Sort.Name].text
}

// of is the key attributes of an item.
func (k Key) of(i Item) Item {
	key := Item{}
	for _, a := range k.attributes() {
		key[a.Name] = i[a.Name]
	}
	return key
}

// compare orders items as a Scan returns them: by a hash of the partition key, which
// AWS does not publish and which is MD5 here, then by the sort key.
func (k Key) compare(a, b Item) int {
	x, y := md5.Sum([]byte(a[k.Hash.Name].text)), md5.Sum([]byte(b[k.Hash.Name].text))
	bySort, _ := a[k.Sort.Name].compare(b[k.Sort.Name])
	return cmp.Or(slices.Compare(x[:], y[:]), bySort)
}

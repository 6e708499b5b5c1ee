package record

import (
	"reflect"
	"testing"
)

const (
	tokyo    = "ap-northeast-1"
	virginia = "us-east-1"
)

// What is said of each invocation is read back as the lab's counters have it; what is
// not in the notation says nothing at all.
func TestConsumption(t *testing.T) {
	read := Counter{Name: "dynamodb.read_units", Region: tokyo, Value: 0.5}
	wrote := Counter{Name: "dynamodb.write_units", Region: virginia, Value: 1}
	there := Counter{Name: "egress.interregion_bytes." + tokyo, Region: virginia, Value: 812}
	back := Counter{Name: "egress.interregion_bytes." + virginia, Region: tokyo, Value: 465}
	for _, c := range []struct {
		ids, text string
		want      []Said
	}{
		{"a", "ap-northeast-1 rru=0.5", []Said{{"a", true, []Counter{read}}}},
		{"a", "us-east-1>ap-northeast-1 rru=0.5 out=812 in=465;us-east-1 wru=1", []Said{{"a", true, []Counter{read, there, back, wrote}}}},
		{"a", "-", []Said{{"a", true, nil}}},
		{"a", "", []Said{{"a", false, nil}}},
		{"a,b", ",us-east-1 wru=1", []Said{{"a", false, nil}, {"b", true, []Counter{wrote}}}},
		{"a,b", "-,-", []Said{{"a", true, nil}, {"b", true, nil}}},
		{"a,b", "us-east-1 wru=1", []Said{{"a", false, nil}, {"b", false, nil}}}, // of which of them?
		{"-", "us-east-1 wru=1", []Said{}},
		{"", "us-east-1 wru=1", []Said{}},
		{"a", "us-east-1", []Said{{"a", false, nil}}},
		{"a", "us-east-1 out=812", []Said{{"a", false, nil}}}, // from nowhere
		{"a", "us-east-1 in=812", []Said{{"a", false, nil}}},
		{"a", "us-east-1 wru=-1", []Said{{"a", false, nil}}},
		{"a", "us-east-1 wru=1e9", []Said{{"a", false, nil}}},
		{"a", "us-east-1 wru=1 gets=2", []Said{{"a", false, nil}}},
		{"a", "us-east-1 wru=1;", []Said{{"a", false, nil}}},
	} {
		if got := (Hit{RequestID: c.ids, Consumed: c.text}).Consumption(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q of %q: %+v, want %+v", c.text, c.ids, got, c.want)
		}
	}
}

// Only what can be read is worth keeping.
func TestConsumes(t *testing.T) {
	for text, want := range map[string]bool{
		"ap-northeast-1 rru=0.5": true, "-": true, ",-": true, "us-east-1>eu-west-1 rru=1 out=1 in=2,us-east-1 wru=1": true,
		"": false, "secret": false, "us-east-1 wru=1,secret": false, "Bearer us-east-1 wru=1": false,
	} {
		if Consumes(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

package scenarios

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// TestTables states what every notation of a table becomes.
func TestTables(t *testing.T) {
	s := with(t, "rounds: 12", `tables:
  - name: Jobs
    key: JobId
    region: ap-northeast-1
    items:
      - JobId: "1"
        n: 12345678901234567890123456789012345678
        e: -1.50e3
        flags: {yes: true, none: null, list: [a, [0.5]]}
        "2": {}
    timelines:
      - key: job-*
        versions:
          - item: {JobStatus: PROGRESSING}
          - {after: 1m, item: {JobStatus: COMPLETE}}
  - {name: Likes, key: Card, key_type: N, sort_key: At, regions: [us-east-1, eu-west-1], replication_lag: 3s}
  - {name: Cards, key: Card}`)
	want := []Table{
		{Name: "Jobs", Region: "ap-northeast-1", Regions: []string{"ap-northeast-1"}, Key: "JobId", KeyType: "S", SortKeyType: "S", Lag: Duration(time.Second),
			Items: []Item{{"JobId": "1", "n": json.Number("12345678901234567890123456789012345678"), "e": json.Number("-1.50e3"),
				"flags": map[string]any{"yes": true, "none": nil, "list": []any{"a", []any{json.Number("0.5")}}}, "2": map[string]any{}}},
			Timelines: []Timeline{{"job-*", []ItemVersion{
				{0, Item{"JobStatus": "PROGRESSING"}}, {Duration(time.Minute), Item{"JobStatus": "COMPLETE"}},
			}}}},
		{Name: "Likes", Region: "us-east-1", Regions: []string{"us-east-1", "eu-west-1"}, Key: "Card", KeyType: "N", SortKey: "At", SortKeyType: "S", Lag: Duration(3 * time.Second)},
		{Name: "Cards", Region: "us-east-1", Regions: []string{"us-east-1"}, Key: "Card", KeyType: "S", SortKeyType: "S", Lag: Duration(time.Second)},
	}
	if !reflect.DeepEqual(s.Tables, want) {
		t.Errorf("\n got %+v\nwant %+v", s.Tables, want)
	}
}

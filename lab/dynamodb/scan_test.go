package dynamodb

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

// many is a table of n items whose size is that given, with a number each.
func many(t testing.TB, n, size int) Table {
	table := jobs(t, "eu-west-1")
	table.Items = nil
	for i := range n {
		id := fmt.Sprintf("%03d", i)
		rest := size - len("JobId")*1 - len(id) - len("n") - Value{kind: Numeric, text: fmt.Sprint(i)}.size() - len("x")
		table.Items = append(table.Items, item(t, map[string]any{"JobId": id, "n": i, "x": strings.Repeat("x", rest)}))
	}
	return table
}

// Pages, whether by limit or by size, hold every item once, and are billed by what was
// read in steps of 4 KB for the page as a whole and not for each item
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
func TestScan(t *testing.T) {
	const size = 3000
	url, metered := serve(t, Config{Tables: []Table{many(t, 10, size)}})
	c := client(url, "eu-west-1")
	out, err := c.Scan(background, &sdk.ScanInput{TableName: aws.String("Jobs"), ReturnConsumedCapacity: "TOTAL"})
	if err != nil || out.Count != 10 || out.ScannedCount != 10 || len(out.Items) != 10 || out.LastEvaluatedKey != nil {
		t.Fatalf("%+v %v", out, err)
	}
	// 30,000 bytes are 8 steps, halved: AWS's rule; 10 items by themselves would be 5.
	if units := *out.ConsumedCapacity.CapacityUnits; units != 4 {
		t.Errorf("%v units, want 4", units)
	}
	var ids []string
	pages := sdk.NewScanPaginator(c, &sdk.ScanInput{TableName: aws.String("Jobs"), Limit: aws.Int32(4), ConsistentRead: aws.Bool(true)})
	for n := 0; pages.HasMorePages(); n++ {
		page, err := pages.NextPage(background)
		if err != nil {
			t.Fatal(err)
		}
		if want := []int{4, 4, 2}[n]; len(page.Items) != want {
			t.Errorf("page %d has %d items, want %d", n, len(page.Items), want)
		}
		for _, i := range page.Items {
			ids = append(ids, i["JobId"].(*types.AttributeValueMemberS).Value)
		}
	}
	if slices.Sort(ids); len(ids) != 10 || len(slices.Compact(ids)) != 10 {
		t.Errorf("%q", ids)
	}
	// 12,000 bytes are 3 steps, twice; 6,000 are 2.
	if want := (units{"dynamodb.read_units eu-west-1": 4 + 3 + 3 + 2}); !maps.Equal(metered, want) {
		t.Errorf("metered %v, want %v", metered, want)
	}
}

// A page ends at 1 MB of what was read, whatever the filter leaves.
func TestScanPagesBySize(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{many(t, 30, 100_000)}})
	pages := sdk.NewScanPaginator(client(url, "eu-west-1"), &sdk.ScanInput{
		TableName: aws.String("Jobs"), FilterExpression: aws.String("n < :n"), ProjectionExpression: aws.String("n"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":n": amount("3")},
	})
	found, count := 0, 0
	for ; pages.HasMorePages(); count++ {
		page, err := pages.NextPage(background)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range page.Items {
			if found++; len(i) != 1 || i["n"] == nil {
				t.Errorf("%v", i)
			}
		}
		if page.ScannedCount > 11 || page.ScannedCount < page.Count {
			t.Errorf("page %d: %d of %d", count, page.Count, page.ScannedCount)
		}
	}
	// 3,000,000 bytes in pages of 11 items: 1,100,000 bytes are 269 steps, 800,000 are 196.
	if want := (units{"dynamodb.read_units eu-west-1": float64(269+269+196) / 2}); found != 3 || count != 3 || !maps.Equal(metered, want) {
		t.Errorf("%d items on %d pages, metered %v, want %v", found, count, metered, want)
	}
}

func TestScanCount(t *testing.T) {
	url, _ := serve(t, Config{Tables: []Table{many(t, 5, 100)}})
	out, err := client(url, "eu-west-1").Scan(background, &sdk.ScanInput{TableName: aws.String("Jobs"), Select: "COUNT"})
	if err != nil || out.Count != 5 || out.Items != nil {
		t.Errorf("%+v %v", out, err)
	}
}

// Items with the same partition key come by their sort key, numbers as numbers.
func TestScanOrder(t *testing.T) {
	table := Table{Name: "Likes", Regions: []string{"eu-west-1"}, Key: Key{Attribute{"Card", Text}, Attribute{"Time", Numeric}}}
	for _, n := range []int{10, 9, -1, 100} {
		table.Items = append(table.Items, item(t, map[string]any{"Card": "a", "Time": n}))
	}
	url, _ := serve(t, Config{Tables: []Table{table}})
	out, err := client(url, "eu-west-1").Scan(background, &sdk.ScanInput{TableName: aws.String("Likes")})
	if err != nil {
		t.Fatal(err)
	}
	var times []string
	for _, i := range out.Items {
		times = append(times, i["Time"].(*types.AttributeValueMemberN).Value)
	}
	if want := []string{"-1", "9", "10", "100"}; !slices.Equal(times, want) {
		t.Errorf("%q, want %q", times, want)
	}
}

func TestScanErrors(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "eu-west-1")}})
	c := client(url, "eu-west-1")
	for _, e := range []struct {
		in      sdk.ScanInput
		message string
	}{
		{sdk.ScanInput{Limit: aws.Int32(0)}, "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1"},
		{sdk.ScanInput{ExclusiveStartKey: map[string]types.AttributeValue{"x": text("x")}}, "The provided starting key is invalid: The provided key element does not match the schema"},
		{sdk.ScanInput{Segment: aws.Int32(1), TotalSegments: aws.Int32(2)}, "the lab's DynamoDB does not serve scans in segments"},
		{sdk.ScanInput{IndexName: aws.String("i")}, `the lab's DynamoDB does not serve the parameter "IndexName"`},
		{sdk.ScanInput{FilterExpression: aws.String("a b")}, `Invalid FilterExpression: Syntax error; token: "b", near: "a b"`},
		{sdk.ScanInput{ProjectionExpression: aws.String("a, a.b")}, "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]"},
	} {
		e.in.TableName = aws.String("Jobs")
		_, err := c.Scan(background, &e.in)
		wantError[smithy.APIError](t, err, "ValidationException", e.message)
	}
	if len(metered) != 0 {
		t.Errorf("metered %v", metered)
	}
}

// What a projection leaves of nested values: the named ones at their places in maps,
// closed up in lists. It is billed as the whole item.
func TestProjection(t *testing.T) {
	table := jobs(t, "eu-west-1")
	table.Items = []Item{item(t, map[string]any{"JobId": "p", "m": map[string]any{"x": "1", "y": "2"}, "l": []any{"a", "b", "c"}, "q": strings.Repeat("q", 5000)})}
	url, metered := serve(t, Config{Tables: []Table{table}})
	out, err := client(url, "eu-west-1").GetItem(background, &sdk.GetItemInput{
		TableName: aws.String("Jobs"), Key: key("p"), ProjectionExpression: aws.String("m.#y, l[0], l[2], nope, m.nope, q.r"),
		ExpressionAttributeNames: map[string]string{"#y": "y"},
	})
	want := map[string]types.AttributeValue{
		"m": &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{"y": text("2")}},
		"l": &types.AttributeValueMemberL{Value: []types.AttributeValue{text("a"), text("c")}},
	}
	if err != nil || !reflect.DeepEqual(out.Item, want) {
		t.Errorf("%v %v", out, err)
	}
	if want := (units{"dynamodb.read_units eu-west-1": 1}); !maps.Equal(metered, want) {
		t.Errorf("metered %v, want %v", metered, want)
	}
}

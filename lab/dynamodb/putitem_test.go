package dynamodb

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

// everything is an attribute of every data type.
func everything(id string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{
		"JobId": text(id), "n": amount("-12345678901234567890123456789012345678"), "b": &types.AttributeValueMemberB{Value: []byte{0, 255}},
		"yes": &types.AttributeValueMemberBOOL{Value: true}, "never": &types.AttributeValueMemberBOOL{}, "none": &types.AttributeValueMemberNULL{Value: true},
		"empty": text(""), "emptyList": &types.AttributeValueMemberL{Value: []types.AttributeValue{}},
		"emptyMap": &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{}},
		"list":     &types.AttributeValueMemberL{Value: []types.AttributeValue{text("x"), amount("0.5")}},
		"map":      &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{"in": &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{"it": text("日本")}}}},
		"ss":       &types.AttributeValueMemberSS{Value: []string{"a", "b"}}, "ns": &types.AttributeValueMemberNS{Value: []string{"1", "2"}},
		"bs": &types.AttributeValueMemberBS{Value: [][]byte{{1}, {2}}},
	}
}

func TestPutItem(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "eu-west-1")}})
	c := client(url, "eu-west-1")
	put := func(item map[string]types.AttributeValue) *sdk.PutItemOutput {
		out, err := c.PutItem(background, &sdk.PutItemInput{TableName: aws.String("Jobs"), Item: item, ReturnConsumedCapacity: "INDEXES", ReturnValues: "ALL_OLD"})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if out := put(everything("e")); out.Attributes != nil || *out.ConsumedCapacity.CapacityUnits != 1 || *out.ConsumedCapacity.Table.CapacityUnits != 1 {
		t.Errorf("%+v", out)
	}
	got, err := c.GetItem(background, &sdk.GetItemInput{TableName: aws.String("Jobs"), Key: key("e")})
	if err != nil || !reflect.DeepEqual(got.Item, everything("e")) {
		t.Errorf("%v %v", got.Item, err)
	}
	// The larger of the item before and after is billed.
	large := key("large")
	large["x"] = text(strings.Repeat("x", 2500))
	put(large)
	if out := put(key("large")); *out.ConsumedCapacity.CapacityUnits != 3 || !reflect.DeepEqual(out.Attributes, large) {
		t.Errorf("%+v", out)
	}
	if want := (units{"dynamodb.write_units eu-west-1": 1 + 3 + 3, "dynamodb.read_units eu-west-1": 0.5}); !maps.Equal(metered, want) {
		t.Errorf("metered %v, want %v", metered, want)
	}
}

// Texts: DynamoDB's, as the tests of github.com/architect/dynalite have them.
func TestPutItemErrors(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "eu-west-1")}})
	c := client(url, "eu-west-1")
	for _, e := range []struct {
		name    string
		value   types.AttributeValue // of JobId when it is nil
		message string
	}{
		{"JobId", nil, "One or more parameter values were invalid: Missing the key JobId in the item"},
		{"JobId", amount("1"), "One or more parameter values were invalid: Type mismatch for key JobId expected: S actual: N"},
		{"x", amount("abc"), "The parameter cannot be converted to a numeric value: abc"},
		{"x", amount("1e126"), "Number overflow. Attempting to store a number with magnitude larger than supported range"},
		{"x", amount("1e-131"), "Number underflow. Attempting to store a number with magnitude smaller than supported range"},
		{"x", amount("123456789012345678901234567890123456789"), "Attempting to store more than 38 significant digits in a Number"},
		{"x", text(strings.Repeat("x", 400*1024)), "Item size has exceeded the maximum allowed size"},
		{"x", &types.AttributeValueMemberSS{Value: []string{}}, "One or more parameter values were invalid: An string set may not be empty"},
		{"x", &types.AttributeValueMemberSS{Value: []string{"a", "a"}}, "One or more parameter values were invalid: Input collection [a, a] contains duplicates."},
		{"x", &types.AttributeValueMemberNULL{}, "One or more parameter values were invalid: Null attribute value types must have the value of true"},
	} {
		i := map[string]types.AttributeValue{}
		if e.name != "JobId" {
			i = key("e")
		}
		if e.value != nil {
			i[e.name] = e.value
		}
		_, err := c.PutItem(background, &sdk.PutItemInput{TableName: aws.String("Jobs"), Item: i})
		wantError[smithy.APIError](t, err, "ValidationException", e.message)
	}
	if len(metered) != 0 {
		t.Errorf("metered %v", metered)
	}
}

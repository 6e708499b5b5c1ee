package dynamodb

import (
	"maps"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

func updating(c *sdk.Client, id, expression string, values map[string]types.AttributeValue) (*sdk.UpdateItemOutput, error) {
	return c.UpdateItem(background, &sdk.UpdateItemInput{
		TableName: aws.String("Jobs"), Key: key(id), UpdateExpression: &expression, ExpressionAttributeValues: values, ReturnValues: "ALL_NEW",
	})
}

// Each update on an item with l = ["a", "b", "c"], m.x = 1, n = 1 and ss = {a, b}:
// what its attributes are after. The rules are those of
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
func TestUpdates(t *testing.T) {
	seed := item(t, map[string]any{"JobId": "u", "l": []any{"a", "b", "c"}, "m": map[string]any{"x": 1}, "n": 1})
	seed["ss"] = Value{kind: TextSet, list: []Value{{kind: Text, text: "a"}, {kind: Text, text: "b"}}}
	list := func(s string) types.AttributeValue {
		l := &types.AttributeValueMemberL{Value: []types.AttributeValue{}}
		for _, e := range strings.Fields(s) {
			l.Value = append(l.Value, text(e))
		}
		return l
	}
	set := func(s string) types.AttributeValue {
		return &types.AttributeValueMemberSS{Value: strings.Fields(s)}
	}
	for _, e := range []struct {
		expression string
		values     map[string]types.AttributeValue
		after      map[string]types.AttributeValue // nil: taken out
	}{
		{"SET n = n + :v", map[string]types.AttributeValue{":v": amount("1")}, map[string]types.AttributeValue{"n": amount("2")}},
		{"SET n = :v - n", map[string]types.AttributeValue{":v": amount("0.1")}, map[string]types.AttributeValue{"n": amount("-0.9")}},
		{"set n = if_not_exists(q, :v) + n", map[string]types.AttributeValue{":v": amount("5")}, map[string]types.AttributeValue{"n": amount("6")}},
		{"SET a = n, n = :v", map[string]types.AttributeValue{":v": amount("7")}, map[string]types.AttributeValue{"a": amount("1"), "n": amount("7")}},
		{"SET l = list_append(l, :v)", map[string]types.AttributeValue{":v": list("d")}, map[string]types.AttributeValue{"l": list("a b c d")}},
		{"SET l[1] = :v", map[string]types.AttributeValue{":v": text("B")}, map[string]types.AttributeValue{"l": list("a B c")}},
		{"SET l[9] = :v", map[string]types.AttributeValue{":v": text("z")}, map[string]types.AttributeValue{"l": list("a b c z")}},
		{"REMOVE l[0], l[2]", nil, map[string]types.AttributeValue{"l": list("b")}},
		{"REMOVE n, q", nil, map[string]types.AttributeValue{"n": nil}},
		{"REMOVE m.x", nil, map[string]types.AttributeValue{"m": &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{}}}},
		{"ADD n :v", map[string]types.AttributeValue{":v": amount("-1")}, map[string]types.AttributeValue{"n": amount("0")}},
		{"ADD likes :v", map[string]types.AttributeValue{":v": amount("1")}, map[string]types.AttributeValue{"likes": amount("1")}},
		{"ADD ss :v", map[string]types.AttributeValue{":v": set("b c")}, map[string]types.AttributeValue{"ss": set("a b c")}},
		{"DELETE ss :v", map[string]types.AttributeValue{":v": set("a q")}, map[string]types.AttributeValue{"ss": set("b")}},
		{"DELETE ss :v", map[string]types.AttributeValue{":v": set("a b")}, map[string]types.AttributeValue{"ss": nil}},
		{"REMOVE n SET m.y = :v", map[string]types.AttributeValue{":v": text("y")}, map[string]types.AttributeValue{"n": nil,
			"m": &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{"x": amount("1"), "y": text("y")}}}},
	} {
		table := jobs(t, "eu-west-1")
		table.Items = []Item{seed}
		url, metered := serve(t, Config{Tables: []Table{table}})
		c := client(url, "eu-west-1")
		before, err := c.GetItem(background, &sdk.GetItemInput{TableName: aws.String("Jobs"), Key: key("u")})
		if err != nil {
			t.Fatal(err)
		}
		want := before.Item
		for name, v := range e.after {
			if want[name] = v; v == nil {
				delete(want, name)
			}
		}
		out, err := updating(c, "u", e.expression, e.values)
		if err != nil || !reflect.DeepEqual(out.Attributes, want) {
			t.Errorf("%s: %v, want %v", e.expression, err, e.after)
		}
		after, err := c.GetItem(background, &sdk.GetItemInput{TableName: aws.String("Jobs"), Key: key("u")})
		if err != nil || !reflect.DeepEqual(after.Item, want) {
			t.Errorf("%s: reads %v %v, want %v", e.expression, after, err, want)
		}
		if got := metered["dynamodb.write_units eu-west-1"]; got != 1 {
			t.Errorf("%s: %v units", e.expression, got)
		}
	}
}

// The workshop's like: every one counts, however many come at once.
func TestLikesAreAtomic(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "eu-west-1")}})
	c := client(url, "eu-west-1")
	const callers, likes = 8, 25
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for range likes {
				if _, err := updating(c, "c-1", "SET Progress = Progress + :one", map[string]types.AttributeValue{":one": amount("1")}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	out, err := updating(c, "c-1", "ADD Progress :one", map[string]types.AttributeValue{":one": amount("1")})
	if err != nil || !reflect.DeepEqual(out.Attributes["Progress"], amount("301")) {
		t.Errorf("%v %v, want 301", out, err)
	}
	if want := (units{"dynamodb.write_units eu-west-1": 201}); !maps.Equal(metered, want) {
		t.Errorf("metered %v, want %v", metered, want)
	}
}

// DynamoDB's own words, from the tests of github.com/architect/dynalite and of moto.
func TestWrongUpdates(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "eu-west-1")}})
	c := client(url, "eu-west-1")
	one := map[string]types.AttributeValue{":v": amount("1")}
	x := map[string]types.AttributeValue{":v": text("x")}
	for _, e := range []struct {
		expression string
		values     map[string]types.AttributeValue
		message    string
	}{
		{"INVALID SYNTAX HERE", nil, `Invalid UpdateExpression: Syntax error; token: "INVALID", near: "INVALID SYNTAX"`},
		{"SET Likes : v", nil, `Invalid UpdateExpression: Syntax error; token: ":", near: "Likes : v"`},
		{"SET a = :v SET b = :v", one, `Invalid UpdateExpression: The "SET" section can only be used once in an update expression;`},
		{"SET a = :v, a = :v", one, "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]"},
		{"SET a = :v REMOVE a.b[1]", one, "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b, [1]]"},
		{"SET JobId = :v", one, "One or more parameter values were invalid: Cannot update attribute JobId. This attribute is part of the key"},
		{"SET a = nope + :v", one, "The provided expression refers to an attribute that does not exist in the item"},
		{"SET a = JobStatus + :v", one, "An operand in the update expression has an incorrect data type"},
		{"SET nope.x = :v", one, "The document path provided in the update expression is invalid for update"},
		{"REMOVE nope.x", nil, "The document path provided in the update expression is invalid for update"},
		{"ADD JobStatus :v", one, "An operand in the update expression has an incorrect data type"},
		{"ADD a :v", x, "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"},
		{"DELETE a :v", one, "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND"},
		{"SET a = foo(:v)", one, "Invalid UpdateExpression: Invalid function name; function: foo"},
		{"SET a = :v", map[string]types.AttributeValue{":v": text(strings.Repeat("x", 400*1024))}, "Item size to update has exceeded the maximum allowed size"},
	} {
		t.Run(e.expression, func(t *testing.T) {
			_, err := updating(c, "c-1", e.expression, e.values)
			wantError[smithy.APIError](t, err, "ValidationException", e.message)
		})
	}
	_, err := c.UpdateItem(background, &sdk.UpdateItemInput{TableName: aws.String("Jobs"), Key: key("c-1"), UpdateExpression: aws.String("REMOVE a"), ReturnValues: "ALL"})
	wantError[smithy.APIError](t, err, "ValidationException", "1 validation error detected: Value 'ALL' at 'returnValues' failed to satisfy constraint: "+
		"Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]")
	if len(metered) != 0 {
		t.Errorf("metered %v", metered)
	}
}

// What ReturnValues names, for an update of two paths of which one is new.
func TestReturnValues(t *testing.T) {
	for returned, want := range map[types.ReturnValue]map[string]types.AttributeValue{
		"NONE":        nil,
		"UPDATED_OLD": {"Progress": amount("100")},
		"UPDATED_NEW": {"Progress": amount("1"), "fresh": amount("1")},
		"ALL_OLD":     {"JobId": text("c-1"), "JobStatus": text("COMPLETE"), "Progress": amount("100")},
		"ALL_NEW":     {"JobId": text("c-1"), "JobStatus": text("COMPLETE"), "Progress": amount("1"), "fresh": amount("1")},
	} {
		url, _ := serve(t, Config{Tables: []Table{jobs(t, "eu-west-1")}})
		out, err := client(url, "eu-west-1").UpdateItem(background, &sdk.UpdateItemInput{
			TableName: aws.String("Jobs"), Key: key("c-1"), UpdateExpression: aws.String("SET Progress = :v, fresh = :v"), ReturnValues: returned,
			ExpressionAttributeValues: map[string]types.AttributeValue{":v": amount("1")},
		})
		if err != nil || !reflect.DeepEqual(out.Attributes, want) {
			t.Errorf("%s: %v %v, want %v", returned, out, err, want)
		}
	}
}

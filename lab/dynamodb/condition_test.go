package dynamodb

import (
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

// conditional puts what is there already if the condition is fulfilled.
func conditional(c *sdk.Client, condition string, names map[string]string, values map[string]types.AttributeValue) error {
	_, err := c.PutItem(background, &sdk.PutItemInput{
		TableName: aws.String("Jobs"), Item: everything("e"), ConditionExpression: &condition,
		ExpressionAttributeNames: names, ExpressionAttributeValues: values,
	})
	return err
}

// The comparators and functions of
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
// on the item of everything; -1234... is its n.
func TestConditions(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "eu-west-1")}})
	c := client(url, "eu-west-1")
	if _, err := c.PutItem(background, &sdk.PutItemInput{TableName: aws.String("Jobs"), Item: everything("e")}); err != nil {
		t.Fatal(err)
	}
	values := map[string]types.AttributeValue{
		":e": text("e"), ":f": text("f"), ":one": amount("1.0"), ":neg": amount("-1e37"), ":half": amount(".50"), ":S": text("S"),
		":bin": &types.AttributeValueMemberB{Value: []byte{0}}, ":true": &types.AttributeValueMemberBOOL{Value: true},
		":ba": &types.AttributeValueMemberSS{Value: []string{"b", "a"}},
	}
	for expression, want := range map[string]bool{
		"JobId = :e":                 true,
		"JobId = :f":                 false,
		"JobId <> :f":                true,
		"nope = :e":                  false,
		"nope <> :e":                 true,
		"JobId < :f and JobId >= :e": true,
		"JobId < :one":               false, // another type
		"n < :neg":                   true,
		"n <= :neg OR JobId = :f":    true,
		"n > :neg":                   false,
		"JobId BETWEEN :e AND :f":    true,
		"JobId BETWEEN :f AND :f":    false,
		"JobId IN (:f, :e)":          true,
		"JobId IN (:f)":              false,
		"NOT JobId = :e":             false,
		"NOT (JobId = :f OR JobId = :f) AND JobId = :e":      true,
		"JobId = :e OR JobId = :f AND JobId = :f":            true, // AND binds more
		"(JobId = :e OR JobId = :f) AND JobId = :f":          false,
		"attribute_exists(JobId)":                            true,
		"attribute_exists(nope)":                             false,
		"attribute_not_exists(nope)":                         true,
		"attribute_not_exists(#m.#in.#it)":                   false,
		"attribute_type(JobId, :S)":                          true,
		"attribute_type(n, :S)":                              false,
		"begins_with(JobId, :e)":                             true,
		"begins_with(JobId, :f)":                             false,
		"begins_with(b, :bin)":                               true,
		"contains(ss, :e)":                                   false,
		"contains(JobId, :e)":                                true,
		"#l[1] = :half":                                      true,
		"#l[7] = :half":                                      false,
		"contains(#l, :half)":                                true,
		"size(JobId) = :one":                                 true,
		"size(#l) > :one":                                    true,
		"size(n) > :one":                                     false, // numbers have none
		"yes = :true":                                        true,
		"never = :true":                                      false,
		"ss = :ba":                                           true, // sets have no order
		"attribute_exists(JobId) AND size(ss) > :one":        true,
		"attribute_not_exists(JobId) OR attribute_exists(n)": true,
	} {
		used := map[string]types.AttributeValue{}
		names := map[string]string{}
		for _, token := range tokenise(expression) {
			if v, ok := values[token.text]; ok {
				used[token.text] = v
			}
			if token.kind == tokenNameOf {
				names[token.text] = map[string]string{"#l": "list", "#m": "map", "#in": "in", "#it": "it"}[token.text]
			}
		}
		if len(used) == 0 {
			used = nil
		}
		if len(names) == 0 {
			names = nil
		}
		err := conditional(c, expression, names, used)
		if want && err != nil {
			t.Errorf("%s: %v", expression, err)
		}
		if !want {
			t.Run(expression, func(t *testing.T) {
				wantError[*types.ConditionalCheckFailedException](t, err, "ConditionalCheckFailedException", "The conditional request failed")
			})
		}
	}
	// A refused write costs what the write costs.
	if got := metered["dynamodb.write_units eu-west-1"]; got != 41 {
		t.Errorf("%v write units for 41 writes", got)
	}
}

// DynamoDB's own words, from the tests of github.com/architect/dynalite and of moto.
func TestWrongConditions(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "eu-west-1")}})
	c := client(url, "eu-west-1")
	x := map[string]types.AttributeValue{":x": text("x")}
	for _, e := range []struct {
		expression string
		names      map[string]string
		values     map[string]types.AttributeValue
		message    string
	}{
		{"", nil, nil, "Invalid ConditionExpression: The expression can not be empty;"},
		{strings.Repeat("a", 4097), nil, nil, "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097"},
		{"a == :x", nil, x, `Invalid ConditionExpression: Syntax error; token: "=", near: "== :x"`},
		{"a = ", nil, nil, `Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "="`},
		{"a = :x b", nil, x, `Invalid ConditionExpression: Syntax error; token: "b", near: ":x b"`},
		{"status = :x", nil, x, "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: status"},
		{"a = :y", nil, x, "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :y"},
		{"#a = :x", nil, x, "Invalid ConditionExpression: An expression attribute name used in the document path is not defined; attribute name: #a"},
		{"attribute_exists(a)", nil, x, "Value provided in ExpressionAttributeValues unused in expressions: keys: {:x}"},
		{"a = :x", map[string]string{"#b": "b"}, x, "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}"},
		{"exists(a)", nil, nil, "Invalid ConditionExpression: Invalid function name; function: exists"},
		{"size(a, b) = :x", nil, x, "Invalid ConditionExpression: Incorrect number of operands for operator or function; operator or function: size, number of operands: 2"},
		{"attribute_exists(:x)", nil, x, "Invalid ConditionExpression: Operator or function requires a document path; operator or function: attribute_exists"},
	} {
		t.Run(e.expression[:min(20, len(e.expression))], func(t *testing.T) {
			wantError[smithy.APIError](t, conditional(c, e.expression, e.names, e.values), "ValidationException", e.message)
		})
	}
	_, err := c.PutItem(background, &sdk.PutItemInput{TableName: aws.String("Jobs"), Item: key("x"), ExpressionAttributeValues: x})
	wantError[smithy.APIError](t, err, "ValidationException", "ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null")
	if len(metered) != 0 {
		t.Errorf("metered %v", metered)
	}
}

// The item that failed the condition comes back where it was asked for.
func TestItemOfFailedCondition(t *testing.T) {
	url, _ := serve(t, Config{Tables: []Table{jobs(t, "eu-west-1")}})
	_, err := client(url, "eu-west-1").PutItem(background, &sdk.PutItemInput{
		TableName: aws.String("Jobs"), Item: key("c-1"), ConditionExpression: aws.String("attribute_not_exists(JobId)"),
		ReturnValuesOnConditionCheckFailure: "ALL_OLD",
	})
	var failed *types.ConditionalCheckFailedException
	if !errors.As(err, &failed) || failed.Item["JobStatus"].(*types.AttributeValueMemberS).Value != "COMPLETE" {
		t.Errorf("%v", err)
	}
}

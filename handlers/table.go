package handlers

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// table is a DynamoDB table with a key of one string, in a Region of its own
// wherever the function runs: at the edge that is not where the data is.
type table struct {
	name, key, region string
	client            *dynamodb.Client
	err               error // of the configuration, told when the table is used
}

// newTable makes the client when the function starts, so that no request waits for
// it. SDKs find another endpoint in AWS_ENDPOINT_URL_DYNAMODB by themselves.
func newTable(name, key, region string) table {
	cfg, err := config.LoadDefaultConfig(context.Background(), config.WithRegion(region))
	if cfg.HTTPClient == nil { // as the SDK does later
		cfg.HTTPClient = awshttp.NewBuildableClient()
	}
	cfg.HTTPClient = weighed{cfg.HTTPClient, region}
	return table{name, key, region, dynamodb.NewFromConfig(cfg), err}
}

// get reads an item, nil when there is none: eventually consistent, as GetItem is
// unless told otherwise, at half a read unit for 4 KB.
func (t table) get(ctx context.Context, id string) (item, error) {
	if t.err != nil {
		return nil, t.err
	}
	out, err := t.client.GetItem(ctx, &dynamodb.GetItemInput{TableName: &t.name, Key: t.keyOf(id), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal})
	calls := ledgerOf(ctx)
	if err != nil {
		calls.lost = true
		return nil, err
	}
	calls.consumed(&calls.in(t.region).read, out.ConsumedCapacity)
	return out.Item, nil
}

// increment adds one to a number of an item in one atomic write and returns the
// item as it is then; it fails when the item or its number is missing.
func (t table) increment(ctx context.Context, id, number string) (item, error) {
	if t.err != nil {
		return nil, t.err
	}
	out, err := t.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &t.name, Key: t.keyOf(id), ReturnValues: types.ReturnValueAllNew,
		UpdateExpression:          aws.String(fmt.Sprintf("SET %s = %[1]s + :one", number)),
		ExpressionAttributeValues: item{":one": &types.AttributeValueMemberN{Value: "1"}},
		ReturnConsumedCapacity:    types.ReturnConsumedCapacityTotal,
	})
	calls := ledgerOf(ctx)
	if err != nil {
		calls.lost = true
		return nil, err
	}
	calls.consumed(&calls.in(t.region).written, out.ConsumedCapacity)
	return out.Attributes, nil
}

func (t table) keyOf(id string) item { return item{t.key: &types.AttributeValueMemberS{Value: id}} }

// item is what a table holds under a key.
type item = map[string]types.AttributeValue

// python is an attribute as boto3 gives it to a program, as far as json.dumps can
// tell: numbers are Decimals and sets are sets, which it cannot write.
// https://docs.aws.amazon.com/boto3/latest/reference/customizations/dynamodb.html
func python(v types.AttributeValue) any {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return v.Value
	case *types.AttributeValueMemberBOOL:
		return v.Value
	case *types.AttributeValueMemberNULL:
		return nil
	case *types.AttributeValueMemberN:
		return unserialisable("Decimal")
	case *types.AttributeValueMemberB:
		return unserialisable("Binary")
	case *types.AttributeValueMemberL:
		list := make([]any, 0, len(v.Value))
		for _, each := range v.Value {
			list = append(list, python(each))
		}
		return list
	case *types.AttributeValueMemberM:
		var members []member
		for name, each := range v.Value {
			members = append(members, member{name, python(each)})
		}
		slices.SortFunc(members, byKey) // the order of a map is not kept by DynamoDB
		return members
	}
	return unserialisable("set")
}

// attribute is an attribute of an item as boto3 gives it.
func attribute(i item, name string) (any, error) {
	v, ok := i[name]
	if !ok {
		return nil, fmt.Errorf("KeyError: '%s'", name)
	}
	return python(v), nil
}

// integer is int() of an attribute: a number cut to a whole one, or digits in a string.
func integer(i item, name string) (any, error) {
	text := ""
	switch v := i[name].(type) {
	case *types.AttributeValueMemberN:
		if r, ok := new(big.Rat).SetString(v.Value); ok {
			return number(new(big.Int).Quo(r.Num(), r.Denom()).String()), nil
		}
		text = v.Value
	case *types.AttributeValueMemberS:
		if n, ok := new(big.Int).SetString(v.Value, 10); ok {
			return number(n.String()), nil
		}
		text = v.Value
	case nil:
		return nil, fmt.Errorf("KeyError: '%s'", name)
	}
	return nil, fmt.Errorf("ValueError: %s is no integer: %q", name, text)
}

package apply

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"frontdoor/awscall"
	"frontdoor/scenarios"
)

// seed writes items into a table, over those with the same keys.
func (c *Cloud) seed(ctx context.Context, region, table string, items []scenarios.Item) error {
	client := c.dynamodb(region)
	for n, item := range items {
		attributes, err := attributesOf(item)
		if err == nil {
			_, err = client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &table, Item: attributes})
		}
		if err != nil {
			return fmt.Errorf("put item %d into table %q in %s: %w", n, table, region, awscall.Explain(err))
		}
	}
	return nil
}

func attributesOf(item map[string]any) (map[string]types.AttributeValue, error) {
	out := map[string]types.AttributeValue{}
	for name, value := range item {
		v, err := attribute(value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[name] = v
	}
	return out, nil
}

// attribute is a plain value as DynamoDB keeps it.
func attribute(value any) (types.AttributeValue, error) {
	switch v := value.(type) {
	case string:
		return &types.AttributeValueMemberS{Value: v}, nil
	case json.Number:
		return &types.AttributeValueMemberN{Value: v.String()}, nil
	case bool:
		return &types.AttributeValueMemberBOOL{Value: v}, nil
	case nil:
		return &types.AttributeValueMemberNULL{Value: true}, nil
	case map[string]any:
		m, err := attributesOf(v)
		return &types.AttributeValueMemberM{Value: m}, err
	case []any:
		list := make([]types.AttributeValue, 0, len(v))
		for _, each := range v {
			a, err := attribute(each)
			if err != nil {
				return nil, err
			}
			list = append(list, a)
		}
		return &types.AttributeValueMemberL{Value: list}, nil
	}
	return nil, fmt.Errorf("a value of type %T is no attribute", value)
}

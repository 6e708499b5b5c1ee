package tables

import (
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Attributes is an item of plain values (text, json.Number, bool, nil, []any and
// map[string]any) as DynamoDB keeps it.
func Attributes(item map[string]any) (map[string]types.AttributeValue, error) {
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
		m, err := Attributes(v)
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

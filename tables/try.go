package tables

import (
	"context"
	"crypto/rand"
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// TryUnits is what trying a table costs: the condition of a write that it refuses is paid
// for like the write, 1 unit of an item that is not there
// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html).
const TryUnits = 1

// Try asks for a write that its condition refuses, for the item is not there: who may not
// write learns it before anything is sent, and nothing is written. The error is *NoTable
// where there is no such table.
func (w *Writer) Try(ctx context.Context, t Table) error {
	condition, nobody := "attribute_exists(#key)", "bench-tries-"+rand.Text()
	_, err := w.send(ctx, t, &dynamodb.PutItemInput{
		TableName: &t.Name, Item: map[string]types.AttributeValue{t.Key: &types.AttributeValueMemberS{Value: nobody}},
		ConditionExpression: &condition, ExpressionAttributeNames: map[string]string{"#key": t.Key},
	})
	var refused *types.ConditionalCheckFailedException
	if err == nil || errors.As(err, &refused) {
		return nil
	}
	return w.refused(ctx, t, err)
}

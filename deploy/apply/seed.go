package apply

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"frontdoor/awscall"
	"frontdoor/scenarios"
	"frontdoor/tables"
)

// seed writes items into a table, over those with the same keys.
func (c *Cloud) seed(ctx context.Context, region, table string, items []scenarios.Item) error {
	client := c.dynamodb(region)
	for n, item := range items {
		attributes, err := tables.Attributes(item)
		if err == nil {
			_, err = client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &table, Item: attributes})
		}
		if err != nil {
			return fmt.Errorf("put item %d into table %q in %s: %w", n, table, region, awscall.Explain(err))
		}
	}
	return nil
}

package dynamodb

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

func TestDescribeTable(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "us-east-1", "eu-west-1")}, Now: newClock().now})
	c := client(url, "eu-west-1")
	out, err := c.DescribeTable(background, &sdk.DescribeTableInput{TableName: aws.String("Jobs")})
	if err != nil {
		t.Fatal(err)
	}
	d := out.Table
	if d.TableStatus != types.TableStatusActive || *d.TableArn != "arn:aws:dynamodb:eu-west-1:123456789012:table/Jobs" ||
		d.BillingModeSummary.BillingMode != types.BillingModePayPerRequest || *d.ItemCount != 1 ||
		*d.TableSizeBytes != int64(len("JobIdc-1JobStatusCOMPLETEProgress")+2) || !d.CreationDateTime.Equal(newClock().at) {
		t.Errorf("%+v", d)
	}
	if len(d.KeySchema) != 1 || *d.KeySchema[0].AttributeName != "JobId" || d.KeySchema[0].KeyType != types.KeyTypeHash ||
		len(d.AttributeDefinitions) != 1 || d.AttributeDefinitions[0].AttributeType != types.ScalarAttributeTypeS {
		t.Errorf("%+v %+v", d.KeySchema, d.AttributeDefinitions)
	}
	if len(d.Replicas) != 1 || *d.Replicas[0].RegionName != "us-east-1" {
		t.Errorf("%+v", d.Replicas)
	}
	// The SDK's waiter is content at once.
	if err := sdk.NewTableExistsWaiter(c).Wait(background, &sdk.DescribeTableInput{TableName: aws.String("Jobs")}, time.Minute); err != nil {
		t.Error(err)
	}
	_, err = c.DescribeTable(background, &sdk.DescribeTableInput{TableName: aws.String("None")})
	wantError[*types.ResourceNotFoundException](t, err, "ResourceNotFoundException", "Requested resource not found: Table: None not found")
	if len(metered) != 0 {
		t.Errorf("metered %v", metered)
	}
}

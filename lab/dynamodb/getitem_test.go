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

func TestGetItem(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "ap-northeast-1")}})
	tokyo := client(url, "ap-northeast-1")
	out, err := tokyo.GetItem(background, &sdk.GetItemInput{TableName: aws.String("Jobs"), Key: key("c-1"), ReturnConsumedCapacity: "TOTAL"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]types.AttributeValue{"JobId": text("c-1"), "JobStatus": text("COMPLETE"), "Progress": amount("100")}
	if !reflect.DeepEqual(out.Item, want) {
		t.Errorf("%v", out.Item)
	}
	if c := out.ConsumedCapacity; c == nil || *c.CapacityUnits != 0.5 || *c.TableName != "Jobs" {
		t.Errorf("consumed %+v", c)
	}
	out, err = tokyo.GetItem(background, &sdk.GetItemInput{TableName: aws.String("Jobs"), Key: key("none"), ConsistentRead: aws.Bool(true)})
	if err != nil || out.Item != nil || out.ConsumedCapacity != nil {
		t.Errorf("%+v %v, want no item", out, err)
	}
	if want := (units{"dynamodb.read_units ap-northeast-1": 1.5}); !maps.Equal(metered, want) {
		t.Errorf("metered %v, want %v", metered, want)
	}
}

// What is refused costs nothing, and the texts are AWS's.
func TestGetItemErrors(t *testing.T) {
	url, metered := serve(t, Config{Tables: []Table{jobs(t, "ap-northeast-1")}})
	tokyo, virginia := client(url, "ap-northeast-1"), client(url, "us-east-1")
	get := func(c *sdk.Client, table string, key map[string]types.AttributeValue) error {
		_, err := c.GetItem(background, &sdk.GetItemInput{TableName: &table, Key: key})
		return err
	}
	wantError[*types.ResourceNotFoundException](t, get(virginia, "Jobs", key("c-1")), "ResourceNotFoundException", "Requested resource not found")
	wantError[*types.ResourceNotFoundException](t, get(tokyo, "None", key("c-1")), "ResourceNotFoundException", "Requested resource not found")
	const schema = "The provided key element does not match the schema"
	wantError[smithy.APIError](t, get(tokyo, "Jobs", map[string]types.AttributeValue{"JobId": amount("1")}), "ValidationException", schema)
	wantError[smithy.APIError](t, get(tokyo, "Jobs", map[string]types.AttributeValue{"Id": text("1")}), "ValidationException", schema)
	wantError[smithy.APIError](t, get(tokyo, "Jobs", map[string]types.AttributeValue{"JobId": text("1"), "x": text("1")}), "ValidationException", schema)
	wantError[smithy.APIError](t, get(tokyo, "Jobs", key("")), "ValidationException",
		"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: JobId")
	wantError[smithy.APIError](t, get(tokyo, "Jobs", key(strings.Repeat("x", 2049))), "ValidationException",
		"One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes")
	_, err := tokyo.GetItem(background, &sdk.GetItemInput{TableName: aws.String("Jobs"), Key: key("c-1"), AttributesToGet: []string{"x"}})
	wantError[smithy.APIError](t, err, "ValidationException", `the lab's DynamoDB does not serve the parameter "AttributesToGet"`)
	_, err = tokyo.ListBackups(background, &sdk.ListBackupsInput{})
	wantError[smithy.APIError](t, err, "UnknownOperationException", `the lab's DynamoDB does not serve the operation "ListBackups"`)
	if len(metered) != 0 {
		t.Errorf("metered %v", metered)
	}
}

package dynamodb

import (
	"os/exec"
	"strings"
	"testing"

	"frontdoor/yardstick"
)

// outside runs boto3 or the aws CLI against the endpoint, which know nothing of this
// repository: an independent check of the protocol.
func outside(t *testing.T, url, program string, arguments ...string) string {
	t.Helper()
	cmd := exec.Command(program, arguments...)
	cmd.Env = append(cmd.Environ(), "AWS_ENDPOINT_URL_DYNAMODB="+url, "AWS_ACCESS_KEY_ID=lab", "AWS_SECRET_ACCESS_KEY=lab",
		"AWS_DEFAULT_REGION=ap-northeast-1", "AWS_REGION=ap-northeast-1", "AWS_PAGER=", "AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// The calls of the handlers that run on Python: the resource interface, which reads
// numbers as Decimals, and its exceptions.
const boto3Calls = `
import boto3, decimal
from boto3.dynamodb.conditions import Attr
db = boto3.session.Session(region_name='ap-northeast-1').resource('dynamodb')
t = db.Table('Jobs')
print(t.get_item(Key={'JobId': 'c-1'})['Item'])
print('Item' in t.get_item(Key={'JobId': 'none'}))
t.put_item(Item={'JobId': 'p', 'Likes': 1, 'l': [decimal.Decimal('0.5'), {'a': None}], 's': {'x'}, 'b': b'\x00'})
print(t.update_item(Key={'JobId': 'p'}, UpdateExpression='SET Likes = Likes + :one', ExpressionAttributeValues={':one': 1}, ReturnValues='UPDATED_NEW')['Attributes'])
print(sorted(t.get_item(Key={'JobId': 'p'}, ConsistentRead=True)['Item'].items()))
print(t.scan(FilterExpression=Attr('Likes').gte(2) & Attr('nope').not_exists(), ReturnConsumedCapacity='TOTAL')['ConsumedCapacity'])
try:
    t.put_item(Item={'JobId': 'p'}, ConditionExpression=Attr('JobId').not_exists())
except db.meta.client.exceptions.ConditionalCheckFailedException as e:
    print(e)
virginia = boto3.client('dynamodb', region_name='us-east-1')
try:
    virginia.get_item(TableName='Jobs', Key={'JobId': {'S': 'x'}})
except virginia.exceptions.ResourceNotFoundException as e:
    print(e)
print(t.item_count, t.table_status)
`

const boto3Prints = `{'JobId': 'c-1', 'JobStatus': 'COMPLETE', 'Progress': Decimal('100')}
False
{'Likes': Decimal('2')}
[('JobId', 'p'), ('Likes', Decimal('2')), ('b', Binary(b'\x00')), ('l', [Decimal('0.5'), {'a': None}]), ('s', {'x'})]
{'TableName': 'Jobs', 'CapacityUnits': 0.5}
An error occurred (ConditionalCheckFailedException) when calling the PutItem operation: The conditional request failed
An error occurred (ResourceNotFoundException) when calling the GetItem operation: Requested resource not found
2 ACTIVE`

func TestBoto3(t *testing.T) {
	yardstick.Boto3(t)
	url, _ := serve(t, Config{Tables: []Table{jobs(t, "ap-northeast-1")}})
	got := strings.Split(outside(t, url, "python3", "-c", boto3Calls), "\n")
	want := strings.Split(boto3Prints, "\n")
	for n := range max(len(got), len(want)) {
		if n >= len(got) || n >= len(want) || got[n] != want[n] {
			t.Fatalf("line %d of\n%s\nwant\n%s", n+1, strings.Join(got, "\n"), boto3Prints)
		}
	}
}

func TestCLI(t *testing.T) {
	if _, err := exec.LookPath("aws"); err != nil {
		t.Skip("the aws CLI is not installed")
	}
	url, _ := serve(t, Config{Tables: []Table{many(t, 3, 100), {Name: "Jobs2", Regions: []string{"ap-northeast-1"}, Key: Key{Hash: Attribute{"JobId", Text}},
		Items: []Item{item(t, map[string]any{"JobId": "a", "n": 1})}}}})
	got := outside(t, url, "aws", "dynamodb", "get-item", "--table-name", "Jobs2", "--key", `{"JobId":{"S":"a"}}`, "--query", "Item.n.N", "--output", "text")
	if got != "1" {
		t.Errorf("%q", got)
	}
	got = outside(t, url, "aws", "dynamodb", "scan", "--table-name", "Jobs", "--region", "eu-west-1", "--page-size", "1", "--query", "length(Items)")
	if got != "3" {
		t.Errorf("%q", got)
	}
}

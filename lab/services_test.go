package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	sdk "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"frontdoor/front"
	"frontdoor/lab/dynamodb"
)

// database is made once in a process, outside of the handler as is usual, so that
// calls share their connections.
var database = sync.OnceValues(func() (*sdk.Client, error) {
	cfg, err := config.LoadDefaultConfig(context.Background())
	return sdk.NewFromConfig(cfg), err
})

// tells is a raw function that reads a job as a user's code does: the SDK finds the
// endpoint and the credentials by itself. It answers for a door's kind.
func tells(kind, region, id string) (json.RawMessage, error) {
	client, err := database()
	if err != nil {
		return nil, err
	}
	table := "Jobs"
	out, err := client.GetItem(context.Background(), &sdk.GetItemInput{
		TableName: &table, Key: map[string]types.AttributeValue{"JobId": &types.AttributeValueMemberS{Value: id}},
	}, func(o *sdk.Options) { o.Region = region })
	status := "statusCode"
	if front.Kind(kind).Edge() {
		status = "status"
	}
	body := "no item"
	switch {
	case err != nil:
		body = err.Error()
	case out.Item != nil:
		body = out.Item["JobStatus"].(*types.AttributeValueMemberS).Value
	}
	return json.Marshal(map[string]any{status: 200, "headers": map[string]string{}, "body": body})
}

func jobs(t *testing.T, regions ...string) dynamodb.Table {
	item, err := dynamodb.ItemOf(map[string]any{"JobId": "c-1", "JobStatus": "COMPLETE"})
	if err != nil {
		t.Fatal(err)
	}
	return dynamodb.Table{
		Name: "Jobs", Regions: regions, Key: dynamodb.Key{Hash: dynamodb.Attribute{Name: "JobId", Kind: dynamodb.Text}},
		Items: []dynamodb.Item{item},
	}
}

// distances writes down what the lab asks it, and asks for no delay.
type distances struct {
	mu  sync.Mutex
	log []string
}

func (d *distances) delay(from, to string, opening bool) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log = append(d.log, fmt.Sprint(from, " ", to, " ", opening))
	return 0
}

// Functions find the tables by the SDK's own means, each call is on the bill of the
// front that caused it, and the way there is known.
func TestDynamoDB(t *testing.T) {
	const tokyo = "ap-northeast-1"
	var list []Front
	for _, kind := range []front.Kind{front.ALB, front.EdgeViewerRequest, front.FunctionURL} {
		list = append(list, rawFront(t, kind, "tells", string(kind), tokyo, "c-1"))
	}
	list[1].Region, list[2].Region = "eu-west-1", tokyo
	var way distances
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: list, Tables: []dynamodb.Table{jobs(t, tokyo)}, Delay: way.delay})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for n, requests := range []int{2, 1, 1} {
		for range requests {
			if a := request(t, "GET", l.Fronts()[n].URL, ""); a.status != 200 || a.body != "COMPLETE" {
				t.Errorf("%s: %d %q", list[n].ID, a.status, a.body)
			}
			l.Settle()
		}
	}
	units, sent := map[string]float64{}, map[string]float64{}
	for _, c := range l.Counters() {
		if strings.HasPrefix(c.Name, "dynamodb.") {
			units[c.Front+" "+c.Name+" "+c.Region] = c.Value
		}
		if to, ok := strings.CutPrefix(c.Name, interRegionBytes); ok {
			sent[c.Front+" "+c.Region+" "+to] = c.Value
		}
	}
	want := map[string]float64{"alb dynamodb.read_units " + tokyo: 1, "edge-viewer-request dynamodb.read_units " + tokyo: 0.5, "function-url dynamodb.read_units " + tokyo: 0.5}
	if !maps.Equal(units, want) {
		t.Errorf("counted %v, want %v", units, want)
	}
	// One call is a few hundred bytes each way, signature and all; the Load Balancer's
	// function made two, and that in Tokyo left no Region.
	for way, calls := range map[string]float64{"alb us-east-1 " + tokyo: 2, "alb " + tokyo + " us-east-1": 2,
		"edge-viewer-request eu-west-1 " + tokyo: 1, "edge-viewer-request " + tokyo + " eu-west-1": 1} {
		if each := sent[way] / calls; each < 200 || each > 2000 {
			t.Errorf("%s: %v bytes a call", way, each)
		}
	}
	if len(sent) != 4 {
		t.Errorf("sent %v", sent)
	}
	if want := []string{"us-east-1 " + tokyo + " true", "us-east-1 " + tokyo + " false", "eu-west-1 " + tokyo + " true", tokyo + " " + tokyo + " true"}; !slices.Equal(way.log, want) {
		t.Errorf("asked %q, want %q", way.log, want)
	}
}

// A table is in its own Region and in no other one.
func TestDynamoDBOfAnotherRegion(t *testing.T) {
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{rawFront(t, front.ALB, "tells", "alb", "us-east-1", "c-1")},
		Tables: []dynamodb.Table{jobs(t, "ap-northeast-1")}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if a := request(t, "GET", l.Fronts()[0].URL, ""); !strings.Contains(a.body, "ResourceNotFoundException") {
		t.Errorf("%d %q", a.status, a.body)
	}
	for _, c := range l.Counters() {
		if strings.HasPrefix(c.Name, "dynamodb.") {
			t.Errorf("counted %+v", c)
		}
	}
}

// Tables that cannot be are an error of Start, which names them.
func TestWrongTable(t *testing.T) {
	_, err := Start(Config{LogDir: t.TempDir(), Tables: []dynamodb.Table{{Name: "Jobs"}}})
	if err == nil || !strings.Contains(err.Error(), `table "Jobs": want one Region or more`) {
		t.Error(err)
	}
}

package tables

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"

	"frontdoor/awscall"
)

const (
	atOnce   = 32               // seeds that are written at the same time, and connections that are kept
	answered = 10 * time.Second // within it, one write with all its attempts
)

// Writer writes through the SDK's own configuration, with one client a Region. Its zero
// value is of no use.
type Writer struct {
	learn   func(secrets ...string)
	mu      sync.Mutex
	clients map[string]*dynamodb.Client
	within  time.Duration                                                // a write has its answer
	put     func(context.Context, Table, map[string]any) (answer, error) // into AWS, but in tests
}

// answer is what DynamoDB says of a write.
type answer struct {
	units    int64 // 0: it does not say
	attempts int
}

// NewWriter returns a writer that has called nobody. learn is told the credentials that
// calls are signed with, before they are sent; nil is nobody.
func NewWriter(learn func(secrets ...string)) *Writer {
	w := &Writer{learn: learn, clients: map[string]*dynamodb.Client{}, within: answered}
	w.put = w.putItem
	return w
}

// client is that of a Region. A write that got no answer is made again: of the same item
// it may be made twice.
func (w *Writer) client(ctx context.Context, region string) (*dynamodb.Client, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if known := w.clients[region]; known != nil {
		return known, nil
	}
	kept := awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) { t.MaxIdleConnsPerHost = atOnce })
	cfg, err := awscall.Load(ctx, w.learn, config.WithRegion(region), config.WithHTTPClient(kept))
	if err != nil {
		return nil, err
	}
	cfg.Retryer = awscall.Patient(cfg)
	w.clients[region] = dynamodb.NewFromConfig(cfg)
	return w.clients[region], nil
}

// Endpoint is where the SDK finds DynamoDB of a Region; "" is AWS's own. Nobody is asked.
func (w *Writer) Endpoint(ctx context.Context, region string) (string, error) {
	c, err := w.client(ctx, region)
	if err != nil {
		return "", err
	}
	return aws.ToString(c.Options().BaseEndpoint), nil
}

// putItem writes an item over the one with its key.
func (w *Writer) putItem(ctx context.Context, t Table, item map[string]any) (answer, error) {
	attributes, err := Attributes(item)
	if err != nil {
		return answer{}, err
	}
	out, err := w.send(ctx, t, &dynamodb.PutItemInput{TableName: &t.Name, Item: attributes, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal})
	if err != nil {
		return answer{attempts: gaveUpAfter(err)}, w.refused(ctx, t, err)
	}
	a := answer{attempts: attemptsOf(out.ResultMetadata)}
	if out.ConsumedCapacity != nil {
		a.units = int64(math.Ceil(aws.ToFloat64(out.ConsumedCapacity.CapacityUnits)))
	}
	return a, nil
}

// send waits for an answer as long as the writer does.
func (w *Writer) send(ctx context.Context, t Table, in *dynamodb.PutItemInput) (*dynamodb.PutItemOutput, error) {
	client, err := w.client(ctx, t.Region)
	if err != nil {
		return nil, err
	}
	within, cancel := context.WithTimeout(ctx, w.within)
	defer cancel()
	return client.PutItem(within, in)
}

// refused names the table in an error; ctx is the caller's.
func (w *Writer) refused(ctx context.Context, t Table, err error) error {
	var missing *types.ResourceNotFoundException
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &missing):
		return &NoTable{t}
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("write into table %q in %s: there was no answer for %s", t.Name, t.Region, w.within)
	}
	return fmt.Errorf("write into table %q in %s: %w", t.Name, t.Region, awscall.Explain(err))
}

// NoTable is a table that the account does not have.
type NoTable struct{ Table Table }

func (e *NoTable) Error() string {
	return fmt.Sprintf("the account has no table %q in %s", e.Table.Name, e.Table.Region)
}

func attemptsOf(m middleware.Metadata) int {
	results, _ := retry.GetAttemptResults(m)
	return max(1, len(results.Results))
}

func gaveUpAfter(err error) int {
	var gaveUp *retry.MaxAttemptsError
	if errors.As(err, &gaveUp) {
		return gaveUp.Attempt
	}
	return 1
}

// whole is a version's item with its key.
func (l Line) whole(v Version) map[string]any {
	item := maps.Clone(v.Item)
	if item == nil {
		item = map[string]any{}
	}
	item[l.Table.Key] = l.Key
	return item
}

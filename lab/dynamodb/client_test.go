package dynamodb

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

// The tests call the endpoint over HTTP with the real SDK.

// units is what a caller's meter was told.
type units map[string]float64

func (u units) add(name, region string, n float64) { u[name+" "+region] += n }

func serve(t testing.TB, c Config) (url string, metered units) {
	t.Helper()
	d, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return serveDatabase(t, d)
}

func serveDatabase(t testing.TB, d *Database) (url string, metered units) {
	metered = units{}
	s := httptest.NewServer(d.Handler(metered.add))
	t.Cleanup(s.Close)
	return s.URL, metered
}

func client(url, region string) *sdk.Client {
	return sdk.NewFromConfig(aws.Config{
		Region: region, BaseEndpoint: &url, RetryMaxAttempts: 1, HTTPClient: &http.Client{Transport: whole{}},
		Credentials: credentials.NewStaticCredentialsProvider("lab", "lab", ""),
	})
}

// whole sends requests whose body was read before. smithy-go closes a body as soon as an
// answer comes, and from then on tells net/http, which may still look for the body's end,
// io.EOF as an error: the connection is closed in the middle of a long answer, of 30 kB
// once in some thousand times. In use the SDK calls again.
type whole struct{}

func (whole) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Body = io.NopCloser(bytes.NewReader(body))
	return http.DefaultTransport.RoundTrip(r)
}

func item(t testing.TB, plain map[string]any) Item {
	t.Helper()
	i, err := ItemOf(plain)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// jobs is a table as the status handler's is.
func jobs(t testing.TB, regions ...string) Table {
	return Table{Name: "Jobs", Regions: regions, Key: Key{Hash: Attribute{"JobId", Text}}, Items: []Item{
		item(t, map[string]any{"JobId": "c-1", "JobStatus": "COMPLETE", "Progress": json.Number("100")}),
	}}
}

func text(s string) types.AttributeValue   { return &types.AttributeValueMemberS{Value: s} }
func amount(s string) types.AttributeValue { return &types.AttributeValueMemberN{Value: s} }

func key(id string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"JobId": text(id)}
}

// wantError checks an error's type by errors.As with T, its text and its code.
func wantError[T error](t *testing.T, err error, code, message string) {
	t.Helper()
	var typed T
	var api smithy.APIError
	if !errors.As(err, &typed) || !errors.As(err, &api) || api.ErrorCode() != code || api.ErrorMessage() != message {
		t.Errorf("%v (%T), want %s: %s", err, typed, code, message)
	}
}

var background = context.Background()

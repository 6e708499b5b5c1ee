package handlers

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/http/httptest"
	"testing"

	"frontdoor/front"
)

// Exactly the handlers of HasTable answer for what they consume.
func TestHasTable(t *testing.T) {
	for _, name := range Names() {
		h, _ := Lookup(name)
		ctx, l := withLedger(context.Background())
		if _, err := h(ctx, front.Request{Method: "PUT", Path: "/", Upstream: &front.Answer{Status: 200}}); err != nil && name != "fetch-compose" {
			t.Errorf("%s: %v", name, err)
		}
		if l.told != HasTable(name) || l.told && l.String() != "-" {
			t.Errorf("%s: HasTable is %v, and it says %q", name, HasTable(name), l)
		}
	}
}

// A call costs what DynamoDB says in ConsumedCapacity, and one that fails what nobody
// knows: then the invocation says nothing.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ConsumedCapacity.html
func TestLedger(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "nobodys")
	t.Setenv("AWS_REGION", "eu-west-1")
	t.Setenv("AWS_MAX_ATTEMPTS", "1")
	for _, c := range []struct {
		name, answer string
		status       int
		want         string
	}{
		{"an item", `{"Item": {"k": {"S": "a"}}, "ConsumedCapacity": {"TableName": "t", "CapacityUnits": 1.5}}`, 200, "eu-west-1 rru=1.5"},
		{"no item", `{"ConsumedCapacity": {"TableName": "t", "CapacityUnits": 0.5}}`, 200, "eu-west-1 rru=0.5"},
		{"not told", `{}`, 200, ""},
		{"refused", `{"__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}`, 400, ""},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Amz-Crc32", fmt.Sprint(crc32.ChecksumIEEE([]byte(c.answer))))
			w.WriteHeader(c.status)
			w.Write([]byte(c.answer))
		}))
		t.Setenv("AWS_ENDPOINT_URL_DYNAMODB", server.URL)
		table := newTable("t", "k", "eu-west-1")
		h := consuming(func(ctx context.Context, _ front.Request) (front.Answer, error) {
			_, err := table.get(ctx, "a")
			return front.Answer{Status: 200}, err
		})
		ctx, l := withLedger(context.Background())
		_, err := h(ctx, front.Request{})
		if (err != nil) != (c.status != 200) || l.String() != c.want {
			t.Errorf("%s: says %q, want %q; %v", c.name, l, c.want, err)
		}
		server.Close()
	}
}

// The field stands beside the two others behind every door that carries fields, and no
// error has one.
func TestSaysConsumed(t *testing.T) {
	for _, kind := range front.Kinds() {
		door, err := front.Of(kind)
		if err != nil {
			t.Fatal(err)
		}
		if kind == front.APIGatewayNonProxy {
			continue // the integration carries no header fields
		}
		for text, h := range map[string]Handler{
			"us-east-1>eu-west-1 rru=0.5 wru=2 out=10 in=20;us-east-1 wru=1": consuming(func(ctx context.Context, _ front.Request) (front.Answer, error) {
				l := ledgerOf(ctx)
				*l.in("eu-west-1") = regionCalls{"eu-west-1", 0.5, 2, 10, 20}
				l.in("us-east-1").written++
				return front.Answer{Status: 200}, nil
			}),
			"": func(ctx context.Context, _ front.Request) (front.Answer, error) {
				ledgerOf(ctx).in("us-east-1").read++ // not all that it calls goes through the ledger
				return front.Answer{Status: 200}, nil
			},
		} {
			t.Setenv("AWS_REGION", "us-east-1")
			f, err := Lambda(kind, h)
			if err != nil {
				t.Fatal(err)
			}
			r := front.Request{Method: "GET", Path: "/", Host: "h", Proto: "HTTP/1.1"}
			if !kind.Answers() {
				r.Upstream = &front.Answer{Status: 200}
			}
			event, err := door.Event(r, front.Identity{TargetGroupARN: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/1", DistributionID: "E1", DistributionDomain: "d1.cloudfront.net"})
			if err != nil {
				t.Fatal(err)
			}
			result, err := f.Invoke(context.Background(), event)
			if err != nil {
				t.Fatal(err)
			}
			a, err := door.Answer(result, front.Identity{})
			if err != nil || a.Header.Get(ConsumedHeader) != text {
				t.Errorf("%s: says %q, want %q; %v", kind, a.Header.Get(ConsumedHeader), text, err)
			}
		}
	}
	f, _ := Lambda(front.FunctionURL, consuming(func(context.Context, front.Request) (front.Answer, error) { return front.Answer{}, errors.New("boom") }))
	if result, err := f.Invoke(context.Background(), []byte(`{"version": "2.0", "rawPath": "/", "requestContext": {"http": {"method": "GET", "path": "/"}}}`)); err == nil {
		t.Errorf("%s", result)
	}
}

package lab

import (
	"os"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab/cloudfront"
	"frontdoor/lab/dynamodb"
)

// What functions of a distribution consumed stands beside their invocations, for each in
// its place; an answer out of the cache was paid for before, and says nothing of a table.
func TestConsumedAtTheEdge(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	card, err := dynamodb.ItemOf(map[string]any{"CardId": "c5", "Description": "A cat"})
	if err != nil {
		t.Fatal(err)
	}
	f := site(fronts(t, "pretty-url", front.EdgeViewerRequest)[0])
	for event, handler := range map[cloudfront.Event]string{cloudfront.OriginRequest: "card-page", cloudfront.ViewerResponse: "security-headers"} {
		f.CloudFront.Functions = append(f.CloudFront.Functions, EdgeFunction{Event: event, Handler: handler, Command: []string{self, "edge-" + string(event), handler}, Timeout: 3 * time.Second})
	}
	l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}, Tables: []dynamodb.Table{{Name: "AlienCards", Regions: []string{"us-east-1"},
		Key: dynamodb.Key{Hash: dynamodb.Attribute{Name: "CardId", Kind: dynamodb.Text}}, Items: []dynamodb.Item{card}}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	at := l.Fronts()[0].URL
	for _, c := range []struct {
		path, cache string
		ids         int
		consumed    string
	}{
		{"/card/c5", "LambdaGeneratedResponse", 3, ",us-east-1 rru=0.5,"},
		{"/card/c5", "Hit", 2, ""},     // pretty-url and security-headers
		{"/index.html", "Miss", 3, ""}, // of the origin: card-page hands the request on, and can say nothing
		{"/r/cat", "LambdaGeneratedResponse", 1, ""},
	} {
		a := get(t, at+c.path)
		ids := strings.Split(a.header.Get(handlers.RequestIDHeader), ",")
		if got := a.header.Values(handlers.ConsumedHeader); strings.Join(got, " and ") != c.consumed || len(ids) != c.ids || !strings.HasPrefix(a.header.Get("X-Cache"), c.cache) {
			t.Errorf("%s: %d %s, %d ids, consumed %q, want %q", c.path, a.status, a.header.Get("X-Cache"), len(ids), got, c.consumed)
		}
	}
}

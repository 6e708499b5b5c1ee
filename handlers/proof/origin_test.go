package proof

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"

	"frontdoor/front"
	"frontdoor/handlers"
	"frontdoor/lab"
	"frontdoor/lab/cloudfront"
)

// upstreamPrefix begins the name of a request's header field that the origin answers with.
const upstreamPrefix = "X-Upstream-"

// origin is a front that answers what it was asked: what a function hands on ends there.
func origin(t *testing.T) lab.Front {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return lab.Front{
		ID: "origin", Kind: front.FunctionURL, Region: "us-east-1", Handler: "origin", Command: []string{self, "origin"},
		MemoryMB: 128, Architecture: "x86_64", Timeout: 5e9, Concurrency: 8,
	}
}

// serveOrigin is the origin's function.
func serveOrigin() {
	f, err := handlers.Lambda(front.FunctionURL, func(_ context.Context, r front.Request) (front.Answer, error) {
		body, err := json.Marshal(r)
		a := front.Answer{Status: 200, Body: body}
		for _, field := range r.Header {
			if name, ok := strings.CutPrefix(field.Name, strings.ToLower(upstreamPrefix)); ok {
				a.Header = append(a.Header, front.Field{Name: name, Value: field.Value})
			}
		}
		return a, err
	})
	if err != nil {
		panic(err)
	}
	lambda.StartWithOptions(f)
}

// distributed makes a front a distribution that caches nothing and passes everything on
// to the origin.
func distributed(f *lab.Front) {
	f.CloudFront = &lab.CloudFront{Behaviour: cloudfront.Behaviour{ForwardAll: true}, Origin: lab.Origin{Front: "origin"}}
}

// script puts the handler's CloudFront Function at the event that it is for.
func script(f *lab.Front, handler string) {
	f.Code, _ = handlers.FunctionCode(handler)
	if problem, _ := handlers.Misplaced(handler, front.EdgeViewerRequest); problem != "" {
		f.CloudFront.Functions = []lab.EdgeFunction{{Event: cloudfront.ViewerResponse, Code: f.Code}}
		f.Code = "function handler(event) { return event.request; }"
	}
}

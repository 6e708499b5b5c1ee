package lab

import (
	"errors"
	"strings"
	"testing"
	"time"

	"frontdoor/front"
)

// What CloudFront would refuse, the lab refuses to start, in CloudFront's words
// (the places where they were reported are in package front).
func TestEdgeFunctionIsRefused(t *testing.T) {
	const arn = "arn:aws:lambda:us-east-1:123456789012:function:bench-"
	for _, c := range []struct {
		name   string
		kind   front.Kind
		change func(*Front)
		want   string
	}{
		{"F06 environment variables", front.EdgeViewerRequest, func(f *Front) { f.Environment = map[string]string{"TABLE": "jobs"} },
			"The function cannot have environment variables. Function: " + arn + "edge-viewer-request:1"},
		{"memory", front.EdgeViewerRequest, func(f *Front) { f.MemoryMB = 256 },
			"The function memory size is larger than the maximum allowed size for functions that are triggered by a CloudFront event: 256 Max allowed: 128 Function: " + arn + "edge-viewer-request:1"},
		{"timeout", front.EdgeViewerRequest, func(f *Front) { f.Timeout = 6 * time.Second },
			"The function timeout is larger than the maximum allowed for functions that are triggered by a CloudFront event: 6 Max allowed: 5 Function: " + arn + "edge-viewer-request:1"},
		{"timeout", front.EdgeOriginRequest, func(f *Front) { f.Timeout = 31 * time.Second },
			"The function timeout is larger than the maximum allowed for functions that are triggered by a CloudFront event: 31 Max allowed: 30 Function: " + arn + "edge-origin-request:1"},
		{"architecture", front.EdgeOriginRequest, func(f *Front) { f.Architecture = "arm64" },
			"Lambda@Edge does not support functions with an architecture of arm64"},
	} {
		t.Run(c.name+"/"+string(c.kind), func(t *testing.T) {
			f := fronts(t, "hello", c.kind)[0]
			c.change(&f)
			l, err := Start(Config{LogDir: t.TempDir(), Fronts: []Front{f}})
			if err == nil {
				l.Close()
				t.Fatal("it started")
			}
			var refused *front.AssociationError
			if want := `front "` + f.ID + `": InvalidLambdaFunctionAssociation: ` + c.want; !errors.As(err, &refused) || err.Error() != want {
				t.Errorf("%v, want %s", err, want)
			}
		})
	}
}

// F07: the lab associates a numbered version; $LATEST is refused.
func TestLatestIsRefused(t *testing.T) {
	f := fronts(t, "hello", front.EdgeViewerRequest)[0]
	const arn = "arn:aws:lambda:us-east-1:123456789012:function:f"
	want := "The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: " + arn
	for _, arn := range []string{arn, arn + ":$LATEST"} {
		if err := associate(f, arn); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", arn, err)
		}
	}
	l := serveLogged(t, f)
	if got := l.doors[0].identity.FunctionARN; !strings.HasSuffix(got, ":1") || associate(f, got) != nil {
		t.Errorf("the lab's own is %s", got)
	}
}

// The same configurations are fine where there is no CloudFront, and variables
// reach the function.
func TestRegionalFunctionIsTaken(t *testing.T) {
	f := rawFront(t, front.FunctionURL, "returns", `{"statusCode":200}`)
	f.Environment, f.MemoryMB, f.Architecture, f.Timeout = map[string]string{"TABLE": "jobs"}, 256, "arm64", time.Minute
	if a := get(t, serveLogged(t, f).url(0)); a.status != 200 {
		t.Errorf("%d %q", a.status, a.body)
	}
}

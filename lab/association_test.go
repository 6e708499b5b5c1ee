package lab

import (
	"errors"
	"os"
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
		{"F06 environment variables", front.EdgeOriginResponse, func(f *Front) { f.Environment = map[string]string{"TABLE": "jobs"} },
			"The function cannot have environment variables. Function: " + arn + "edge-origin-response:1"},
		{"F07 $LATEST", front.EdgeViewerRequest, func(f *Front) { f.Version = "$LATEST" },
			"The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: " + arn + "edge-viewer-request:$LATEST"},
		{"F07 an alias", front.EdgeOriginRequest, func(f *Front) { f.Version = "live" },
			"The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: " + arn + "edge-origin-request:live"},
		{"F08 another Region", front.EdgeViewerRequest, func(f *Front) { f.Home = "eu-west-3" },
			"The function must be in region 'us-east-1'. ARN: arn:aws:lambda:eu-west-3:123456789012:function:bench-edge-viewer-request:1"},
		{"F08 another Region", front.EdgeViewerResponse, func(f *Front) { f.Home = "eu-west-3" },
			"The function must be in region 'us-east-1'. ARN: arn:aws:lambda:eu-west-3:123456789012:function:bench-edge-viewer-response:1"},
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
			logs := t.TempDir()
			l, err := Start(Config{LogDir: logs, Fronts: []Front{f}})
			if left, _ := os.ReadDir(logs); len(left) != 0 {
				t.Errorf("something ran and is billed: it has logged %v", left)
			}
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

// F06, F07, F08: what was made in us-east-1 and published as a numbered version is taken,
// and runs in the Region nearest to the viewer; events name the version.
func TestPublishedVersionIsTaken(t *testing.T) {
	f := fronts(t, "hello", front.EdgeViewerRequest)[0]
	f.Home, f.Version, f.Region = "us-east-1", "7", "eu-west-3"
	l := serveLogged(t, f)
	if got := l.doors[0].identity.FunctionARN; !strings.HasSuffix(got, ":us-east-1:123456789012:function:bench-edge-viewer-request:7") {
		t.Errorf("the function is %s", got)
	}
	if a := get(t, l.url(0)); a.status != 200 || !strings.Contains(l.logs(t), " Version: 7\n") {
		t.Errorf("%d %q, log %q", a.status, a.body, l.logs(t))
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

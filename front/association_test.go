package front_test

import (
	"errors"
	"testing"
	"time"

	"frontdoor/front"
)

// F05 to F08: the messages are AWS's, as users reported them at the addresses named in
// association.go, with the ARN of this test.
func TestCheckAssociation(t *testing.T) {
	const arn = "arn:aws:lambda:us-east-1:123456789012:function:hello:7"
	const larger = " for functions that are triggered by a CloudFront event: "
	ok := front.FunctionConfig{ARN: arn, MemoryMB: 128, Timeout: 5 * time.Second, PackageBytes: 1 << 20, Architecture: "x86_64"}
	cases := []struct {
		name           string
		change         func(*front.FunctionConfig)
		viewer, origin string
	}{
		{"at every limit", func(*front.FunctionConfig) {}, "", ""},
		{"environment", func(f *front.FunctionConfig) { f.EnvVars = []string{"A"} },
			"The function cannot have environment variables. Function: " + arn, "The function cannot have environment variables. Function: " + arn},
		{"$LATEST", func(f *front.FunctionConfig) { f.ARN = "arn:aws:lambda:us-east-1:1:function:f:$LATEST" },
			"The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: arn:aws:lambda:us-east-1:1:function:f:$LATEST",
			"The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: arn:aws:lambda:us-east-1:1:function:f:$LATEST"},
		{"alias", func(f *front.FunctionConfig) { f.ARN = "arn:aws:lambda:us-east-1:1:function:f:live" },
			"The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: arn:aws:lambda:us-east-1:1:function:f:live",
			"The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: arn:aws:lambda:us-east-1:1:function:f:live"},
		{"no version", func(f *front.FunctionConfig) { f.ARN = "arn:aws:lambda:us-east-1:1:function:f" },
			"The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: arn:aws:lambda:us-east-1:1:function:f",
			"The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: arn:aws:lambda:us-east-1:1:function:f"},
		{"region", func(f *front.FunctionConfig) { f.ARN = "arn:aws:lambda:eu-west-3:1:function:f:2" },
			"The function must be in region 'us-east-1'. ARN: arn:aws:lambda:eu-west-3:1:function:f:2", "The function must be in region 'us-east-1'. ARN: arn:aws:lambda:eu-west-3:1:function:f:2"},
		{"layer", func(f *front.FunctionConfig) { f.Layers = []string{"l"} },
			"The function cannot have a layer. Function: " + arn, "The function cannot have a layer. Function: " + arn},
		{"memory", func(f *front.FunctionConfig) { f.MemoryMB = 1024 },
			"The function memory size is larger than the maximum allowed size" + larger + "1024 Max allowed: 128 Function: " + arn, ""},
		{"timeout", func(f *front.FunctionConfig) { f.Timeout = 30 * time.Second },
			"The function timeout is larger than the maximum allowed" + larger + "30 Max allowed: 5 Function: " + arn, ""},
		{"origin timeout", func(f *front.FunctionConfig) { f.Timeout = 31 * time.Second },
			"The function timeout is larger than the maximum allowed" + larger + "31 Max allowed: 5 Function: " + arn,
			"The function timeout is larger than the maximum allowed" + larger + "31 Max allowed: 30 Function: " + arn},
		{"package", func(f *front.FunctionConfig) { f.PackageBytes = 2548547 },
			"The function code size is larger than the maximum allowed size" + larger + "2548547 Max allowed: 1048576 Function: " + arn, ""},
		{"arm64", func(f *front.FunctionConfig) { f.Architecture = "arm64" },
			"Lambda@Edge does not support functions with an architecture of arm64", "Lambda@Edge does not support functions with an architecture of arm64"},
	}
	for _, c := range cases {
		f := ok
		c.change(&f)
		for _, kind := range front.Kinds() {
			want := map[front.Kind]string{
				front.EdgeViewerRequest: c.viewer, front.EdgeOriginRequest: c.origin,
				front.EdgeViewerResponse: c.viewer, front.EdgeOriginResponse: c.origin,
			}[kind]
			err := front.CheckAssociation(kind, f)
			var refusal *front.AssociationError
			got := ""
			if errors.As(err, &refusal) {
				got = refusal.Message
				if refusal.Code != "InvalidLambdaFunctionAssociation" {
					t.Errorf("%s: code %q", c.name, refusal.Code)
				}
			}
			if got != want {
				t.Errorf("%s, %s\n got %q\nwant %q", kind, c.name, got, want)
			}
		}
	}
}

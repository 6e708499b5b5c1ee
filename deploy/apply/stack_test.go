package apply_test

import (
	"context"
	"strings"
	"testing"

	"frontdoor/deploy"
	"frontdoor/deploy/apply"
	"frontdoor/scenarios"
)

// bucketOnly is a deployment of one stack, the one with the bucket.
func bucketOnly() apply.Order {
	return apply.Order{Scenario: &scenarios.Scenario{Name: "small"}, Deployment: &deploy.Deployment{Name: "small-1", Stacks: []deploy.Stack{{
		Name: "bench-small-1-artifacts-us-east-1", Region: "us-east-1", Template: "artifacts.yaml",
		Parameters: map[string]string{"Deployment": "small-1"}, Tags: map[string]string{deploy.TagDeployment: "small-1"},
	}}}}
}

const bucketStack = "bench-small-1-artifacts-us-east-1"

// The error of a stack that fails is the reason of the first failure of that
// operation: not of what was only cancelled for it, not of its rollback, and not of an
// operation before; it may be on any page of the events.
func TestFailureIsTheFirstReason(t *testing.T) {
	token := ""
	f := newFake(t, map[string]func(call) (int, string){
		"DescribeStacks": func(c call) (int, string) {
			switch {
			case c.n == 1:
				return noStack(bucketStack)
			case c.n < 4:
				return stacksXML(stackXML(bucketStack, "CREATE_IN_PROGRESS", "small-1", ""))
			}
			return stacksXML(stackXML(bucketStack, "ROLLBACK_COMPLETE", "small-1", ""))
		},
		"CreateStack": func(c call) (int, string) {
			token = c.form.Get("ClientRequestToken")
			return 200, result("CreateStack", "<StackId>"+idOf(bucketStack)+"</StackId>")
		},
		"DescribeStackEvents": func(c call) (int, string) {
			if c.n > 2 {
				return eventsXML("", event("another", "AWS::S3::Bucket", "Bucket", "CREATE_FAILED", "Long ago too"))
			}
			if c.form.Get("NextToken") == "" {
				return eventsXML("2",
					event(token, "AWS::CloudFormation::Stack", bucketStack, "ROLLBACK_COMPLETE", ""),
					event(token, "AWS::S3::BucketPolicy", "BucketPolicy", "CREATE_FAILED", "Resource creation cancelled"),
					event(token, "AWS::CloudFormation::Stack", bucketStack, "ROLLBACK_IN_PROGRESS", "The following resource(s) failed to create: [Bucket]."),
				)
			}
			return eventsXML("3",
				event(token, "AWS::IAM::Role", "Later", "CREATE_FAILED", "Too late"),
				event(token, "AWS::S3::Bucket", "Bucket", "CREATE_FAILED", "You have attempted to create more buckets than allowed"),
				event(token, "AWS::Lambda::Function", "Function", "CREATE_FAILED", "Resource creation cancelled"), // of the same moment
				event("another", "AWS::S3::Bucket", "Bucket", "DELETE_FAILED", "Long ago"),
			)
		},
	})
	standing, err := open(t, hurried()).Deploy(t.Context(), bucketOnly())
	want := `stack "bench-small-1-artifacts-us-east-1" in us-east-1: AWS::S3::Bucket Bucket: CREATE_FAILED: You have attempted to create more buckets than allowed`
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if len(standing.Outputs) != 0 || len(standing.Begun) != 1 || standing.Begun[0] != bucketStack {
		t.Errorf("%+v", standing)
	}
	if n := f.count("us-east-1", "DescribeStackEvents"); n != 2 {
		t.Errorf("%d pages of events were read, want 2: the third is of older operations", n)
	}
}

// What never stood is deleted before the stack is made again; a stack that is at work
// is waited for.
func TestResumes(t *testing.T) {
	f := newFake(t, map[string]func(call) (int, string){
		"DescribeStacks": func(c call) (int, string) {
			switch c.n {
			case 1:
				return stacksXML(stackXML(bucketStack, "ROLLBACK_IN_PROGRESS", "small-1", ""))
			case 2:
				return stacksXML(stackXML(bucketStack, "ROLLBACK_COMPLETE", "small-1", ""))
			case 3:
				return stacksXML(stackXML(bucketStack, "DELETE_COMPLETE", "small-1", ""))
			}
			return stacksXML(stackXML(bucketStack, "CREATE_COMPLETE", "small-1", "", output("Bucket", "b")))
		},
		"DeleteStack": func(call) (int, string) { return 200, result("DeleteStack", "") },
		"CreateStack": func(call) (int, string) {
			return 200, result("CreateStack", "<StackId>"+idOf(bucketStack)+"</StackId>")
		},
	})
	standing, err := open(t, hurried()).Deploy(t.Context(), bucketOnly())
	if err != nil || standing.Outputs[bucketStack]["Bucket"] != "b" || len(standing.Begun) != 0 {
		t.Errorf("%+v, %v", standing, err)
	}
	if !f.before("DeleteStack", "CreateStack") {
		t.Errorf("calls: %q", f.calls)
	}
}

// A stack that stands is updated, and it is no failure when nothing is to be done.
func TestUpdateOfNothing(t *testing.T) {
	f := newFake(t, map[string]func(call) (int, string){
		"DescribeStacks": func(call) (int, string) {
			return stacksXML(stackXML(bucketStack, "UPDATE_ROLLBACK_COMPLETE", "small-1", "", output("Bucket", "b")))
		},
		"UpdateStack": func(call) (int, string) {
			return refusal(400, "ValidationError", "No updates are to be performed.")
		},
	})
	standing, err := open(t, hurried()).Deploy(t.Context(), bucketOnly())
	if err != nil || standing.Outputs[bucketStack]["Bucket"] != "b" || f.count("", "CreateStack") != 0 {
		t.Errorf("%+v, %v, %q", standing, err, f.calls)
	}
}

// A stack of the same name that is another deployment's is left alone.
func TestForeignStack(t *testing.T) {
	f := newFake(t, map[string]func(call) (int, string){
		"DescribeStacks": func(call) (int, string) {
			return stacksXML(stackXML(bucketStack, "ROLLBACK_COMPLETE", "small", ""))
		},
	})
	_, err := open(t, hurried()).Deploy(t.Context(), bucketOnly())
	if err == nil || !strings.Contains(err.Error(), `its tag bench:deployment is "small"`) || f.count("", "DeleteStack")+f.count("", "UpdateStack") != 0 {
		t.Errorf("%v, %q", err, f.calls)
	}
}

// Throttled calls are made again.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html
func TestThrottling(t *testing.T) {
	f := newFake(t, map[string]func(call) (int, string){
		"DescribeStacks": func(c call) (int, string) {
			if c.n == 1 {
				return noStack(bucketStack)
			}
			return stacksXML(stackXML(bucketStack, "CREATE_COMPLETE", "small-1", "", output("Bucket", "b")))
		},
		"CreateStack": func(c call) (int, string) {
			if c.n < 3 {
				return refusal(400, "Throttling", "Rate exceeded")
			}
			return 200, result("CreateStack", "<StackId>"+idOf(bucketStack)+"</StackId>")
		},
	})
	if _, err := open(t, hurried()).Deploy(t.Context(), bucketOnly()); err != nil || f.count("", "CreateStack") != 3 {
		t.Errorf("%v after %d calls, want none after 3", err, f.count("", "CreateStack"))
	}
}

// A deploy that is stopped says what CloudFormation may still be at work on.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	newFake(t, map[string]func(call) (int, string){
		"DescribeStacks": func(c call) (int, string) {
			if c.n == 1 {
				return noStack(bucketStack)
			}
			stop()
			return stacksXML(stackXML(bucketStack, "CREATE_IN_PROGRESS", "small-1", ""))
		},
		"CreateStack": func(call) (int, string) {
			return 200, result("CreateStack", "<StackId>"+idOf(bucketStack)+"</StackId>")
		},
	})
	standing, err := open(t, hurried()).Deploy(ctx, bucketOnly())
	if err != context.Canceled || len(standing.Begun) != 1 {
		t.Errorf("%v, %+v", err, standing)
	}
}

// Credentials that are missing, wrong or expired, and a permission that is missing, are
// one clear error with what to do.
func TestCredentials(t *testing.T) {
	for _, tt := range []struct{ name, code, want string }{
		{"expired", "ExpiredToken", "the credentials are expired"},
		{"unknown", "InvalidClientTokenId", "AWS does not know the credentials"},
		{"wrong", "SignatureDoesNotMatch", "AWS takes the signature for a forged one"},
		{"not allowed", "AccessDenied", "the credentials do not allow it (AccessDenied: User is not authorized to perform"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			newFake(t, map[string]func(call) (int, string){
				"GetCallerIdentity": func(call) (int, string) { return refusal(403, tt.code, "User is not authorized to perform it") },
			})
			_, err := apply.Open(t.Context(), hurried(), func(string) {}, nil)
			explains(t, err, tt.want)
		})
	}
	t.Run("none", func(t *testing.T) {
		f := newFake(t, nil)
		t.Setenv("AWS_ACCESS_KEY_ID", "")
		t.Setenv("AWS_SECRET_ACCESS_KEY", "")
		_, err := apply.Open(t.Context(), hurried(), func(string) {}, nil)
		explains(t, err, "no AWS credentials")
		if len(f.calls) != 0 {
			t.Errorf("calls without credentials: %q", f.calls)
		}
	})
}

func explains(t *testing.T, err error, what string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), "\nhint: ") || !strings.Contains(err.Error(), "bench doctor") {
		t.Errorf("error %v, want %q and a hint of bench doctor", err, what)
	}
}

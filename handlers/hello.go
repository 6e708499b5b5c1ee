package handlers

import (
	"context"
	"os"
	"strings"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"frontdoor/front"
)

// Hello answers GET on any path with the JSON string that the Lambda console puts
// into a new function, json.dumps('Hello from Lambda!'), which is what
// https://blog.nightonly.com (2022-05-10) first deployed behind each door.
func Hello(_ context.Context, r front.Request) (front.Answer, error) {
	return onGet(r, "Hello from Lambda!")
}

// HelloRegion answers GET with {"message": "Hello from REGION"}, the Region of the
// function's own ARN, as the helloworld of
// https://github.com/aws-samples/blog-multi-region-serverless-service (2017-11) does.
// A Lambda@Edge function is us-east-1's by its ARN, wherever it runs.
func HelloRegion(ctx context.Context, r front.Request) (front.Answer, error) {
	return onGet(r, []member{{"message", "Hello from " + region(ctx)}})
}

// Healthcheck answers GET with {"status": STATUS}, as the healthcheck of the same
// repository does. Whoever looks for "ok" in it finds it in "notok" too.
func Healthcheck(status string) Handler {
	return func(_ context.Context, r front.Request) (front.Answer, error) {
		return onGet(r, []member{{"status", status}})
	}
}

// onGet answers GET and HEAD with a value as json.dumps writes it, and 405 to the rest.
func onGet(r front.Request, v any) (front.Answer, error) {
	if r.Method != "GET" && r.Method != "HEAD" {
		return methodNotAllowed("GET, HEAD"), nil
	}
	body, err := dumps(v)
	return jsonAnswer(200, body), err
}

// region is the fourth field of the ARN that was invoked; outside Lambda that of
// the environment.
func region(ctx context.Context) string {
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		if parts := strings.Split(lc.InvokedFunctionArn, ":"); len(parts) > 3 {
			return parts[3]
		}
	}
	return os.Getenv("AWS_REGION")
}

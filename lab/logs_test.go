package lab

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"

	"frontdoor/front"
)

// logsOf is the real SDK's client of the lab's CloudWatch Logs.
func logsOf(l *Lab, region string) *cloudwatchlogs.Client {
	return cloudwatchlogs.NewFromConfig(aws.Config{
		Region: region, BaseEndpoint: aws.String(l.LogsURL()),
		Credentials: credentials.NewStaticCredentialsProvider("lab", "lab", ""),
	})
}

// Every invocation has its REPORT in the log group that AWS would have made, in the
// Region that ran it, stamped within the time in which it was sent.
func TestLogsOfFronts(t *testing.T) {
	eachKind(t, func(t *testing.T, kind front.Kind) {
		f := fronts(t, "hello", kind)[0]
		f.Region = "eu-central-1"
		l := serve(t, []Front{f})
		before := time.Now().Truncate(time.Millisecond)
		ids := storm(t, l.Fronts()[0].URL, 4, 5)
		l.Settle()
		after := time.Now()
		served := l.Fronts()[0]
		out, err := logsOf(l, served.FunctionRegion).FilterLogEvents(context.Background(), &cloudwatchlogs.FilterLogEventsInput{
			LogGroupName: aws.String("/aws/lambda/" + served.Function), FilterPattern: aws.String(`"REPORT RequestId"`)})
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Events) != len(ids) {
			t.Errorf("%d REPORT events for %d invocations", len(out.Events), len(ids))
		}
		stream := regexp.MustCompile(`^\d{4}/\d\d/\d\d/\[(\$LATEST|1)\][0-9a-f]{32}$`)
		for _, e := range out.Events {
			at := time.UnixMilli(*e.Timestamp)
			if at.Before(before) || at.After(after) || !stream.MatchString(*e.LogStreamName) || !strings.HasSuffix(*e.Message, "\n") {
				t.Errorf("%s in %s: %q, sent from %s to %s", at, *e.LogStreamName, *e.Message, before, after)
			}
		}
		if out, err := logsOf(l, "sa-east-1").DescribeLogGroups(context.Background(), &cloudwatchlogs.DescribeLogGroupsInput{}); err != nil || len(out.LogGroups) != 0 {
			t.Errorf("another Region has %v, %v", out, err)
		}
	})
}

// What a REST API refused is in its execution log, with its own time.
func TestLogsOfExecution(t *testing.T) {
	l := serve(t, []Front{withGateway(t, front.APIGatewayREST, Gateway{NoPermission: true})})
	before := time.Now().Truncate(time.Millisecond)
	if a := request(t, "GET", l.Fronts()[0].URL, ""); a.status != 500 {
		t.Fatalf("status %d", a.status)
	}
	s := l.Fronts()[0]
	out, err := logsOf(l, "us-east-1").FilterLogEvents(context.Background(), &cloudwatchlogs.FilterLogEventsInput{
		LogGroupName: aws.String("API-Gateway-Execution-Logs_" + s.APIID + "/" + s.Stage)})
	if err != nil || len(out.Events) == 0 {
		t.Fatalf("%v, %v", out, err)
	}
	if at := time.UnixMilli(*out.Events[0].Timestamp); at.Before(before) || at.After(time.Now()) {
		t.Errorf("at %s", at)
	}
}

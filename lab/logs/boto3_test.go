package logs

import (
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"frontdoor/yardstick"
)

// outside runs boto3 or the aws CLI against the endpoint, which know nothing of this
// repository: an independent check of the protocol.
func outside(t *testing.T, program string, arguments ...string) string {
	t.Helper()
	server := httptest.NewServer(NewHandler([]Group{recorded(t)}))
	defer server.Close()
	cmd := exec.Command(program, arguments...)
	cmd.Env = append(cmd.Environ(), "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS="+server.URL, "AWS_ACCESS_KEY_ID=lab", "AWS_SECRET_ACCESS_KEY=lab",
		"AWS_DEFAULT_REGION="+region, "AWS_REGION="+region, "AWS_PAGER=", "AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

const boto3Calls = `
import boto3
logs = boto3.client('logs')
pages = logs.get_paginator('filter_log_events').paginate(logGroupName='/aws/lambda/hello', filterPattern='REPORT -timeout', PaginationConfig={'PageSize': 2})
for page in pages:
    print([(e['timestamp'], e['message'].split('\t')[1]) for e in page['events']], page['searchedLogStreams'])
q = logs.start_query(logGroupName='/aws/lambda/hello', startTime=1795953600, endTime=1795960800, queryString='filter @type="REPORT" | stats sum(@billedDuration) as b, count(*) as n')
r = logs.get_query_results(queryId=q['queryId'])
print(r['status'], r['results'], int(r['statistics']['recordsMatched']))
try:
    logs.start_query(logGroupName='/aws/lambda/hello', startTime=1, endTime=2, queryString='nonsense')
except logs.exceptions.MalformedQueryException as e:
    print(e.response['queryCompileError']['location'])
try:
    logs.filter_log_events(logGroupName='/aws/lambda/none')
except logs.exceptions.ResourceNotFoundException as e:
    print(e)
print(logs.describe_log_groups()['logGroups'][0]['arn'])
`

const boto3Prints = `[(1795953600009, 'Duration: 9.43 ms'), (1795953660015, 'Duration: 14.97 ms')] []
[(1795953661050, 'Duration: 50.00 ms')] []
Complete [[{'field': 'b', 'value': '126'}, {'field': 'n', 'value': '4'}]] 4
{'startCharOffset': 0, 'endCharOffset': 8}
An error occurred (ResourceNotFoundException) when calling the FilterLogEvents operation: The specified log group does not exist.
arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/hello:*`

func TestBoto3(t *testing.T) {
	yardstick.Boto3(t)
	if got := outside(t, "python3", "-c", boto3Calls); got != boto3Prints {
		t.Errorf("boto3 prints\n%s\nwant\n%s", got, boto3Prints)
	}
}

func TestCLI(t *testing.T) {
	if _, err := exec.LookPath("aws"); err != nil {
		t.Skip("the aws CLI is not installed")
	}
	got := outside(t, "aws", "logs", "filter-log-events", "--log-group-name", hello, "--filter-pattern", `"REPORT RequestId"`, "--query", "length(events)", "--output", "text")
	if got != "4" {
		t.Errorf("%q", got)
	}
}

package lab

import (
	"context"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"frontdoor/front"
	"frontdoor/lab/cloudwatch"
	"frontdoor/pricing"
)

// pageRate is what AWS's page printed for a GB-second from 2014 to 2020, where the
// price list had 0.0000166667: https://aws.amazon.com/lambda/pricing/
const pageRate = `meter,region,from,until,seen_from,seen_until,tier_from,tier_until,unit,usd,rate_code,confidence,source
lambda.gb_seconds.x86,us-east-1,2014-11-13,2020-11-30,2014-11-13,2020-11-30,0,Inf,GB-Seconds,0.00001667,,A,https://aws.amazon.com/lambda/pricing/
`

func shippedBook(t *testing.T) *pricing.Book {
	t.Helper()
	book, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// chargesOf is the charges of so many requests behind the tutorial's API on the day
// of its article, without a free tier: 128 MB, 100 ms or less.
func chargesOf(t *testing.T, book *pricing.Book, requests int64) Charges {
	t.Helper()
	none := pricing.Quantity{}
	bill, err := book.Price(pricing.Workload{
		Front: "rest", Kind: front.APIGatewayNonProxy, Region: "us-east-1", MemoryMB: 128, Architecture: "x86_64",
		Duration: pricing.Constant(100_000), NoLogs: "left out", Traffic: pricing.Forecast{RequestsPerMonth: requests, ResponseBytes: &none},
	}, pricing.BillOptions{AsOf: pricing.NewDate(2016, time.August, 7), FreeTier: pricing.FreeNone})
	if err != nil {
		t.Fatal(err)
	}
	var api, lambda pricing.USD
	for _, line := range bill.Lines {
		switch line.Meter {
		case pricing.RESTRequests:
			api = api.Add(line.Amount)
		case pricing.LambdaRequests, pricing.LambdaGBSecondsX86:
			lambda = lambda.Add(line.Amount)
		}
	}
	return Charges{Lambda: lambda.Float(), APIGateway: api.Float()}
}

// statesOf are the states of the alarms, and an error if one as written has any.
func statesOf(t *testing.T, c Charges) (lambda, apiGateway cloudwatch.State) {
	t.Helper()
	alarms, err := BillingAlarms(time.Date(2016, 8, 7, 12, 0, 0, 0, time.UTC), c)
	if err != nil || len(alarms) != 2 {
		t.Fatalf("%v, %v", alarms, err)
	}
	for _, a := range alarms {
		if a.WrittenState != cloudwatch.InsufficientData {
			t.Errorf("%s at %+v: %s", a.Written.Name, c, a.WrittenState)
		}
	}
	return alarms[0].RepairedState, alarms[1].RepairedState
}

// The tutorial's thresholds in requests, at the prices of its day and without a free
// tier. By hand: $0.50 of API Gateway is 0.5/0.0000035 = 142,857.14 calls, so that
// the alarm comes with the 142,858th; $0.10 of Lambda is
// 0.1/(0.0000002 + 0.1 x 0.125 x 0.00001667) = 244,872.97 invocations at the rate of
// AWS's page of the time, and 244,897.95 at the price list's 0.0000166667.
func TestBillingThresholds(t *testing.T) {
	list := shippedBook(t)
	own, err := list.ParseOver("page.csv", strings.NewReader(pageRate))
	if err != nil {
		t.Fatal(err)
	}
	page, err := list.Over(own)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		book               *pricing.Book
		lambda, apiGateway int64
	}{"page": {page, 244_873, 142_858}, "price list": {list, 244_898, 142_858}} {
		first := func(fires func(int64) bool) int64 {
			return int64(sort.Search(1_000_000, func(n int) bool { return n > 0 && fires(int64(n)) }))
		}
		lambda := first(func(n int64) bool { l, _ := statesOf(t, chargesOf(t, c.book, n)); return l == cloudwatch.InAlarm })
		api := first(func(n int64) bool { _, a := statesOf(t, chargesOf(t, c.book, n)); return a == cloudwatch.InAlarm })
		if lambda != c.lambda || api != c.apiGateway {
			t.Errorf("%s: the alarms come with request %d and %d, want %d and %d", name, lambda, api, c.lambda, c.apiGateway)
		}
	}
	if lambda, api := statesOf(t, Charges{}); lambda != cloudwatch.OK || api != cloudwatch.OK {
		t.Errorf("without charges: %s, %s", lambda, api)
	}
}

// F35 in a lab that runs, through the SDK: charges far over the thresholds, a failed
// invocation, and the tutorial's alarm for errors, which is in the right namespace.
func TestF35AlarmsOfALab(t *testing.T) {
	l := serveLogged(t, rawFront(t, front.APIGatewayNonProxy, "errors"))
	request(t, "POST", l.url(0), "")
	l.Settle()
	l.PublishCharges(time.Now(), Charges{Lambda: 10, APIGateway: 20})
	c := sdk.NewFromConfig(aws.Config{Region: "us-east-1", BaseEndpoint: aws.String(l.MetricsURL()), Credentials: credentials.NewStaticCredentialsProvider("lab", "lab", "")})
	want := map[string]types.StateValue{"written": types.StateValueInsufficientData, "in AWS/Billing, in all": types.StateValueAlarm, "by service": types.StateValueAlarm, "over 20": types.StateValueOk, "errors": types.StateValueAlarm}
	put := func(name, namespace, metric, stat string, period int32, threshold float64, pairs ...string) {
		in := &sdk.PutMetricAlarmInput{AlarmName: aws.String(name), Namespace: aws.String(namespace), MetricName: aws.String(metric), Statistic: types.Statistic(stat),
			Period: aws.Int32(period), EvaluationPeriods: aws.Int32(1), Threshold: aws.Float64(threshold), ComparisonOperator: types.ComparisonOperatorGreaterThanOrEqualToThreshold}
		for i := 0; i < len(pairs); i += 2 {
			in.Dimensions = append(in.Dimensions, types.Dimension{Name: aws.String(pairs[i]), Value: aws.String(pairs[i+1])})
		}
		if _, err := c.PutMetricAlarm(context.Background(), in); err != nil {
			t.Fatal(err)
		}
	}
	const metric = "EstimatedCharges"
	put("written", "AWS/APIGateway", metric, "Maximum", 86400, 0.5, "Currency", "USD")
	put("in AWS/Billing, in all", "AWS/Billing", metric, "Maximum", 86400, 30, "Currency", "USD")
	put("by service", "AWS/Billing", metric, "Maximum", 86400, 0.5, "ServiceName", "AmazonApiGateway", "Currency", "USD")
	put("over 20", "AWS/Billing", metric, "Maximum", 86400, 20.01, "ServiceName", "AmazonApiGateway", "Currency", "USD")
	put("errors", "AWS/Lambda", "Errors", "Sum", 60, 1, "FunctionName", l.Fronts()[0].Function)
	out, err := c.DescribeAlarms(context.Background(), &sdk.DescribeAlarmsInput{})
	if err != nil || len(out.MetricAlarms) != len(want) {
		t.Fatalf("%+v, %v", out, err)
	}
	for _, a := range out.MetricAlarms {
		if a.StateValue != want[*a.AlarmName] {
			t.Errorf("%s is %s (%s), want %s", *a.AlarmName, a.StateValue, *a.StateReason, want[*a.AlarmName])
		}
	}
}

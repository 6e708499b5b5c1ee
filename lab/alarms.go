package lab

import (
	"maps"
	"slices"
	"time"

	"frontdoor/lab/cloudwatch"
)

// Charges are an account's estimated charges of the month so far, in USD by service.
// The lab knows no prices: whoever has a bill hands them in.
type Charges struct {
	Lambda     float64
	APIGateway float64
}

// The names of the services in AWS's billing metrics.
const (
	billedLambda     = "AWSLambda"
	billedAPIGateway = "AmazonApiGateway"
)

// PublishCharges puts charges where AWS puts them, and nowhere else: EstimatedCharges
// in AWS/Billing of us-east-1, by service and currency and, for all services, by
// currency alone.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-getting-started.html
// AWS does so several times a day, of an account that has enabled it.
func (l *Lab) PublishCharges(at time.Time, c Charges) { publishCharges(l.store, at, c) }

func publishCharges(store *cloudwatch.Store, at time.Time, c Charges) {
	services := map[string]float64{billedLambda: c.Lambda, billedAPIGateway: c.APIGateway}
	total := 0.0
	put := func(dims []cloudwatch.Dimension, usd float64) {
		store.Put("us-east-1", cloudwatch.Datum{Namespace: "AWS/Billing", Name: "EstimatedCharges", Dimensions: dims, Time: at, Value: usd})
	}
	for _, name := range slices.Sorted(maps.Keys(services)) {
		put(dims("ServiceName", name, "Currency", "USD"), services[name])
		total += services[name]
	}
	put(dims("Currency", "USD"), total)
}

// BillingAlarm is one of the billing alarms of "Going Serverless with AWS Lambda and
// API Gateway" (2016; https://github.com/f0rk/meditations, tools/deploy.py), as it was
// written and as it would have to be.
type BillingAlarm struct {
	Written  cloudwatch.Alarm
	Repaired cloudwatch.Alarm

	WrittenState  cloudwatch.State
	RepairedState cloudwatch.State
}

// BillingAlarms says what the tutorial's two billing alarms come to, as written and
// repaired, in an account of us-east-1 that the charges are published in at the time
// given: PutMetricAlarm, PublishCharges and an evaluation, all of the lab's
// CloudWatch. It needs no lab that runs.
//
// As written they watch EstimatedCharges in AWS/Lambda and AWS/APIGateway, where AWS
// publishes no such metric: they stay INSUFFICIENT_DATA whatever the account owes,
// which is F35 and claim C16. Repaired they watch AWS/Billing, by service.
func BillingAlarms(at time.Time, charges Charges) ([]BillingAlarm, error) {
	store := cloudwatch.NewStore()
	alarms := []BillingAlarm{
		tutorialAlarm("meditations-billing-lambda", "AWS/Lambda", billedLambda, 0.1),
		tutorialAlarm("meditations-billing-apigateway", "AWS/APIGateway", billedAPIGateway, 0.5),
	}
	for _, a := range alarms {
		for _, alarm := range []cloudwatch.Alarm{a.Written, a.Repaired} {
			if err := store.PutAlarm("us-east-1", alarm); err != nil {
				return nil, err
			}
		}
	}
	publishCharges(store, at, charges)
	var err error
	for i := range alarms {
		a := &alarms[i]
		if a.WrittenState, err = store.AlarmState("us-east-1", a.Written.Name, at); err != nil {
			return nil, err
		}
		if a.RepairedState, err = store.AlarmState("us-east-1", a.Repaired.Name, at); err != nil {
			return nil, err
		}
	}
	return alarms, nil
}

func tutorialAlarm(name, namespace, service string, threshold float64) BillingAlarm {
	written := cloudwatch.Alarm{
		Name: name, Namespace: namespace, MetricName: "EstimatedCharges", Dimensions: dims("Currency", "USD"),
		Stat: "Maximum", Period: 86400, Periods: 1, Threshold: threshold, Comparison: "GreaterThanOrEqualToThreshold",
	}
	repaired := written
	repaired.Name += "-repaired"
	repaired.Namespace, repaired.Dimensions = "AWS/Billing", dims("ServiceName", service, "Currency", "USD")
	return BillingAlarm{Written: written, Repaired: repaired}
}

package main

import (
	"time"

	"frontdoor/claims"
	"frontdoor/lab"
	"frontdoor/pricing"
)

// billingAlarms asks the lab's CloudWatch for the states of the tutorial's billing
// alarms at noon of a day.
func billingAlarms(day pricing.Date, lambda, apiGateway pricing.USD) ([]claims.Alarm, error) {
	midnight, err := time.Parse(time.DateOnly, day.String())
	if err != nil {
		return nil, err
	}
	alarms, err := lab.BillingAlarms(midnight.Add(12*time.Hour), lab.Charges{Lambda: lambda.Float(), APIGateway: apiGateway.Float()})
	if err != nil {
		return nil, err
	}
	out := make([]claims.Alarm, 0, len(alarms))
	for _, a := range alarms {
		out = append(out, claims.Alarm{Name: a.Written.Name, Namespace: a.Written.Namespace, Written: string(a.WrittenState), Repaired: string(a.RepairedState)})
	}
	return out, nil
}

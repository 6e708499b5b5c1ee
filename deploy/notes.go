package deploy

import (
	"fmt"

	"frontdoor/front"
)

// notes say what will be otherwise on AWS than the scenario has it in the lab.
func (c Config) notes() []string {
	var notes []string
	if c.Scenario.Distance != nil {
		notes = append(notes, "distance is simulated in the lab alone: what is measured is the way from where the load is made")
	}
	for _, f := range c.Scenario.Fronts {
		if f.Kind == front.ALB && c.Certificate.ARN == "" {
			notes = append(notes, f.ID+" listens on plain HTTP: without a certificate its latencies are without TLS, which the other fronts have")
		}
	}
	notes = append(notes, "the alarms of functions tell nobody: they are looked at in CloudWatch")
	if c.BillingAlarmUSD.Sign() > 0 && c.AlarmEmail == "" {
		notes = append(notes, "the billing alarm tells nobody: --alarm-email names whom")
	}
	for _, t := range c.Scenario.Tables {
		notes = append(notes, fmt.Sprintf("the table is called %s, as handlers call it: where the account has one of that name in %s already, deploying fails, and whoever has the policy to deploy could delete that one", t.Name, t.Region))
		if t.Timed() {
			notes = append(notes, "items of "+t.Name+" change by themselves in the lab alone: here bench run writes them, each at its time, from where the load is made")
		}
	}
	return notes
}

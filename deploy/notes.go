package deploy

import (
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
	return notes
}

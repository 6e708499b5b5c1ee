package doctor

import (
	"context"
	"strings"
	"testing"

	"frontdoor/deploy"
	"frontdoor/yardstick"
)

// An independent server understands the calls. It has no policy simulator and no account
// settings of Lambda, and no quotas of load balancers and CloudFront: those are unknown
// there, and never fine.
func TestMoto(t *testing.T) {
	url := yardstick.Moto(t) // with STS and Service Quotas, whose values are AWS's
	a := account{}
	a.play(t) // for the rest of the environment
	t.Setenv("AWS_ENDPOINT_URL", url)
	report, err := Examine(context.Background(), quickstart(t, deploy.Config{}))
	if err != nil {
		t.Fatal(err)
	}
	if report.Account != "123456789012" || !strings.HasPrefix(report.ARN, "arn:aws:sts::123456789012:") {
		t.Errorf("account %s, caller %s", report.Account, report.ARN)
	}
	fine := map[string]bool{}
	for _, f := range report.Findings {
		if f.Level == OK {
			fine[f.About+": "+f.Text] = true
		}
	}
	for _, want := range []string{
		"clock: agrees with AWS's within 5s", "regions: enabled: us-east-1",
		"quotas: VPCs in us-east-1: this makes 1, and the account may have 5 in all",
		"quotas: internet gateways in us-east-1: this makes 1, and the account may have 5 in all",
	} {
		if !fine[want] {
			t.Errorf("no %q in %+v", want, report.Findings)
		}
	}
	if len(fine) != 4 || report.Count(Unknown) != 5 {
		t.Errorf("%d things are fine and %d unknown: %+v", len(fine), report.Count(Unknown), report.Findings)
	}
}

package doctor

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdoor/deploy"
	"frontdoor/scenarios"
)

// quickstart is what an account needs for quickstart, at 200 requests a second over 64
// connections, with the functions' default timeout of 3 s.
func quickstart(t *testing.T, c deploy.Config) Subject {
	t.Helper()
	name, text, err := scenarios.Open("quickstart")
	if err != nil {
		t.Fatal(err)
	}
	c.Name = "doctor"
	if c.Scenario, err = scenarios.Parse(name, text); err != nil {
		t.Fatal(err)
	}
	d, err := deploy.Plan(c)
	if err != nil {
		t.Fatal(err)
	}
	return Of(d, Load{PerSecond: 200, Connections: 64})
}

// lines are the findings that are not fine.
func lines(r *Report) []string {
	var out []string
	for _, f := range r.Findings {
		if f.Level != OK {
			out = append(out, string(f.Level)+" "+f.About+": "+f.Text)
		}
	}
	return out
}

func TestExamine(t *testing.T) {
	role := "arn:aws:sts::123456789012:assumed-role/Admin/ann"
	for _, c := range []struct {
		name    string
		account account
		config  deploy.Config
		want    []string // the beginnings of what is not fine
	}{
		{"ready", account{free: 1000}, deploy.Config{}, nil},
		{"ready in two Regions", account{free: 1000}, deploy.Config{Region: "eu-west-1", ViewerRegions: []string{"eu-central-1"}}, nil},
		{"a role without its path", account{free: 1000, arn: role}, deploy.Config{}, nil},
		{"a role with its path", account{free: 1000, arn: role, rolePath: "/team/"}, deploy.Config{}, nil},
		{"permissions", account{free: 1000, deny: map[string]string{
			"lambda:CreateFunction": "implicitDeny", "lambda:GetPolicy": "implicitDeny", "ec2:CreateVpc": "organization", "iam:PassRole": "boundary", "cloudwatch:GetMetricData": "explicitDeny",
		}}, deploy.Config{}, []string{
			"missing permissions: to deploy and destroy: the permissions boundary leaves out iam:PassRole on arn:aws:iam::*:role/bench/*",
			"missing permissions: to deploy and destroy: nothing allows lambda:CreateFunction, lambda:GetPolicy on arn:aws:lambda:*:*:function:bench-*",
			"missing permissions: to deploy and destroy: a policy of the organization forbids ec2:CreateVpc",
			"missing permissions: to measure: a policy denies cloudwatch:GetMetricData on *",
		}},
		{"no simulator", account{free: 1000, noSimulator: true}, deploy.Config{}, []string{
			"unknown permissions: to deploy and destroy: arn:aws:iam::123456789012:user/ann may not ask which permissions it has",
			"unknown permissions: to measure: arn:aws:iam::123456789012:user/ann may not ask",
		}},
		{"the account's owner", account{free: 1000, arn: "arn:aws:iam::123456789012:root"}, deploy.Config{}, []string{
			"warning permissions: the account's root user may do everything",
		}},
		{"another kind of caller", account{free: 1000, arn: "arn:aws:sts::123456789012:federated-user/ann"}, deploy.Config{}, []string{
			"unknown permissions: the simulator takes no caller such as",
		}},
		{"a Region that is not enabled", account{free: 1000, disabled: []string{"ap-east-1"}}, deploy.Config{Region: "ap-east-1"}, []string{
			"missing regions: not enabled in this account, or closed to this session's tokens: ap-east-1",
		}},
		{"a new account", account{free: 10}, deploy.Config{}, []string{
			"missing quotas: concurrent executions in us-east-1: 10 are free, and Lambda then lets 100 requests a second through; the load sends 200",
		}},
		{"few executions", account{free: 40}, deploy.Config{}, []string{
			"warning quotas: concurrent executions in us-east-1: 40 are free, and up to 64 run at once should edge take its whole timeout",
		}},
		{"settings that may not be read", account{}, deploy.Config{}, []string{
			"unknown quotas: concurrent executions in us-east-1: AccessDeniedException",
		}},
		{"no VPC to be had", account{free: 1000, vpcs: 0.5}, deploy.Config{}, []string{
			"missing quotas: VPCs in us-east-1: this makes 1, and the account may have 0.5 in all",
		}},
		{"quotas that may not be read", account{free: 1000, noQuotas: true}, deploy.Config{}, []string{
			"unknown quotas: VPCs in us-east-1, of which this makes 1: AccessDeniedException", "unknown quotas: internet gateways in us-east-1",
			"unknown quotas: Application Load Balancers in us-east-1", "unknown quotas: distributions in us-east-1",
		}},
		{"a slow clock", account{free: 1000, skew: time.Minute}, deploy.Config{}, []string{"warning clock: this machine's clock is behind AWS's by "}},
		{"a fast clock", account{free: 1000, skew: -time.Hour}, deploy.Config{}, []string{"missing clock: this machine's clock is ahead of AWS's by "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.account.play(t)
			report, err := Examine(context.Background(), quickstart(t, c.config))
			if err != nil {
				t.Fatal(err)
			}
			got := lines(report)
			if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			if report.Account != "123456789012" || report.ARN != c.account.arn {
				t.Errorf("account %s, caller %s", report.Account, report.ARN)
			}
		})
	}
}

// The policies of the role decide, and every action is asked for.
func TestSimulatesTheRole(t *testing.T) {
	a := account{free: 1000, arn: "arn:aws:sts::123456789012:assumed-role/Admin/ann", rolePath: "/team/"}
	a.play(t)
	s := quickstart(t, deploy.Config{})
	if _, err := Examine(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Purposes {
		for _, statement := range p.Policy.Statement {
			for _, action := range statement.Action {
				for _, name := range deploy.Simulated(action) {
					if !a.asked[name+" arn:aws:iam::123456789012:role/team/Admin"] {
						t.Errorf("%s was not asked for", name)
					}
				}
			}
		}
	}
}

// One clear error, and nothing of the credentials in it.
func TestCredentials(t *testing.T) {
	for _, code := range []string{"ExpiredToken", "InvalidClientTokenId", "SignatureDoesNotMatch"} {
		a := account{refuses: code}
		a.play(t)
		_, err := Examine(context.Background(), Subject{})
		var credentials *CredentialsError
		if !errors.As(err, &credentials) || !strings.HasPrefix(err.Error(), "AWS refuses the credentials: "+code+"\nhint: ") || strings.Contains(err.Error(), "secret-of-nobody") {
			t.Errorf("%s: %v", code, err)
		}
	}
	a := account{}
	a.play(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	_, err := Examine(context.Background(), Subject{})
	var credentials *CredentialsError
	if !errors.As(err, &credentials) || !strings.HasPrefix(err.Error(), "no AWS credentials: neither the environment") {
		t.Errorf("without credentials: %v", err)
	}
}

// A pattern becomes names that it matches, in one Region of the caller's account.
func TestSamples(t *testing.T) {
	for pattern, want := range map[string]string{
		"*":                                   "*",
		"arn:aws:lambda:*:*:function:bench-*": "arn:aws:lambda:eu-west-1:123456789012:function:bench-doctor",
		"arn:aws:iam::*:role/bench/*":         "arn:aws:iam::123456789012:role/bench/doctor",
		"arn:aws:s3:::bench-*/*":              "arn:aws:s3:::bench-doctor/doctor",
		"arn:aws:cloudformation:*:*:stack/bench-*/*":                        "arn:aws:cloudformation:eu-west-1:123456789012:stack/bench-doctor/doctor",
		"arn:aws:apigateway:*::/restapis*":                                  "arn:aws:apigateway:eu-west-1::/restapis",
		"arn:aws:dynamodb:ap-northeast-1:*:table/MediaConvertJobIdToStatus": "arn:aws:dynamodb:ap-northeast-1:123456789012:table/MediaConvertJobIdToStatus",
	} {
		if got := samples(pattern, "eu-west-1", "123456789012"); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q, want %s", pattern, got, want)
		}
	}
	if got := samples("arn:aws:ec2:*:*:*/*", "eu-west-1", "123456789012"); len(got) != 5 || got[4] != "arn:aws:ec2:eu-west-1:123456789012:vpc/doctor" {
		t.Errorf("any part of a network: %q", got)
	}
}

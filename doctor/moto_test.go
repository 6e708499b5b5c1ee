package doctor

import (
	"context"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"frontdoor/deploy"
)

// moto starts moto_server (https://github.com/getmoto/moto), which plays STS and Service
// Quotas with values taken from AWS, and ends it with the test.
func moto(t *testing.T) (url string) {
	t.Helper()
	program, err := exec.LookPath("moto_server")
	if err != nil {
		t.Skip("moto_server is not installed (pip install 'moto[server]')")
	}
	if testing.Short() {
		t.Skip("moto_server takes seconds to start")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(free.Addr().String())
	free.Close()
	cmd := exec.Command(program, "-H", host, "-p", port)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	url = "http://" + net.JoinHostPort(host, port)
	for range 300 {
		if answer, err := http.Get(url); err == nil {
			answer.Body.Close()
			return url
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("moto_server does not answer")
	return ""
}

// An independent server understands the calls. It has no policy simulator and no account
// settings of Lambda, and no quotas of load balancers and CloudFront: those are unknown
// there, and never fine.
func TestMoto(t *testing.T) {
	url := moto(t)
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

package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"frontdoor/lab/cloudwatch"
	"frontdoor/lab/fault"
	"frontdoor/lab/logs"
	"frontdoor/lab/sigv4"
)

// refusing puts AWS out of order for a script: it stands up a front that answers 200, whose
// address takes the place of FRONT in a file, and a CloudWatch with its Logs that verifies
// signatures and has a fault, to which AWS's own variables lead.
//
//	refusing expired|forged|unknown|anonymous|throttled|denied|skewed|failing FILE
func refusing(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: refusing FAULT FILE")
	}
	key := sigv4.Key{ID: "AKIDEXAMPLE", Secret: "wJalrXUtnFEMI", Token: "session"}
	metrics, logGroups := cloudwatch.NewHandler(cloudwatch.NewStore()), logs.NewHandler(nil)
	credentials := map[string]string{"AWS_ACCESS_KEY_ID": key.ID, "AWS_SECRET_ACCESS_KEY": key.Secret, "AWS_SESSION_TOKEN": key.Token}
	var plan fault.Plan
	now := time.Now
	switch args[0] {
	case "expired":
		key.Expires = time.Now().Add(-time.Hour)
	case "forged":
		credentials["AWS_SECRET_ACCESS_KEY"] = "another"
	case "unknown":
		credentials["AWS_ACCESS_KEY_ID"] = "AKIDOTHER"
	case "anonymous":
		clear(credentials)
	case "throttled":
		plan = fault.Always(fault.Throttled())
	case "denied":
		plan = fault.Always(fault.Fault{Code: "AccessDenied", Message: "User: arn:aws:iam::123456789012:user/x is not authorized to perform: cloudwatch:GetMetricData", Status: 403})
	case "skewed":
		now = func() time.Time { return time.Now().Add(-time.Hour) }
	case "failing":
		plan = fault.Always(fault.Fault{Code: "InternalFailure", Message: "", Status: 500})
	default:
		ts.Fatalf("no fault %q", args[0])
	}
	verifier := func(service string) *sigv4.Verifier {
		return &sigv4.Verifier{Keys: []sigv4.Key{key}, Service: service, Now: now}
	}
	metrics.Verifier, logGroups.Verifier = verifier("monitoring"), verifier("logs")
	metrics.Faults.Plan, logGroups.Faults.Plan = plan, plan
	target := serveFor(ts, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) }))
	for name, value := range map[string]string{"AWS_ENDPOINT_URL_CLOUDWATCH": serveFor(ts, metrics), "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": serveFor(ts, logGroups),
		"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": ""} {
		ts.Setenv(name, value)
	}
	for name, value := range credentials {
		ts.Setenv(name, value)
	}
	text := strings.ReplaceAll(ts.ReadFile(args[1]), "FRONT", target)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}

// serveFor serves on loopback until the script ends.
func serveFor(ts *testscript.TestScript, h http.Handler) string {
	server := httptest.NewServer(h)
	ts.Defer(server.Close)
	return server.URL
}

// Package doctor finds out whether an AWS account is ready for a deployment and a run:
// who the caller is, which permissions, Regions and quotas are lacking, whether the
// clocks agree. Its calls read alone, and AWS charges for none of them.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"

	"frontdoor/awscall"
	"frontdoor/deploy"
)

// Subject is what an account is to be ready for.
type Subject struct {
	Purposes  []Purpose
	Regions   []string // in which something is made or read
	Functions []Place  // where functions run
	Makes     []Amount // of what there are quotas for
	Load      Load
	Learn     func(secrets ...string) // is told the credentials that are used; nil is nobody
}

// Purpose is something that the caller is to be allowed.
type Purpose struct {
	Name   string // such as ToDeploy
	Policy deploy.Policy
}

// What a policy may be for.
const (
	ToDeploy  = "deploy and destroy"
	ToMeasure = "measure"
)

// Place is a Region in which a function of a front runs.
type Place struct {
	Region  string
	Front   string
	Timeout int // s
}

// Load is what a trial sends to one front at a time.
type Load struct {
	PerSecond   float64 // at its peak
	Connections int     // at most: as many requests are answered at once
}

// Level is how bad a finding is.
type Level string

// The levels.
const (
	OK      Level = "ok"
	Warning Level = "warning" // it may go wrong
	Unknown Level = "unknown" // it could not be looked at
	Missing Level = "missing" // it will go wrong
)

// Finding is one thing that was looked at.
type Finding struct {
	About string `json:"about"` // "clock", "permissions", "regions", "quotas"
	Level Level  `json:"level"`
	Text  string `json:"text"`
	Help  string `json:"help,omitempty"`
}

// Report is what was found.
type Report struct {
	Account  string    `json:"account"`
	ARN      string    `json:"arn"` // of the caller
	Findings []Finding `json:"findings"`
}

// Count is how many findings are of a level.
func (r *Report) Count(l Level) int {
	n := 0
	for _, f := range r.Findings {
		if f.Level == l {
			n++
		}
	}
	return n
}

func (r *Report) add(about string, level Level, help, format string, args ...any) {
	r.Findings = append(r.Findings, Finding{about, level, fmt.Sprintf(format, args...), help})
}

// CredentialsError says that there are no credentials, or none that AWS takes.
type CredentialsError struct{ Err error }

func (e *CredentialsError) Error() string { return e.Err.Error() }
func (e *CredentialsError) Unwrap() error { return e.Err }

// home is the Region that is asked what is of no Region.
const home = "us-east-1"

// Examine looks at everything. The error is a *CredentialsError, or one of reaching AWS
// at all; what the caller may not look at is a finding.
func Examine(ctx context.Context, s Subject) (*Report, error) {
	cfg, err := awscall.Load(ctx, s.Learn)
	if err != nil {
		return nil, err
	}
	cfg.Retryer = awscall.Patient(cfg)
	if cfg.Region == "" {
		cfg.Region = home
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return nil, noCredentials(err)
	}
	report := &Report{}
	if err := report.identity(ctx, cfg); err != nil {
		return nil, err
	}
	report.permissions(ctx, cfg, s)
	report.regions(ctx, cfg, s.Regions)
	report.concurrency(ctx, cfg, s)
	report.quotas(ctx, cfg, s.Makes)
	return report, ctx.Err()
}

const signIn = "\nhint: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with aws sso login"

// noCredentials is why the SDK has none. It looks at the machine's role last, so that an
// error of that means that there was nothing before.
func noCredentials(err error) error {
	if strings.Contains(err.Error(), "no EC2 IMDS role found") {
		return &CredentialsError{errors.New("no AWS credentials: neither the environment, nor the shared configuration, nor a role of this machine has any" + signIn)}
	}
	return &CredentialsError{fmt.Errorf("no AWS credentials: %s%s", awscall.Unquoted(err.Error()), signIn)}
}

// refused makes credentials that AWS does not take an error that says what to do; other
// errors come back as they are.
// https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
func refused(err error) error {
	codes := []string{"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "UnrecognizedClientException"}
	if code := codeOf(err); slices.Contains(codes, code) {
		return &CredentialsError{fmt.Errorf("AWS refuses the credentials: %s%s", code, signIn)}
	}
	return fmt.Errorf("ask AWS whose credentials these are: %w", awscall.Explain(err))
}

// codeOf is the code of an error that AWS answered with, or "".
func codeOf(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// denied reports whether an error is of a missing permission.
func denied(err error) bool {
	return slices.Contains([]string{"AccessDenied", "AccessDeniedException"}, codeOf(err))
}

// because is an error in the words of a finding: AWS's code, or why nothing was answered.
func because(err error) string {
	if code := codeOf(err); code != "" {
		return code
	}
	return awscall.Unquoted(err.Error())
}

func at(cfg aws.Config, region string) aws.Config {
	cfg = cfg.Copy()
	cfg.Region = region
	return cfg
}

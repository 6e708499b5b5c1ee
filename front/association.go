package front

import (
	"fmt"
	"strings"
	"time"
)

// FunctionConfig is what CloudFront looks at when a function is to be associated
// with a cache behavior.
type FunctionConfig struct {
	ARN          string // with the version: "arn:aws:lambda:us-east-1:123456789012:function:NAME:7"
	MemoryMB     int
	Timeout      time.Duration
	EnvVars      []string // names
	PackageBytes int64    // zipped
	Architecture string   // "x86_64" or "arm64"; "" is x86_64
	Layers       []string
	Era          string // of the limits, as EdgeEras name them; "" is today's
}

// AssociationError is CloudFront's refusal of a function.
type AssociationError struct {
	Code    string // always InvalidLambdaFunctionAssociation
	Message string
}

func (e *AssociationError) Error() string { return e.Code + ": " + e.Message }

// CheckAssociation returns CloudFront's refusal, an *AssociationError, of a function
// that it would not take for the kind's event, and nil for the other kinds. The
// restrictions are those of
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
// and the messages AWS's own, each with the place where one was reported. In which
// order AWS looks when several are broken is not known.
func CheckAssociation(k Kind, f FunctionConfig) error {
	if !k.Edge() {
		return nil
	}
	era, err := EdgeEraNamed(f.Era)
	if err != nil {
		return err
	}
	for _, refusal := range associationRefusals(k, f, edgeDoor(k).In(era).Limits) {
		if refusal != "" {
			return &AssociationError{Code: "InvalidLambdaFunctionAssociation", Message: refusal}
		}
	}
	return nil
}

func associationRefusals(k Kind, f FunctionConfig, limits Limits) []string {
	const larger = " for functions that are triggered by a CloudFront event: %d Max allowed: %d Function: %s"
	return []string{
		// https://github.com/grahamgilbert/terraform-aws-munki-repo/issues/3 (2019),
		// https://github.com/TechToSpeech/terraform-aws-serverless-static-wordpress/issues/79 (2022)
		unless(arnPart(f.ARN, 3) == "us-east-1", "The function must be in region 'us-east-1'. ARN: %s", f.ARN),
		// https://github.com/chantzlarge/terraform-aws-hugo/issues/43 (2021)
		unless(isVersion(arnPart(f.ARN, 7)), "The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: %s", f.ARN),
		// https://github.com/anomalyco/ion/issues/1194 (2024)
		unless(len(f.EnvVars) == 0, "The function cannot have environment variables. Function: %s", f.ARN),
		// https://github.com/serverless-nextjs/serverless-next.js/issues/982 (2021)
		unless(len(f.Layers) == 0, "The function cannot have a layer. Function: %s", f.ARN),
		// https://github.com/serverless-operations/serverless-lambda-edge-pre-existing-cloudfront/issues/11 (2020)
		unless(f.MemoryMB <= limits.MaxMemoryMB, "The function memory size is larger than the maximum allowed size"+larger, f.MemoryMB, limits.MaxMemoryMB, f.ARN),
		// https://github.com/awslabs/aws-cloudfront-extensions/issues/112 (2021)
		unless(f.Timeout <= limits.MaxTimeout, "The function timeout is larger than the maximum allowed"+larger, int(f.Timeout/time.Second), int(limits.MaxTimeout/time.Second), f.ARN),
		// https://github.com/Widen/cloudfront-auth/issues/43 (2019)
		unless(f.PackageBytes <= limits.PackageBytes, "The function code size is larger than the maximum allowed size"+larger, f.PackageBytes, limits.PackageBytes, f.ARN),
		// https://github.com/opennextjs/opennextjs-aws/issues/47 (2023): seen in an issue's
		// title only; whether the ARN follows as in the others is not known.
		unless(f.Architecture == "" || f.Architecture == "x86_64", "Lambda@Edge does not support functions with an architecture of %s", f.Architecture),
	}
}

// unless returns the message where ok is false, else "".
func unless(ok bool, format string, args ...any) string {
	if ok {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// arnPart is part i of an ARN, from 0, or "".
func arnPart(arn string, i int) string {
	parts := strings.Split(arn, ":")
	if i >= len(parts) {
		return ""
	}
	return parts[i]
}

func isVersion(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
)

// prefix begins the name of everything that is deployed. Policies rest on it.
const prefix = "bench-"

// The most characters that AWS takes, each page as of 2026-11:
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (FunctionName),
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
// and API_CreateTargetGroup.html (Name; no hyphen at either end),
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html (StackName).
const (
	maxFunction = 64
	maxBalancer = 32
	maxStack    = 128
)

// maxName leaves the load balancer's name some of the deployment's.
const maxName = 40

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

var regionForm = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]$`)

// policyForm is the ARN of a managed policy, of an account's own or of AWS's:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
var policyForm = regexp.MustCompile(`^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[!-~]+$`)

func checkName(name string) error {
	if !nameForm.MatchString(name) || len(name) > maxName {
		return fmt.Errorf("deployment name %q: want small letters, digits and single hyphens, a letter first, %d characters at most", name, maxName)
	}
	return nil
}

// short is the parts joined by hyphens, at most max characters: what is longer is cut,
// and ends in a hash of the whole, so that two names stay two.
func short(max int, parts ...string) string {
	name := prefix + strings.Join(parts, "-")
	if len(name) <= max {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return strings.TrimRight(name[:max-9], "-") + "-" + hex.EncodeToString(sum[:4])
}

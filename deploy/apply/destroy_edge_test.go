package apply_test

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/deploy/apply"
)

// edgeTown has a distribution with a function, whose stacks are told by their parameters.
func edgeTown() map[string]string {
	parameter := func(name string) string {
		return "<Parameters><member><ParameterKey>" + name + "</ParameterKey><ParameterValue>v</ParameterValue></member></Parameters>"
	}
	return map[string]string{
		"bench-small-1-a-viewer-request": stackXML("bench-small-1-a-viewer-request", "CREATE_COMPLETE", "small-1", "z", parameter("EventType")),
		"bench-small-1-z":                stackXML("bench-small-1-z", "CREATE_COMPLETE", "small-1", "z", parameter("ViewerProtocol")),
		"bench-small-1-artifacts":        stackXML("bench-small-1-artifacts", "CREATE_COMPLETE", "small-1", ""),
	}
}

// A function goes behind the distribution that has it: CloudFront lets go of it late
// enough.
func TestFunctionsGoAfterDistributions(t *testing.T) {
	town := newTown(t, edgeTown(), func(string) bool { return false })
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1"})
	if err != nil || !left.Empty() {
		t.Errorf("%+v, %v", left, err)
	}
	if want := []string{"bench-small-1-z", "bench-small-1-a-viewer-request", "bench-small-1-artifacts"}; !slices.Equal(town.order, want) {
		t.Errorf("deleted in the order %q, want %q", town.order, want)
	}
}

// What belonged to a distribution and has no tags is found by its comment, in whole, on
// every page:
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListCachePolicies.html,
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListOriginAccessControls.html
func TestPoliciesAndControlsAreLookedFor(t *testing.T) {
	town := newTown(t, edgeTown(), func(string) bool { return false })
	policy := func(id, comment string) string {
		return "<CachePolicySummary><CachePolicy><Id>" + id + "</Id><CachePolicyConfig><Comment>" + comment + "</Comment></CachePolicyConfig></CachePolicy></CachePolicySummary>"
	}
	town.does["GET /2020-05-31/cache-policy"] = func(c call) (int, string) {
		if c.n%2 == 1 {
			return 200, "<CachePolicyList><NextMarker>more</NextMarker><Items>" + policy("P1", "bench deployment small-1-x") + policy("P2", "") + "</Items></CachePolicyList>"
		}
		return 200, "<CachePolicyList><Items>" + policy("P3", "bench deployment small-1") + "</Items></CachePolicyList>"
	}
	town.does["GET /2020-05-31/origin-access-control"] = func(call) (int, string) {
		return 200, "<OriginAccessControlList><IsTruncated>false</IsTruncated><Items><OriginAccessControlSummary><Id>C1</Id><Description>bench deployment small-1</Description></OriginAccessControlSummary>" +
			"<OriginAccessControlSummary><Id>C2</Id><Description>ours</Description></OriginAccessControlSummary></Items></OriginAccessControlList>"
	}
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1"})
	want := []string{"arn:aws:cloudfront::123456789012:cache-policy/P3", "arn:aws:cloudfront::123456789012:origin-access-control/C1"}
	if err != nil || !slices.Equal(left.ARNs, want) {
		t.Errorf("left %q, %v, want %q", left.ARNs, err, want)
	}
}

// Who had a distribution has to be allowed to look for what belonged to it, and nobody
// else: the policy of a deployment without one does not allow it.
func TestLookingAtCloudFrontIsForThoseWithADistribution(t *testing.T) {
	for name, stacks := range map[string]map[string]string{"with": edgeTown(), "without": {"bench-small-1-url": stackXML("bench-small-1-url", "CREATE_COMPLETE", "small-1", "url")}} {
		town := newTown(t, stacks, func(string) bool { return false })
		town.does["GET /2020-05-31/cache-policy"] = func(call) (int, string) {
			return refusal(403, "AccessDenied", "User: arn:aws:iam::123456789012:user/a is not authorized to perform: cloudfront:ListCachePolicies")
		}
		left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1"})
		unseen := slices.ContainsFunc(left.Unseen, func(s string) bool { return strings.HasPrefix(s, "list cache policies: ") })
		if err != nil || unseen != (name == "with") || len(left.Unseen) > 1 {
			t.Errorf("%s a distribution: %+v, %v", name, left, err)
		}
	}
}

package apply_test

import (
	"slices"
	"strings"
	"testing"

	"frontdoor/deploy/apply"
	"frontdoor/scenarios"
)

// A stack that has the name of one of ours and another's tag, or none, is not ours: a
// targets.yaml may be older than what stands there.
func TestDestroySparesOthersStacks(t *testing.T) {
	theirs := "bench-small-1-edge"
	untagged := "bench-small-1-artifacts"
	town := newTown(t, map[string]string{
		"bench-small-1-url": stackXML("bench-small-1-url", "CREATE_COMPLETE", "small-1", "url"),
		theirs:              stackXML(theirs, "CREATE_COMPLETE", "small-2", "edge"),
		untagged:            strings.ReplaceAll(stackXML(untagged, "CREATE_COMPLETE", "", ""), "bench:deployment", "team"),
	}, func(string) bool { return false })
	var named []scenarios.DeployedStack
	for _, name := range []string{"bench-small-1-url", theirs, untagged} {
		named = append(named, scenarios.DeployedStack{Name: name, Region: "us-east-1"})
	}
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1", Stacks: named})
	if err != nil || !left.Empty() {
		t.Errorf("%+v, %v", left, err)
	}
	if !slices.Equal(town.order, []string{"bench-small-1-url"}) || town.stacks[theirs] == "" || town.stacks[untagged] == "" {
		t.Errorf("deleted %q, want ours alone; left %v", town.order, town.stacks)
	}
}

// A bucket that had versions is emptied of them and of the markers of what was deleted
// before, else S3 and with it CloudFormation refuses to delete it:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html,
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
func TestDestroyEmptiesBuckets(t *testing.T) {
	town := newTown(t, map[string]string{
		"bench-small-1-artifacts": stackXML("bench-small-1-artifacts", "CREATE_COMPLETE", "small-1", "", output("Bucket", "packages")),
	}, func(string) bool { return false })
	town.does["GET /packages"] = func(call) (int, string) {
		return 200, `<ListVersionsResult><Name>packages</Name><IsTruncated>false</IsTruncated>` +
			`<Version><Key>a.zip</Key><VersionId>v2</VersionId></Version><Version><Key>a.zip</Key><VersionId>v1</VersionId></Version>` +
			`<DeleteMarker><Key>b.zip</Key><VersionId>m1</VersionId></DeleteMarker></ListVersionsResult>`
	}
	deleted := ""
	town.does["POST /packages"] = func(c call) (int, string) {
		deleted = c.body
		return 200, "<DeleteResult></DeleteResult>"
	}
	left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1"})
	if err != nil || !left.Empty() {
		t.Errorf("%+v, %v", left, err)
	}
	for _, version := range []string{"v1", "v2", "m1"} {
		if !strings.Contains(deleted, "<VersionId>"+version+"</VersionId>") {
			t.Errorf("version %s stays: deleted %s", version, deleted)
		}
	}
	if !town.before("POST /packages", "DeleteStack") {
		t.Errorf("the stack goes before what is in its bucket: %q", town.calls)
	}
}

// An untagged log group of which nobody knows whose it is is neither deleted nor passed
// over; where the functions are known it is another deployment's.
func TestUntaggedLogGroups(t *testing.T) {
	const group = "/aws/lambda/us-east-1.bench-small-1-x-edge"
	for name, c := range map[string]struct {
		functions []string
		unseen    int
	}{"unknown functions": {nil, 1}, "known functions": {[]string{"bench-small-1-edge"}, 0}} {
		t.Run(name, func(t *testing.T) {
			town := newTown(t, map[string]string{}, nil)
			town.does["DescribeLogGroups"] = func(c call) (int, string) {
				if beginning, _ := c.json["logGroupNamePrefix"].(string); c.region != "eu-west-2" || !strings.HasPrefix(group, beginning) {
					return 200, "{}"
				}
				return 200, `{"logGroups":[{"logGroupName":"` + group + `","arn":"arn:aws:logs:eu-west-2:123456789012:log-group:` + group + `:*"}]}`
			}
			left, err := open(t, hurried()).Destroy(t.Context(), apply.Ruin{Name: "small-1", Functions: c.functions})
			if err != nil || len(left.Unseen) != c.unseen || len(left.ARNs) != 0 || town.count("", "DeleteLogGroup") != 0 {
				t.Errorf("%+v, %v", left, err)
			}
			for _, why := range left.Unseen {
				if !strings.Contains(why, group) || !strings.Contains(why, "eu-west-2 has no tags: it may be of this deployment, or of another") {
					t.Errorf("not looked: %s", why)
				}
			}
		})
	}
}

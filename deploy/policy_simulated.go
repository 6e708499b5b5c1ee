package deploy

import "strings"

// Simulated is an action of a policy in the words that IAM's policy simulator takes,
// which has no asterisks: for a verb with one, the actions that CloudFormation is sure to
// call. Replication's are actions whose own names end in it.
func Simulated(action string) []string {
	service, verb, _ := strings.Cut(action, ":")
	if what, all := strings.CutPrefix(verb, "*"); all { // whatever is done to something
		return []string{service + ":Create" + what, service + ":Delete" + what, service + ":Get" + what, service + ":Update" + what}
	}
	if !strings.HasSuffix(verb, "*") {
		return []string{action}
	}
	for prefix, names := range map[string][]string{
		"cloudformation:Describe":                {"DescribeStacks", "DescribeStackEvents"},
		"s3:DeleteBucket":                        {"DeleteBucket", "DeleteBucketPolicy"},
		"s3:DeleteObject":                        {"DeleteObject", "DeleteObjectVersion"},
		"s3:PutBucket":                           {"PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketPublicAccessBlock", "PutBucketTagging"},
		"s3:Get":                                 {"GetBucketTagging", "GetEncryptionConfiguration", "GetObject"},
		"s3:List":                                {"ListBucket", "ListBucketVersions"},
		"iam:Get":                                {"GetRole", "GetRolePolicy"},
		"iam:Tag":                                {"TagRole"},
		"iam:Untag":                              {"UntagRole"},
		"iam:List":                               {"ListAttachedRolePolicies", "ListRolePolicies", "ListRoleTags"},
		"lambda:Get":                             {"GetFunction", "GetFunctionUrlConfig", "GetPolicy"},
		"lambda:List":                            {"ListTags", "ListVersionsByFunction"},
		"lambda:EnableReplication":               {"EnableReplication"},
		"lambda:DisableReplication":              {"DisableReplication"},
		"logs:List":                              {"ListTagsForResource"},
		"cloudwatch:List":                        {"ListTagsForResource"},
		"ec2:Describe":                           {"DescribeAccountAttributes", "DescribeAvailabilityZones", "DescribeInternetGateways", "DescribeRouteTables", "DescribeSecurityGroups", "DescribeSubnets", "DescribeVpcs"},
		"elasticloadbalancing:Describe":          {"DescribeListeners", "DescribeLoadBalancers", "DescribeTags", "DescribeTargetGroups"},
		"elasticloadbalancing:ModifyListener":    {"ModifyListener", "ModifyListenerAttributes"},
		"elasticloadbalancing:ModifyTargetGroup": {"ModifyTargetGroup", "ModifyTargetGroupAttributes"},
		"cloudfront:Get":                         {"GetCachePolicy", "GetDistribution", "GetDistributionConfig"},
		"cloudfront:List":                        {"ListCachePolicies", "ListFunctions", "ListOriginAccessControls", "ListTagsForResource"},
		"dynamodb:Describe":                      {"DescribeTable", "DescribeContinuousBackups"},
		"dynamodb:List":                          {"ListTagsOfResource"},
		"sns:Get":                                {"GetTopicAttributes"},
		"sns:List":                               {"ListTagsForResource"},
		service + ":Tag":                         {"TagResource"},
		service + ":Untag":                       {"UntagResource"},
	} {
		if prefix == strings.TrimSuffix(action, "*") {
			var full []string
			for _, name := range names {
				full = append(full, service+":"+name)
			}
			return full
		}
	}
	return nil
}

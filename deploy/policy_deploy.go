package deploy

// DeployPolicy is what whoever deploys and destroys has to be allowed: CloudFormation
// acts with the caller's permissions. What can be named begins with bench-, and roles
// are below /bench/. Where AWS makes up the names (APIs, distributions, networks),
// resources are of the type; deleting and joining parts of networks is limited to those
// with the tag of a deployment. An asterisk stands behind verbs that read or tag alone,
// or behind the name of what they change: of what it has made CloudFormation reads every
// setting, each by an action of its own.
//
// Which actions a resource takes is in its schema under "handlers", which
// "aws cloudformation describe-type" shows, and
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
// has which of them take resources.
func (d *Deployment) DeployPolicy() Policy {
	p := Policy{Version: "2012-10-17"}
	add := func(s ...Statement) { p.Statement = append(p.Statement, s...) }
	add(d.looks(), stacks(), buckets(), executionRoles(), passRole(), functions(d.has("edge.yaml")), groups(), metricAlarms())
	if names := d.linkedServices(); names != nil {
		add(allow("LinkedRoles", "iam", []string{"CreateServiceLinkedRole"}, []string{"arn:aws:iam::*:role/aws-service-role/*"}).
			when("StringEquals", "iam:AWSServiceName", names))
	}
	if d.has("rest.yaml", "rest-nonproxy.yaml", "http.yaml") {
		add(apis())
	}
	if d.has("alb.yaml") {
		add(balancers(), networks(), ownNetworks(), networkTags())
	}
	if d.has("edge.yaml") {
		add(distributions())
	}
	if arns := d.tables(); arns != nil {
		add(allow("Tables", "dynamodb", []string{"CreateTable", "DeleteTable", "Describe*", "GetResourcePolicy", "List*", "PutItem", "Tag*", "Untag*", "UpdateTable"}, arns))
	}
	if d.has("billing.yaml") {
		add(allow("Topic", "sns", []string{"CreateTopic", "DeleteTopic", "Get*", "List*", "SetTopicAttributes", "Subscribe", "Tag*", "Unsubscribe", "Untag*"}, []string{"arn:aws:sns:us-east-1:*:bench-*"}))
	}
	return p
}

// looks are the actions of which AWS limits none to a resource, or which look for one by
// its name: they read and list.
func (d *Deployment) looks() Statement {
	actions := []string{"cloudwatch:DescribeAlarms", "iam:ListRoles", "logs:DescribeLogGroups", "tag:GetResources"}
	if d.has("alb.yaml") {
		actions = append(actions, "ec2:DescribeAccountAttributes", "ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeInternetGateways", "ec2:DescribeNetworkAcls",
			"ec2:DescribeRouteTables", "ec2:DescribeSecurityGroup*", "ec2:DescribeSubnets", "ec2:DescribeVpc*", "elasticloadbalancing:Describe*")
	}
	return Statement{Sid: "Look", Effect: "Allow", Action: actions, Resource: []string{"*"}}
}

func stacks() Statement {
	return allow("Stacks", "cloudformation", []string{"CreateStack", "DeleteStack", "Describe*", "Tag*", "Untag*", "UpdateStack"},
		[]string{"arn:aws:cloudformation:*:*:stack/bench-*/*"})
}

func buckets() Statement {
	return allow("Packages", "s3", []string{"CreateBucket", "DeleteBucket", "DeleteBucketPolicy", "DeleteObject*", "Get*", "List*",
		"PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketPublicAccessBlock", "PutBucketTagging", "PutEncryptionConfiguration",
		"PutLifecycleConfiguration", "PutObject"}, []string{"arn:aws:s3:::bench-*", "arn:aws:s3:::bench-*/*"})
}

const ownRoles = "arn:aws:iam::*:role/bench/*"

func executionRoles() Statement {
	return allow("Roles", "iam", []string{"CreateRole", "DeleteRole", "DeleteRolePolicy", "Get*", "List*", "PutRolePolicy", "TagRole", "UntagRole", "UpdateAssumeRolePolicy"}, []string{ownRoles})
}

// passRole: without the condition the roles could be given to any service.
func passRole() Statement {
	return allow("PassRoles", "iam", []string{"PassRole"}, []string{ownRoles}).
		when("StringEquals", "iam:PassedToService", []string{"lambda.amazonaws.com", "edgelambda.amazonaws.com"})
}

// functions: those of replication end in an asterisk,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
func functions(edge bool) Statement {
	actions := []string{"AddPermission", "CreateFunction", "CreateFunctionUrlConfig", "DeleteFunction", "DeleteFunctionUrlConfig", "Get*", "List*",
		"PublishVersion", "RemovePermission", "Tag*", "Untag*", "UpdateFunctionCode", "UpdateFunctionConfiguration", "UpdateFunctionUrlConfig"}
	if edge {
		actions = append(actions, "EnableReplication*", "DisableReplication*")
	}
	return allow("Functions", "lambda", actions, []string{ownFunctions})
}

const ownFunctions = "arn:aws:lambda:*:*:function:bench-*"

// logResources are the log groups of functions: in Regions, and at the edge.
func logResources() []string {
	return []string{"arn:aws:logs:*:*:log-group:/aws/lambda/bench-*", "arn:aws:logs:*:*:log-group:/aws/lambda/us-east-1.bench-*"}
}

func groups() Statement {
	return allow("LogGroups", "logs", []string{"CreateLogGroup", "DeleteLogGroup", "DeleteRetentionPolicy", "GetDataProtectionPolicy", "List*",
		"PutRetentionPolicy", "Tag*", "Untag*"}, logResources())
}

func metricAlarms() Statement {
	return allow("Alarms", "cloudwatch", []string{"DeleteAlarms", "List*", "PutMetricAlarm", "Tag*", "Untag*"}, []string{"arn:aws:cloudwatch:*:*:alarm:bench-*"})
}

// linkedServices are those whose service-linked role is made the first time that an
// account uses them.
func (d *Deployment) linkedServices() []string {
	var names []string
	if d.has("alb.yaml") {
		names = append(names, "elasticloadbalancing.amazonaws.com")
	}
	if d.has("edge.yaml") {
		names = append(names, "replicator.lambda.amazonaws.com", "logger.cloudfront.amazonaws.com")
	}
	return names
}

// apis: API Gateway's actions are the verbs of its own API, and ids are of its making.
func apis() Statement {
	return allow("Apis", "apigateway", []string{"DELETE", "GET", "PATCH", "POST", "PUT"}, []string{
		"arn:aws:apigateway:*::/apikeys*", "arn:aws:apigateway:*::/apis*", "arn:aws:apigateway:*::/restapis*", "arn:aws:apigateway:*::/tags/*", "arn:aws:apigateway:*::/usageplans*"})
}

func distributions() Statement {
	return allow("Distributions", "cloudfront", []string{"CreateCachePolicy", "CreateDistribution", "DeleteCachePolicy", "DeleteDistribution", "GetCachePolicy*", "GetDistribution*",
		"ListTagsForResource", "Tag*", "Untag*", "UpdateCachePolicy", "UpdateDistribution"},
		[]string{"arn:aws:cloudfront::*:cache-policy/*", "arn:aws:cloudfront::*:distribution/*"})
}

package deploy

// DeployPolicy is what whoever deploys and destroys has to be allowed: CloudFormation
// acts with the caller's permissions. What can be named begins with bench-, and roles
// are below /bench/. Where AWS makes up the names (APIs, distributions, networks),
// resources are of the type, and what stands is changed and deleted if it has the tag of a
// deployment, but for HTTP APIs, cache policies and access controls. An asterisk stands
// behind verbs that read or tag alone, or beside the name of what they change: of what it
// has made CloudFormation reads every setting, each by an action of its own.
//
// Which actions a resource takes is in its schema under "handlers", which
// "aws cloudformation describe-type" shows, and
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
// has which of them take resources.
func (d *Deployment) DeployPolicy() Policy {
	p := Policy{Version: "2012-10-17"}
	add := func(s ...Statement) { p.Statement = append(p.Statement, s...) }
	add(d.looks(), stacks(), buckets())
	add(executionRoles(d.config.Boundary)...)
	add(functions(d.has("edge-function.yaml")), groups(d.has("cff-logs.yaml")), metricAlarms())
	if names := d.linkedServices(); names != nil {
		add(allow("LinkedRoles", "iam", []string{"CreateServiceLinkedRole"}, []string{"arn:aws:iam::*:role/aws-service-role/*"}).
			when("StringEquals", "iam:AWSServiceName", names))
	}
	if d.has(append(restTemplates(), "http.yaml")...) {
		add(apis()...)
	}
	if d.has("alb.yaml") {
		add(balancers(), networks(), networkTags(), groupTags())
	}
	if d.has("edge.yaml") {
		add(d.distributions())
	}
	add(d.tagged()...)
	if arns := d.tables(); arns != nil {
		add(allow("Tables", "dynamodb", []string{"CreateTable", "DeleteTable", "Describe*", "GetResourcePolicy", "List*", "PutItem", "Tag*", "Untag*", "UpdateTable"}, arns))
	}
	if d.has("billing.yaml") {
		add(allow("Topic", "sns", []string{"CreateTopic", "DeleteTopic", "Get*", "List*", "SetTopicAttributes", "Subscribe", "Tag*", "Unsubscribe", "Untag*"}, []string{"arn:aws:sns:us-east-1:*:bench-*"}))
	}
	return p
}

// restTemplates are those of REST APIs.
func restTemplates() []string {
	return []string{"rest.yaml", "rest-nonproxy.yaml", "rest-passthrough.yaml"}
}

// looks are the actions that read and list alone: most of them AWS limits to no resource,
// or they look for one by its name.
func (d *Deployment) looks() Statement {
	actions := []string{"cloudwatch:DescribeAlarms", "iam:ListRoles", "logs:DescribeLogGroups", "tag:GetResources"}
	if d.has(append(restTemplates(), "http.yaml")...) {
		actions = append(actions, "apigateway:GET")
	}
	if d.has("alb.yaml") {
		actions = append(actions, "ec2:Describe*", "elasticloadbalancing:Describe*")
	}
	if d.has("edge.yaml") {
		actions = append(actions, "cloudfront:List*")
	}
	return Statement{Sid: "Look", Effect: "Allow", Action: actions, Resource: []string{"*"}}
}

func stacks() Statement {
	return allow("Stacks", "cloudformation", []string{"CreateStack", "DeleteStack", "Describe*", "Tag*", "Untag*", "UpdateStack"},
		[]string{"arn:aws:cloudformation:*:*:stack/bench-*/*"})
}

func buckets() Statement {
	return allow("Packages", "s3", []string{"CreateBucket", "DeleteBucket*", "DeleteObject*", "Get*", "List*", "PutBucket*", "PutEncryptionConfiguration",
		"PutLifecycleConfiguration", "PutObject"}, []string{"arn:aws:s3:::bench-*", "arn:aws:s3:::bench-*/*"})
}

const ownRoles = "arn:aws:iam::*:role/bench/*"

// executionRoles makes roles, gives them rights, and gives them to Lambda. Whoever may do
// that may give a function any right of the account, unless every role has to have a
// boundary. The condition is of those actions that it is documented for:
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
func executionRoles(boundary string) []Statement {
	bounded := []string{"CreateRole", "DeleteRolePolicy", "PutRolePolicy"}
	free := []string{"DeleteRole", "Get*", "List*", "Tag*", "Untag*", "UpdateAssumeRolePolicy"}
	roles := []string{ownRoles}
	if boundary == "" {
		return []Statement{allow("Roles", "iam", append(bounded, free...), roles), passRole()}
	}
	bounded = append(bounded, "PutRolePermissionsBoundary")
	return []Statement{allow("Roles", "iam", free, roles), allow("BoundRoles", "iam", bounded, roles).when("StringEquals", "iam:PermissionsBoundary", []string{boundary}), passRole()}
}

// passRole: without the condition the roles could be given to any service.
func passRole() Statement {
	return allow("PassRoles", "iam", []string{"PassRole"}, []string{ownRoles}).
		when("StringEquals", "iam:PassedToService", []string{"lambda.amazonaws.com", "edgelambda.amazonaws.com"})
}

// functions: those of replication end in an asterisk,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
func functions(edge bool) Statement {
	actions := []string{"*FunctionUrlConfig", "AddPermission", "CreateFunction", "DeleteFunction", "Get*", "List*",
		"PublishVersion", "RemovePermission", "Tag*", "Untag*", "UpdateFunctionCode", "UpdateFunctionConfiguration"}
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

func groups(scripts bool) Statement {
	resources := logResources()
	if scripts {
		resources = append(resources, "arn:aws:logs:*:*:log-group:/aws/cloudfront/function/bench-*")
	}
	return allow("LogGroups", "logs", []string{"CreateLogGroup", "DeleteLogGroup", "DeleteRetentionPolicy", "GetDataProtectionPolicy", "List*",
		"PutRetentionPolicy", "Tag*", "Untag*"}, resources)
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
	if d.has("edge-function.yaml") {
		names = append(names, "replicator.lambda.amazonaws.com")
	}
	if d.has("edge.yaml") {
		names = append(names, "logger.cloudfront.amazonaws.com")
	}
	return names
}

// apis: API Gateway's actions are the verbs of its own API, and ids are of its making.
// What is below an HTTP API has no tags, and only of REST APIs it is documented that it
// inherits them, so that HTTP APIs are all of the account's:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
func apis() []Statement {
	return []Statement{
		allow("NewApis", "apigateway", []string{"POST"}, apiPaths("apikeys", "restapis", "usageplans")),
		allow("HttpApis", "apigateway", []string{"DELETE", "PATCH", "POST", "PUT"}, apiPaths("apis*", "tags/*")),
	}
}

// apiPaths are ARNs of API Gateway's resources in any Region.
func apiPaths(paths ...string) []string {
	var arns []string
	for _, p := range paths {
		arns = append(arns, "arn:aws:apigateway:*::/"+p)
	}
	return arns
}

// distributions makes them, and makes and changes what belongs to them: cache policies and
// access controls, which take no tags and have names of AWS's, and functions. An asterisk
// before one of these stands for its verbs, on its own resources.
func (d *Deployment) distributions() Statement {
	actions, resources := []string{"CreateDistribution", "Get*", "Tag*", "*CachePolicy"}, []string{anyDistribution, "arn:aws:cloudfront::*:cache-policy/*"}
	if d.anyStack(func(s Stack) bool { return s.Parameters["Origin"] == "bucket" }) {
		actions, resources = append(actions, "*OriginAccessControl"), append(resources, "arn:aws:cloudfront::*:origin-access-control/*")
	}
	if d.has("cff-logs.yaml") {
		actions, resources = append(actions, "*Function"), append(resources, ownScripts)
	}
	return allow("Distributions", "cloudfront", actions, resources)
}

const (
	anyDistribution = "arn:aws:cloudfront::*:distribution/*"
	ownScripts      = "arn:aws:cloudfront::*:function/bench-*"
)

// tagged is what may be done to things whose names AWS makes up, if they have the tag of
// a deployment; nil where nothing of the kind is made. It is one statement, for the
// length of a policy is limited: an action takes resources of its own service alone.
func (d *Deployment) tagged() []Statement {
	s := Statement{Sid: "Tagged", Effect: "Allow"}
	add := func(service string, actions, resources []string) {
		more := allow("", service, actions, resources)
		s.Action, s.Resource = append(s.Action, more.Action...), append(s.Resource, more.Resource...)
	}
	if d.has(restTemplates()...) {
		add("apigateway", []string{"DELETE", "PATCH", "POST", "PUT"}, apiPaths("apikeys/*", "restapis/*", "usageplans/*"))
	}
	if d.has("alb.yaml") {
		add("ec2", changesOfNetworks(), []string{anyNetwork})
	}
	if d.has("edge.yaml") {
		resources := []string{anyDistribution}
		if d.has("cff-logs.yaml") {
			resources = append(resources, ownScripts)
		}
		add("cloudfront", []string{"DeleteDistribution", "Untag*", "UpdateDistribution"}, resources)
	}
	if s.Action == nil {
		return nil
	}
	return []Statement{s.when("Null", "aws:ResourceTag/"+TagDeployment, "false")}
}

package deploy

func balancers() Statement {
	const arn = "arn:aws:elasticloadbalancing:*:*:"
	return allow("LoadBalancers", "elasticloadbalancing", []string{"AddTags", "CreateListener", "CreateLoadBalancer", "CreateTargetGroup", "DeleteListener", "DeleteLoadBalancer",
		"DeleteTargetGroup", "DeregisterTargets", "ModifyListener*", "ModifyLoadBalancerAttributes", "ModifyTargetGroup*", "RegisterTargets", "RemoveTags",
		"SetSecurityGroups", "SetSubnets"}, []string{arn + "listener/app/bench-*", arn + "loadbalancer/app/bench-*", arn + "targetgroup/bench-*"})
}

// anyNetwork is whatever part of a network an action is of, in any Region.
const anyNetwork = "arn:aws:ec2:*:*:*/*"

// networks makes parts of networks.
func networks() Statement {
	return allow("Networks", "ec2", []string{"CreateInternetGateway", "CreateRouteTable", "CreateSecurityGroup", "CreateSubnet", "CreateVpc"}, []string{anyNetwork})
}

// changesOfNetworks joins them, opens them, takes them apart and deletes them. The
// attributes of a VPC are set behind its tags (unconfirmed: none is set here).
func changesOfNetworks() []string {
	return []string{"AssociateRouteTable", "AttachInternetGateway", "AuthorizeSecurityGroupIngress", "CreateRoute", "DeleteInternetGateway", "DeleteRoute", "DeleteRouteTable",
		"DeleteSecurityGroup", "DeleteSubnet", "DeleteVpc", "DetachInternetGateway", "DisassociateRouteTable", "ModifyVpcAttribute", "ReplaceRouteTableAssociation",
		"RevokeSecurityGroupIngress"}
}

// networkTags lets a part of a network be tagged while it is made, and not later: the key
// names the action that makes it, and is there with no other.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
// CloudFormation makes them with their tags (unconfirmed).
func networkTags() Statement {
	return allow("NetworkTags", "ec2", []string{"CreateTags"}, []string{anyNetwork}).
		when("Null", "ec2:CreateAction", "false")
}

// groupTags lets any security group be tagged as a deployment's: CloudFormation has been
// seen to tag them after it made them.
// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/714
func groupTags() Statement {
	return allow("GroupTags", "ec2", []string{"CreateTags"}, []string{"arn:aws:ec2:*:*:security-group/*"}).
		when("Null", "aws:RequestTag/"+TagDeployment, "false")
}

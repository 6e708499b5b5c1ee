package deploy

func balancers() Statement {
	const arn = "arn:aws:elasticloadbalancing:*:*:"
	return allow("LoadBalancers", "elasticloadbalancing", []string{"AddTags", "CreateListener", "CreateLoadBalancer", "CreateTargetGroup", "DeleteListener", "DeleteLoadBalancer",
		"DeleteTargetGroup", "DeregisterTargets", "ModifyListener*", "ModifyLoadBalancerAttributes", "ModifyTargetGroup*", "RegisterTargets", "RemoveTags",
		"SetSecurityGroups", "SetSubnets"}, []string{arn + "listener/app/bench-*", arn + "loadbalancer/app/bench-*", arn + "targetgroup/bench-*"})
}

// anyNetwork is whatever part of a network an action is of, in any Region.
const anyNetwork = "arn:aws:ec2:*:*:*/*"

// networks makes parts of networks. The rules of a security group and the attributes of
// a VPC are set while it is made: whether it has its tags by then is not documented.
func networks() Statement {
	return allow("Networks", "ec2", []string{"AuthorizeSecurityGroupIngress", "CreateInternetGateway", "CreateRouteTable", "CreateSecurityGroup", "CreateSubnet", "CreateVpc", "ModifyVpcAttribute"},
		[]string{anyNetwork})
}

// ownNetworks joins them, takes them apart and deletes them, if they are a deployment's.
func ownNetworks() Statement {
	return allow("OwnNetworks", "ec2", []string{"AssociateRouteTable", "AttachInternetGateway", "CreateRoute", "DeleteInternetGateway", "DeleteRoute", "DeleteRouteTable", "DeleteSecurityGroup",
		"DeleteSubnet", "DeleteVpc", "DetachInternetGateway", "DisassociateRouteTable", "ReplaceRouteTableAssociation", "RevokeSecurityGroupIngress"}, []string{anyNetwork}).
		when("Null", "aws:ResourceTag/"+TagDeployment, "false")
}

// networkTags lets a part of a network, and nothing else of EC2, be tagged as a
// deployment's.
func networkTags() Statement {
	const arn = "arn:aws:ec2:*:*:"
	return allow("NetworkTags", "ec2", []string{"CreateTags", "DeleteTags"}, []string{arn + "internet-gateway/*", arn + "route-table/*", arn + "security-group/*", arn + "subnet/*", arn + "vpc/*"}).
		when("Null", "aws:RequestTag/"+TagDeployment, "false")
}

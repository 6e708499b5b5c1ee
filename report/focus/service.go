package focus

// class is how FOCUS sorts a service. Categories, and subcategories within them,
// are the specification's (columns/servicecategory.md, servicesubcategory.md at
// 02645d2). API Gateway stands under Networking, as in AWS's own FOCUS exports;
// by the specification's words it could be Integration.
type class struct{ provider, category, subcategory string }

func classOf(service string) class {
	aws := func(category, subcategory string) class { return class{"AWS", category, subcategory} }
	switch service {
	case "AWS Lambda":
		return aws("Compute", "Serverless Compute")
	case "Amazon API Gateway", "Elastic Load Balancing":
		return aws("Networking", "Application Networking")
	case "Amazon CloudFront":
		return aws("Networking", "Content Delivery")
	case "Amazon Virtual Private Cloud", "Amazon Route 53":
		return aws("Networking", "Network Infrastructure")
	case "AWS Data Transfer":
		return aws("Networking", "Network Connectivity")
	case "AWS WAF":
		return aws("Networking", "Network Security")
	case "Amazon Elastic Compute Cloud":
		return aws("Compute", "Virtual Machines")
	case "Amazon DynamoDB":
		return aws("Databases", "NoSQL Databases")
	case "Amazon Cognito":
		return aws("Identity", "Identity and Access Management")
	case "Amazon Simple Storage Service":
		return aws("Storage", "Object Storage")
	case "AmazonCloudWatch":
		return aws("Management and Governance", "Observability")
	case "Akamai":
		return class{"Akamai", "Networking", "Content Delivery"}
	}
	return aws("Other", "Other (Other)")
}

// regionName is AWS's name of a Region (docs.aws.amazon.com/global-infrastructure/
// latest/regions/aws-regions.html; written from memory); its code where it is not
// here, since FOCUS wants a name wherever there is an id.
func regionName(region string) string {
	names := map[string]string{
		"us-east-1": "US East (N. Virginia)", "us-east-2": "US East (Ohio)", "us-west-1": "US West (N. California)", "us-west-2": "US West (Oregon)",
		"ca-central-1": "Canada (Central)", "sa-east-1": "South America (São Paulo)",
		"eu-west-1": "Europe (Ireland)", "eu-west-2": "Europe (London)", "eu-west-3": "Europe (Paris)", "eu-central-1": "Europe (Frankfurt)",
		"ap-northeast-1": "Asia Pacific (Tokyo)", "ap-northeast-2": "Asia Pacific (Seoul)", "ap-south-1": "Asia Pacific (Mumbai)",
		"ap-southeast-1": "Asia Pacific (Singapore)", "ap-southeast-2": "Asia Pacific (Sydney)",
	}
	if name, ok := names[region]; ok {
		return name
	}
	return region
}

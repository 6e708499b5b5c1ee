package front

func edgeGuide(page string) string {
	return "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/" + page + " (2026-11-22)"
}

// edgeClaims is the door that answers from a function on a request event, without
// an origin, or whose function works on an origin's answer: what CloudFront does for
// an origin only, such as WebSocket and gRPC, is not an ability of this door.
func edgeClaims(k Kind) map[string]claim {
	const quotas = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge (2023-05)"
	const versions = "https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/cloudfront/aws.sdk.kotlin.services.cloudfront.model/-distribution-config/http-version.html (2026-11-22)"
	const ipv6 = "https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/cloudfront/aws.sdk.kotlin.services.cloudfront.model/-distribution-summary/is-ipv6-enabled.html (2026-11-22)"
	const edge = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html (2023-05)"
	generated := edgeGuide("lambda-generating-http-responses.html")
	l := edgeLimits(k)
	cached := "yes, in CloudFront's cache"
	if k == EdgeViewerRequest {
		cached = "no, answers at viewer-request are not cached"
	}
	return map[string]claim{
		timeoutAbility:    {seconds(l.MaxTimeout) + " for the function", quotas},
		requestAbility:    {"the function sees the first " + size(l.BodyShown), quotas},
		answerAbility:     {size(l.ResponseBytes) + ", header fields included", generated},
		streamAbility:     {"no", lambdaGuide("configuration-response-streaming.html")},
		webSocketAbility:  {"no, functions neither see nor set Upgrade", edgeGuide("edge-function-restrictions-all.html")},
		authAbility:       {"signed URLs and signed cookies", edgeGuide("PrivateContent.html")},
		keysAbility:       {"no (unconfirmed)", edgeGuide("PrivateContent.html")},
		throttleAbility:   {"by a WAF rate-based rule", wafRatePage},
		validateAbility:   {"no (unconfirmed)", generated},
		cacheAbility:      {cached, generated},
		wafAbility:        {"yes", wafPage},
		domainAbility:     {"yes, alternate domain names", edgeGuide("cloudfront-limits.html")},
		mutualTLSAbility:  {"yes", edgeGuide("mtls-authentication.html")},
		privateAbility:    {"no (unconfirmed)", edgeGuide("PrivateContent.html")},
		staticIPAbility:   {"yes, an Anycast static IP list", "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_AnycastIpList.html (2026-11-22)"},
		httpAbility:       {"HTTP/1.1, HTTP/2, HTTP/3", versions},
		ipv6Ability:       {"yes, if enabled", ipv6},
		placeAbility:      {"near the viewer; created in us-east-1", edgeGuide("lambda-at-the-edge.html")},
		envAbility:        {"no", edge},
		vpcAbility:        {"no", edge},
		layersAbility:     {"no", edge},
		runtimesAbility:   {"Node.js and Python; x86_64; no images", edge},
		accessLogsAbility: {"yes: standard and real-time logs", edgeGuide("WhatsNew.html")},
		canaryAbility:     {"staging distribution, up to 15 % of traffic", edgeGuide("continuous-deployment-quotas-considerations.html")},
		idleAbility:       {"none, pay as you go", "https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/cloudfront.html (2026-11-22)"},
	}
}

package front

// notFound is the value where AWS's text does not tell, one way or the other.
const notFound = "not found in AWS's text (unconfirmed)"

// apigwVersus is AWS's own comparison of REST and HTTP APIs.
func apigwVersus() string { return apigwGuide("http-api-vs-rest.html") }

func apigwGuide(page string) string {
	return "https://docs.aws.amazon.com/apigateway/latest/developerguide/" + page + " (2026-11-22)"
}

// apigwPricing says that calls and transfer are paid for, and a REST API's cache
// by the hour.
const apigwPricing = "https://aws.amazon.com/api-gateway/pricing/ (2026-11-22)"

// apigwStaticIP says that a public API has no addresses of its own, and how Global
// Accelerator gives it some.
const apigwStaticIP = "https://aws.amazon.com/blogs/networking-and-content-delivery/accessing-an-aws-api-gateway-via-static-ip-addresses-provided-by-aws-global-accelerator/ (2026-11-22)"

func restClaims() map[string]claim {
	const longer = "https://aws.amazon.com/about-aws/whats-new/2024/06/amazon-api-gateway-integration-timeout-limit-29-seconds/ (2026-11-22)"
	l := restDoor().Limits
	return inRegion(map[string]claim{
		timeoutAbility:    {seconds(l.MaxTimeout) + " by default; more on request (Regional)", longer},
		requestAbility:    {size(l.RequestBytes) + ", Lambda's limit", lambdaPage},
		answerAbility:     {size(l.ResponseBytes) + ", Lambda's limit; 200 MB streamed", lambdaGuide("configuration-response-streaming.html")},
		streamAbility:     {"yes, up to 15 minutes", apigwGuide("response-transfer-mode.html")},
		webSocketAbility:  {"no, a WebSocket API is another type", apigwGuide("welcome.html")},
		authAbility:       {"IAM, Cognito, Lambda authorizer", apigwVersus()},
		keysAbility:       {"yes", apigwVersus()},
		throttleAbility:   {"yes, by usage plan", apigwVersus()},
		validateAbility:   {"yes", apigwVersus()},
		cacheAbility:      {"yes, per stage", apigwVersus()},
		wafAbility:        {"yes", wafPage},
		domainAbility:     {"yes", apigwVersus()},
		mutualTLSAbility:  {"yes, on a Regional custom domain name", apigwGuide("rest-api-mutual-tls.html")},
		privateAbility:    {"yes, as a private API", apigwVersus()},
		staticIPAbility:   {"no; with Global Accelerator in front", apigwStaticIP},
		httpAbility:       {notFound, apigwVersus()},
		ipv6Ability:       {"yes, if set to dualstack", apigwGuide("api-gateway-ip-address-type.html")},
		placeAbility:      {"one Region of your choice", apigwVersus()},
		accessLogsAbility: {"yes: CloudWatch Logs, Data Firehose", apigwVersus()},
		canaryAbility:     {"yes, canary release of a stage", apigwGuide("how-to-deploy-api.html")},
		idleAbility:       {"none; per hour with a cache", apigwPricing},
	})
}

// nonProxyClaims differ from a proxy integration's in the stream, which AWS offers
// for proxy integrations only, and in what the templates may do.
func nonProxyClaims() map[string]claim {
	claims := restClaims()
	claims[streamAbility] = claim{"no, proxy integrations only", apigwGuide("response-transfer-mode.html")}
	claims[answerAbility] = claim{size(nonProxyDoor().Limits.ResponseBytes) + ", Lambda's limit", lambdaPage}
	return claims
}

func httpClaims() map[string]claim {
	const dualstack = "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2.IpAddressType.html (2026-11-22)"
	l := httpDoor().Limits
	return inRegion(map[string]claim{
		timeoutAbility:    {seconds(l.MaxTimeout) + ", cannot be raised", apigwGuide("http-api-quotas.html")},
		requestAbility:    {size(l.RequestBytes) + ", Lambda's limit", lambdaPage},
		answerAbility:     {size(l.ResponseBytes) + ", Lambda's limit", lambdaPage},
		streamAbility:     {"no", apigwGuide("response-transfer-mode.html")},
		webSocketAbility:  {"no, a WebSocket API is another type", apigwGuide("welcome.html")},
		authAbility:       {"IAM, JWT (also Cognito's), Lambda authorizer", apigwVersus()},
		keysAbility:       {"no", apigwVersus()},
		throttleAbility:   {"no", apigwVersus()},
		validateAbility:   {"no", apigwVersus()},
		cacheAbility:      {"no", apigwVersus()},
		wafAbility:        {"no", apigwVersus()},
		domainAbility:     {"yes", apigwVersus()},
		mutualTLSAbility:  {"yes, on a custom domain name", apigwGuide("http-api-mutual-tls.html")},
		privateAbility:    {"no", apigwVersus()},
		staticIPAbility:   {"no", apigwStaticIP},
		httpAbility:       {notFound, apigwVersus()},
		ipv6Ability:       {"yes, if set to dualstack", dualstack},
		placeAbility:      {"one Region of your choice", apigwVersus()},
		accessLogsAbility: {"yes: CloudWatch Logs", apigwVersus()},
		canaryAbility:     {"Lambda alias weights (unconfirmed)", lambdaGuide("configuration-aliases.html")},
		idleAbility:       {"none", apigwPricing},
	})
}

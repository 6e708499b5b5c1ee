package front

func albGuide(page string) string {
	return "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/" + page + " (2026-11-22)"
}

// albClaims: what is not among the actions of a listener rule, the load balancer
// does not do to a request. Its idle timeout stands beside Lambda's limit because
// a function that works longer than it may lose its client; which of the two comes
// first for a Lambda target AWS does not say.
func albClaims() map[string]claim {
	const weights = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-elasticloadbalancingv2-listenerrule-forwardconfig.html (2026-11-22)"
	const hours = "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/load-balancer-billing-usage-reports.html (2026-11-22)"
	actions, balancer, lambda := albGuide("rule-action-types.html"), albGuide("application-load-balancers.html"), albGuide("lambda-functions.html")
	l := albDoor().Limits
	return inRegion(map[string]claim{
		timeoutAbility:    {seconds(l.MaxTimeout) + ", Lambda's; idle 60 s by default", balancer},
		requestAbility:    {size(l.RequestBytes), lambda},
		answerAbility:     {size(l.ResponseBytes) + " of JSON", lambda},
		streamAbility:     {"no", lambdaGuide("configuration-response-streaming.html")},
		webSocketAbility:  {"no, an upgrade is answered with 400", lambda},
		authAbility:       {"Cognito, OIDC, JWT verification", actions},
		keysAbility:       {"no", actions},
		throttleAbility:   {"by a WAF rate-based rule", wafRatePage},
		validateAbility:   {"no", actions},
		cacheAbility:      {"no", actions},
		wafAbility:        {"yes", wafPage},
		domainAbility:     {"yes", albGuide("load-balancer-listeners.html")},
		mutualTLSAbility:  {"yes, verified or passed through", albGuide("mutual-authentication.html")},
		privateAbility:    {"yes, as an internal load balancer", balancer},
		staticIPAbility:   {"no; with Global Accelerator in front", albGuide("load-balancer-integrations.html")},
		httpAbility:       {"HTTP/1.1, and HTTP/2 over HTTPS", albGuide("load-balancer-listeners.html")},
		ipv6Ability:       {"yes, if set to dualstack", balancer},
		placeAbility:      {"the load balancer's Region", lambda},
		accessLogsAbility: {"yes: S3", balancer},
		canaryAbility:     {"yes, weighted target groups", weights},
		idleAbility:       {"per hour", hours},
	})
}

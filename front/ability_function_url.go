package front

// urlClaims: AWS's page on choosing between function URLs and API Gateway names
// what a URL lacks, and its configuration knows one auth type besides NONE.
func urlClaims() map[string]claim {
	config, choice, monitoring := lambdaGuide("urls-configuration.html"), lambdaGuide("furls-http-invoke-decision.html"), lambdaGuide("urls-monitoring.html")
	l := urlDoor().Limits
	return inRegion(map[string]claim{
		timeoutAbility:    {seconds(l.MaxTimeout) + ", Lambda's limit", lambdaPage},
		requestAbility:    {size(l.RequestBytes) + ", Lambda's limit", lambdaPage},
		answerAbility:     {size(l.ResponseBytes) + "; 200 MB streamed", lambdaGuide("config-rs-invoke-furls.html")},
		streamAbility:     {"yes, invoke mode RESPONSE_STREAM", lambdaGuide("config-rs-invoke-furls.html")},
		webSocketAbility:  {"no (unconfirmed)", lambdaGuide("urls-invocation.html")},
		authAbility:       {"IAM, or none", config},
		keysAbility:       {"no", config},
		throttleAbility:   {"no, reserved concurrency caps all clients", config},
		validateAbility:   {"no", choice},
		cacheAbility:      {"no", choice},
		wafAbility:        {"no", wafPage},
		domainAbility:     {"no", choice},
		mutualTLSAbility:  {"no (unconfirmed)", config},
		privateAbility:    {"no, through the public internet only", config},
		staticIPAbility:   {"no (unconfirmed)", config},
		httpAbility:       {notFound, lambdaGuide("urls-invocation.html")},
		ipv6Ability:       {"yes, dual stack", config},
		placeAbility:      {"one Region; not offered in all of them", config},
		accessLogsAbility: {"only CloudTrail data events, if turned on", monitoring},
		canaryAbility:     {"yes, on an alias with weights", lambdaGuide("configuration-aliases.html")},
		idleAbility:       {"none (unconfirmed)", choice},
	})
}

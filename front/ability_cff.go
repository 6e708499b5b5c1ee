package front

import "maps"

// cffClaims is a distribution whose function answers in CloudFront itself: what
// CloudFront does is the same as with Lambda@Edge, what the function may is less.
func cffClaims() map[string]claim {
	restrictions := edgeGuide("cloudfront-function-restrictions.html")
	choosing := edgeGuide("edge-functions-choosing.html")
	l := cffDoor().Limits
	claims := edgeClaims(EdgeViewerRequest)
	maps.Copy(claims, map[string]claim{
		timeoutAbility:  {"under 1 ms for the function", choosing},
		requestAbility:  {"the function does not see the body", restrictions},
		answerAbility:   {size(l.ResponseBytes) + " (unconfirmed)", edgeGuide("cloudfront-limits.html")},
		placeAbility:    {"at CloudFront's edge locations", choosing},
		runtimesAbility: {"JavaScript, restricted; 10 KB of code", choosing},
	})
	return claims
}

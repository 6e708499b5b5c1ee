package front

import _ "embed" // the template

//go:embed nonproxy.vtl
var requestTemplate string

// RequestTemplate is the request template of a non-proxy integration in Velocity's
// language, of whose output nonProxyEvent is the Go. The deployed API has this text.
//
// It is the console's Method Request Passthrough
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html)
// with these differences. What only callers with a key, a signature or an authorizer
// have is left out of context, API keys first of all; path, protocol and
// request-time-epoch are added; account-id is the API owner's, where the console has
// the caller's. Names and values are escaped alike, and the \' that
// $util.escapeJavaScript makes is undone, as the page advises, since it is no JSON.
// "$!" writes nothing for a caller without a User-Agent.
func RequestTemplate() string { return requestTemplate }

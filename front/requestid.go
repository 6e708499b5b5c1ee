package front

// RequestIDFields are the fields of an answer in which a front of the kind names its
// own id of the request, the best first; nil is a front that names none. The id is
// what AWS Support and the front's own logs know a request by; a Lambda request id is
// another.
func (k Kind) RequestIDFields() []string {
	switch {
	case k.REST():
		// The extended id is API Gateway's alone; a caller may set the other one
		// (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html).
		return []string{"X-Amz-Apigw-Id", "X-Amzn-Requestid"}
	case k == APIGatewayHTTP:
		// The value is $context.requestId of the access log (unconfirmed: AWS's page of
		// those variables names no field; answers have it).
		return []string{"Apigw-Requestid"}
	case k == FunctionURL:
		// As of every API of Lambda's (unconfirmed for function URLs: answers have it).
		return []string{"X-Amzn-Requestid"}
	case k.CloudFront():
		// x-edge-request-id of the access log
		// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html).
		return []string{"X-Amz-Cf-Id"}
	}
	return nil // ALB tells the target by X-Amzn-Trace-Id, and the client nothing
}

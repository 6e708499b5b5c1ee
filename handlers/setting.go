package handlers

import "os"

// setting is a variable of the function's environment, or the constant that stands
// in the code. CloudFront refuses a function that has variables, so at the edge it
// is always the constant:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
func setting(name, constant string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return constant
}

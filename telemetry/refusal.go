package telemetry

import (
	"errors"

	"github.com/aws/smithy-go"

	"frontdoor/awscall"
)

// refusal is what AWS answered, in a few words; false when the error is no answer of
// AWS's, which is about not being able to ask at all.
func refusal(err error) (string, bool) {
	var refused smithy.APIError
	if !errors.As(err, &refused) {
		return "", false
	}
	var f *awscall.Failure
	if errors.As(awscall.Explain(err), &f) {
		return f.Words(), true
	}
	return refused.ErrorCode() + ": " + awscall.Unquoted(refused.ErrorMessage()), true
}

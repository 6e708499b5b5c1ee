package apply

import (
	"errors"

	"github.com/aws/smithy-go"
)

// codeOf is the code of an error of AWS's, or "".
func codeOf(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

package cloudwatch

import (
	"fmt"
	"strings"

	"frontdoor/lab/fault"
	"frontdoor/lab/sigv4"
)

// apiError is an error as CloudWatch answers it: the exception's shape, the
// code of the Query protocol that older clients know it by, and the message.
type apiError struct {
	shape, code, message string
	status               int
}

func (e *apiError) Error() string { return e.code + ": " + e.message }

func invalidValue(format string, a ...any) *apiError {
	return &apiError{"InvalidParameterValueException", "InvalidParameterValue", fmt.Sprintf(format, a...), 400}
}

func invalidCombination(format string, a ...any) *apiError {
	return &apiError{"InvalidParameterCombinationException", "InvalidParameterCombination", fmt.Sprintf(format, a...), 400}
}

func missing(parameter string) *apiError {
	return &apiError{"MissingRequiredParameterException", "MissingParameter",
		fmt.Sprintf("The parameter %s is required.", parameter), 400}
}

// validation is what AWS answers when the request breaks a limit of the model.
func validation(format string, a ...any) *apiError {
	return &apiError{"ValidationException", "ValidationError", fmt.Sprintf(format, a...), 400}
}

func invalidToken() *apiError {
	return &apiError{"InvalidNextToken", "InvalidNextToken", "The token does not belong to this request", 400}
}

func unknownOperation(name string) *apiError {
	return &apiError{"UnknownOperationException", "InvalidAction",
		fmt.Sprintf("The lab's CloudWatch does not serve the operation %q", name), 400}
}

func unsigned() *apiError {
	return &apiError{"MissingAuthenticationTokenException", "MissingAuthenticationToken",
		"The request names no Region: it has no SigV4 Authorization header", 403}
}

// refused is the answer to a signature that will not do, with the status of the Query
// protocol (that of the others is unconfirmed).
func refused(r *sigv4.Refusal) *apiError {
	return &apiError{r.Code(), r.QueryCode(), r.Message, 403}
}

// faulty is the error of a fault. The Query protocol's codes are those without Exception.
func faulty(f fault.Fault) *apiError {
	return &apiError{f.Code, strings.TrimSuffix(f.Code, "Exception"), f.Message, f.Status}
}

func malformed(err error) *apiError {
	return &apiError{"SerializationException", "MalformedInput", err.Error(), 400}
}

func internal(err error) *apiError {
	return &apiError{"InternalServiceFault", "InternalServiceError", err.Error(), 500}
}

// fault is who is to blame, in the words of the x-amzn-query-error header.
func (e *apiError) fault() string {
	if e.status >= 500 {
		return "Receiver"
	}
	return "Sender"
}

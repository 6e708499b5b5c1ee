package dynamodb

import "fmt"

// Error is an error as DynamoDB answers it.
type Error struct {
	Code    string // ValidationException and its kin
	Message string
	Item    Item // of a failed condition, where the caller asked for it
	status  int
}

func (e *Error) Error() string { return e.Code + ": " + e.Message }

// shape is the absolute id of the exception, as AWS writes it.
func (e *Error) shape() string {
	switch e.Code {
	case "ValidationException":
		return "com.amazon.coral.validate#" + e.Code
	case "SerializationException", "UnknownOperationException", "MissingAuthenticationTokenException":
		return "com.amazon.coral.service#" + e.Code
	}
	return "com.amazonaws.dynamodb.v20120810#" + e.Code
}

func validation(format string, a ...any) *Error {
	return &Error{Code: "ValidationException", Message: fmt.Sprintf(format, a...), status: 400}
}

func serialization(err error) *Error {
	return &Error{Code: "SerializationException", Message: err.Error(), status: 400}
}

// notFound is the answer to a table that is not in the Region.
func notFound() *Error {
	return &Error{Code: "ResourceNotFoundException", Message: "Requested resource not found", status: 400}
}

func describeNotFound(table string) *Error {
	return &Error{Code: "ResourceNotFoundException", Message: "Requested resource not found: Table: " + table + " not found", status: 400}
}

func conditionFailed(item Item) *Error {
	return &Error{Code: "ConditionalCheckFailedException", Message: "The conditional request failed", Item: item, status: 400}
}

func unknownOperation(name string) *Error {
	return &Error{Code: "UnknownOperationException", Message: fmt.Sprintf("the lab's DynamoDB does not serve the operation %q", name), status: 400}
}

func unsigned() *Error {
	return &Error{Code: "MissingAuthenticationTokenException", status: 400,
		Message: "Request must contain either a valid (registered) AWS access key ID or X.509 certificate."}
}

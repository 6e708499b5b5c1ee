package logs

import "fmt"

// apiError is an error as CloudWatch Logs answers it.
type apiError struct {
	shape, message string
	status         int
	compile        *compileError
}

// compileError says where a query is wrong, counted in characters from 0.
type compileError struct {
	Location struct {
		StartCharOffset int `json:"startCharOffset"`
		EndCharOffset   int `json:"endCharOffset"`
	} `json:"location"`
	Message string `json:"message"`
}

func (e *apiError) Error() string { return e.shape + ": " + e.message }

func invalid(format string, a ...any) *apiError {
	return &apiError{shape: "InvalidParameterException", message: fmt.Sprintf(format, a...), status: 400}
}

func notFound(format string, a ...any) *apiError {
	return &apiError{shape: "ResourceNotFoundException", message: fmt.Sprintf(format, a...), status: 400}
}

// malformedQuery is the answer to a query that cannot be run. The exception is AWS's, the
// words are the lab's: AWS's own are those of its parser
// (https://github.com/boto/boto3/issues/3450).
func malformedQuery(start, end int, format string, a ...any) *apiError {
	e := &apiError{shape: "MalformedQueryException", message: fmt.Sprintf(format, a...), status: 400, compile: &compileError{}}
	e.compile.Message, e.compile.Location.StartCharOffset, e.compile.Location.EndCharOffset = e.message, start, end
	return e
}

func unknownOperation(name string) *apiError {
	return &apiError{shape: "UnknownOperationException", message: fmt.Sprintf("The lab's CloudWatch Logs does not serve the operation %q", name), status: 400}
}

func unsigned() *apiError {
	return &apiError{shape: "MissingAuthenticationTokenException", message: "Missing Authentication Token", status: 400}
}

func malformed(err error) *apiError {
	return &apiError{shape: "SerializationException", message: err.Error(), status: 400}
}

func internal(err error) *apiError {
	return &apiError{shape: "ServiceUnavailableException", message: err.Error(), status: 500}
}

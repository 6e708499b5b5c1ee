package apply

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
)

// explained adds what to do to an error about who calls or what they may: the SDK says
// the what only. Others are returned as they are.
func explained(err error) error {
	var signing *v4.SigningError
	switch code := codeOf(err); {
	case errors.As(err, &signing), strings.Contains(err.Error(), "failed to refresh cached credentials"):
		return fmt.Errorf("no AWS credentials: %w\nhint: bench doctor says what is missing", err)
	case slices.Contains(refusedCredentials(), code):
		return fmt.Errorf("AWS refuses the credentials: %w\nhint: sign in again; bench doctor says whether they work", err)
	case slices.Contains([]string{"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}, code):
		return fmt.Errorf("%w\nhint: bench doctor says which permissions are missing", err)
	}
	return err
}

// refusedCredentials are the codes of credentials that are unknown, wrong or expired.
// https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
func refusedCredentials() []string {
	return []string{"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException",
		"SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "MissingAuthenticationToken", "RequestExpired"}
}

// codeOf is the code of an error of AWS's, or "".
func codeOf(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

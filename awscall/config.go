package awscall

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go/logging"
)

// Load is the SDK's own configuration, of variables, profiles and roles, with a logger
// that says nothing: the SDK's would write to stderr of what it tries on its way to
// credentials, and of attempts that a further one makes good. learn is told the
// credentials whenever a call is signed with them, and before it is sent, so that nothing
// is asked for that no call needs; nil is nobody.
func Load(ctx context.Context, learn func(secrets ...string), options ...func(*config.LoadOptions) error) (aws.Config, error) {
	options = append([]func(*config.LoadOptions) error{config.WithLogger(logging.Nop{})}, options...)
	c, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return c, fmt.Errorf("load the AWS configuration: %w", Explain(err))
	}
	if learn != nil && c.Credentials != nil {
		c.Credentials = told{c.Credentials, learn}
	}
	return c, nil
}

// told tells of the credentials that it hands on.
type told struct {
	from  aws.CredentialsProvider
	learn func(secrets ...string)
}

var _ aws.CredentialsProvider = told{}

func (t told) Retrieve(ctx context.Context) (aws.Credentials, error) {
	c, err := t.from.Retrieve(ctx)
	if err == nil {
		t.learn(c.SecretAccessKey, c.SessionToken, c.AccessKeyID)
	}
	return c, err
}

// IsCredentialsProvider lets the SDK see through to whether there are any: it does not
// sign for anonymous ones.
func (t told) IsCredentialsProvider(target aws.CredentialsProvider) bool {
	return aws.IsCredentialsProvider(t.from, target)
}

// ProviderSources is for the user agent.
func (t told) ProviderSources() []aws.CredentialSource {
	if from, ok := t.from.(aws.CredentialProviderSource); ok {
		return from.ProviderSources()
	}
	return nil
}

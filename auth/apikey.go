package auth

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"

	"frontdoor/awscall"
)

func (l Lookup) apiKey(ctx context.Context, k APIKey) (Signer, error) {
	return l.header(ctx, "api_key", "X-Api-Key", "", func(ctx context.Context) (lease[string], error) {
		if k.ID != "" {
			value, err := l.gatewayKey(ctx, k)
			return lease[string]{value: value}, err
		}
		value, err := l.secret(ctx, k.Source)
		return lease[string]{value: value}, err
	})
}

// gatewayKey is the value of a key, which API Gateway tells who may read it:
// https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKey.html
func (l Lookup) gatewayKey(ctx context.Context, k APIKey) (string, error) {
	c, err := awscall.Load(ctx, l.Known.Add, config.WithRegion(k.Region))
	if err != nil {
		return "", err
	}
	out, err := apigateway.NewFromConfig(c).GetApiKey(ctx, &apigateway.GetApiKeyInput{ApiKey: &k.ID, IncludeValue: aws.Bool(true)})
	if err != nil {
		return "", fmt.Errorf("fetch key %q of API Gateway in %s: %w", k.ID, k.Region, awscall.Explain(err))
	}
	value := aws.ToString(out.Value)
	l.Known.Add(value)
	switch err := checked(value); {
	case err != nil:
		return "", fmt.Errorf("key %q of API Gateway in %s %w", k.ID, k.Region, err)
	case !out.Enabled:
		return "", fmt.Errorf("key %q of API Gateway in %s is not enabled", k.ID, k.Region)
	}
	return value, nil
}

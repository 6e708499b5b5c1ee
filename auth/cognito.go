package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	cognito "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"

	"frontdoor/awscall"
)

// pool is a user of a user pool, signed in.
type pool struct {
	Cognito
	lookup  Lookup
	client  *cognito.Client
	refresh string // token; "" before the first signing in
}

// cognito signs in and sends a token. A user pool says Bearer of its tokens itself
// (TokenType), and API Gateway takes them with and without:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
func (l Lookup) cognito(ctx context.Context, c Cognito) (Signer, error) {
	// InitiateAuth is not signed: whoever signs in has no credentials yet.
	loaded, err := awscall.Load(ctx, nil, config.WithRegion(c.Region), config.WithCredentialsProvider(aws.AnonymousCredentials{}))
	if err != nil {
		return nil, err
	}
	p := &pool{Cognito: c, lookup: l, client: cognito.NewFromConfig(loaded)}
	return l.header(ctx, "cognito", "Authorization", "Bearer ", p.fetch)
}

// fetch takes new tokens by the refresh token, or else by the password: a pool may
// rotate refresh tokens, and then refuses REFRESH_TOKEN_AUTH.
// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
func (p *pool) fetch(ctx context.Context) (lease[string], error) {
	if p.refresh != "" {
		if got, err := p.initiate(ctx, types.AuthFlowTypeRefreshTokenAuth, map[string]string{"REFRESH_TOKEN": p.refresh}); err == nil {
			return got, nil
		}
	}
	name, err := p.lookup.read(ctx, p.Username)
	if err != nil {
		return lease[string]{}, fmt.Errorf("username: %w", err)
	}
	password, err := p.lookup.secret(ctx, p.Password)
	if err != nil {
		return lease[string]{}, fmt.Errorf("password: %w", err)
	}
	return p.initiate(ctx, types.AuthFlowTypeUserPasswordAuth, map[string]string{"USERNAME": name, "PASSWORD": password})
}

// initiate calls
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
func (p *pool) initiate(ctx context.Context, flow types.AuthFlowType, parameters map[string]string) (lease[string], error) {
	out, err := p.client.InitiateAuth(ctx, &cognito.InitiateAuthInput{AuthFlow: flow, ClientId: &p.ClientID, AuthParameters: parameters})
	if err != nil {
		return lease[string]{}, fmt.Errorf("sign in at the user pool in %s: %w", p.Region, err)
	}
	got := out.AuthenticationResult
	if got == nil {
		return lease[string]{}, fmt.Errorf("sign in at the user pool in %s: it asks for %s, which bench cannot answer", p.Region, out.ChallengeName)
	}
	for _, token := range []*string{got.IdToken, got.AccessToken, got.RefreshToken} {
		p.lookup.Known.AddToken(aws.ToString(token))
	}
	if got.RefreshToken != nil {
		p.refresh = *got.RefreshToken
	}
	token := aws.ToString(got.IdToken)
	if p.Access {
		token = aws.ToString(got.AccessToken)
	}
	if checked(token) != nil {
		return lease[string]{}, errors.New("the user pool answered without the token that is to be sent")
	}
	now := p.lookup.now()
	return lasting(token, now, now.Add(time.Duration(got.ExpiresIn)*time.Second)), nil
}

// Package auth lets requests prove who they are: by Signature Version 4, an API key of
// API Gateway, a bearer token, or a user of a Cognito user pool. Secrets are looked up
// once, before anything is sent, and renewed before they expire. No error holds one, and
// a Redactor knows them all, for text that others wrote.
package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"frontdoor/awscall"
)

// Signer puts into a request what proves who the caller is. It may be used by many
// goroutines. Its error holds no secret.
type Signer func(*http.Request) error

// Spec says how requests to one front prove who they are; what is nil is not used. Of
// Bearer, IAM and Cognito, which all write the header Authorization, one is set at most.
type Spec struct {
	APIKey  *APIKey
	Bearer  *Bearer
	IAM     *IAM
	Cognito *Cognito
}

// Source is where a secret is found: a variable of the environment, or what a command
// prints. Exactly one is set.
type Source struct {
	Env     string
	Command []string
}

// APIKey is sent as x-api-key. With ID the value of that key is fetched from API Gateway.
type APIKey struct {
	Source
	ID     string
	Region string // of ID
}

// Bearer is sent as Authorization: Bearer TOKEN. Refresh is how long a token of a
// command is used that does not tell itself when it expires; 0 is for ever.
type Bearer struct {
	Source
	Refresh time.Duration
}

// IAM signs by Signature Version 4, with the credentials of a profile, or of the SDK's
// default chain when Profile is "".
type IAM struct {
	Service string // the signing name, "execute-api" or "lambda"
	Region  string
	Profile string
}

// Cognito signs in by USER_PASSWORD_AUTH. Access chooses the access token in place of
// the id token.
type Cognito struct {
	ClientID string
	Region   string
	Username Source
	Password Source
	Access   bool
}

// Lookup finds secrets.
type Lookup struct {
	Getenv func(string) string
	Dir    string           // commands with a slash are found from there, and run there
	Now    func() time.Time // nil is time's
	// Known is told every secret that is found.
	Known *Redactor
	// Failed is told, from any goroutine, of each renewal that failed; nil is nobody.
	Failed func(error)
}

// Signer looks up what the spec needs and returns what signs with it, nil of an empty
// spec.
func (l Lookup) Signer(ctx context.Context, s Spec) (Signer, error) {
	var signers []Signer
	for _, one := range []struct {
		name   string
		set    bool
		signer func(context.Context) (Signer, error)
	}{
		{"api_key", s.APIKey != nil, func(ctx context.Context) (Signer, error) { return l.apiKey(ctx, *s.APIKey) }},
		{"bearer", s.Bearer != nil, func(ctx context.Context) (Signer, error) { return l.bearer(ctx, *s.Bearer) }},
		{"cognito", s.Cognito != nil, func(ctx context.Context) (Signer, error) { return l.cognito(ctx, *s.Cognito) }},
		{"iam", s.IAM != nil, func(ctx context.Context) (Signer, error) { return l.iam(ctx, *s.IAM) }}, // last: it signs the others' headers
	} {
		if !one.set {
			continue
		}
		signer, err := one.signer(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.name, l.clean(err))
		}
		signers = append(signers, signer)
	}
	return inOrder(signers), nil
}

func inOrder(signers []Signer) Signer {
	if len(signers) == 0 {
		return nil
	}
	return func(r *http.Request) error {
		for _, sign := range signers {
			if err := sign(r); err != nil {
				return err
			}
		}
		return nil
	}
}

// clean is err without secrets, whatever AWS or the system put into it. It wraps
// nothing: who unwraps would find them.
func (l Lookup) clean(err error) error {
	text := l.Known.Redact(err.Error())
	if kind := awscall.KindOf(err); kind != awscall.Refused {
		return &awscall.Failure{Kind: kind, What: text} // who can mend it, and nothing else of it
	}
	return errors.New(text)
}

func (l Lookup) now() time.Time {
	if l.Now != nil {
		return l.Now()
	}
	return time.Now()
}

// header signs by one header, whose value way finds and renews.
func (l Lookup) header(ctx context.Context, way, name, prefix string, fetch func(context.Context) (lease[string], error)) (Signer, error) {
	h := newHeld(l, way, fetch)
	if _, err := h.get(ctx); err != nil {
		return nil, err
	}
	return func(r *http.Request) error {
		value, err := h.get(r.Context())
		if err != nil {
			return err
		}
		r.Header.Set(name, prefix+value)
		return nil
	}, nil
}

// checked is a value that a header can carry.
func checked(value string) error {
	switch {
	case value == "":
		return errors.New("is empty")
	case strings.ContainsFunc(value, func(c rune) bool { return c < ' ' || c == 0x7f }):
		return errors.New("has a line break or another control character, which no header may have")
	}
	return nil
}

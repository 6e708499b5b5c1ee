package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/config"

	"frontdoor/awscall"
)

// iam signs by Signature Version 4:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
func (l Lookup) iam(ctx context.Context, i IAM) (Signer, error) {
	options := []func(*config.LoadOptions) error{config.WithRegion(i.Region),
		config.WithCredentialsCacheOptions(func(o *aws.CredentialsCacheOptions) { o.ExpiryWindow = renewEarly })}
	if i.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(i.Profile))
	}
	c, err := awscall.Load(ctx, l.Known.Add, options...)
	if err != nil {
		return nil, err
	}
	h := newHeld(l, "iam", func(ctx context.Context) (lease[aws.Credentials], error) {
		got, err := c.Credentials.Retrieve(ctx)
		if err != nil {
			return lease[aws.Credentials]{}, fmt.Errorf("find AWS credentials: %s", awscall.Unquoted(err.Error()))
		}
		if !got.CanExpire {
			return lease[aws.Credentials]{value: got}, nil
		}
		// The cache has taken its window off already, and fetches others from then on.
		return lease[aws.Credentials]{got, got.Expires, got.Expires.Add(renewEarly)}, nil
	})
	if _, err := h.get(ctx); err != nil {
		return nil, err
	}
	signer := v4.NewSigner()
	return func(r *http.Request) error {
		got, err := h.get(r.Context())
		if err != nil {
			return err
		}
		return sign(signer, got, r, i.Service, i.Region, l.now())
	}, nil
}

// sign signs a request that is complete but for it. What it carries of an earlier
// signature is dropped: a scenario may have it for the lab.
func sign(signer *v4.Signer, c aws.Credentials, r *http.Request, service, region string, at time.Time) error {
	for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} {
		r.Header.Del(name)
	}
	hash, err := bodyHash(r)
	if err != nil {
		return err
	}
	signed := r.WithContext(r.Context()) // which shares the headers
	if signed.URL, err = normalised(r.URL); err != nil {
		return err
	}
	if err := signer.SignHTTP(r.Context(), c, signed, hash, service, region, at); err != nil {
		return err
	}
	r.URL.RawQuery = signed.URL.RawQuery // in the order and the encoding that are signed
	return nil
}

// normalised is the address whose path is signed: AWS takes out doubled slashes and dots
// before it verifies, and the SDK, whose own paths have none, does not.
func normalised(u *url.URL) (*url.URL, error) {
	copied := *u
	clean := path.Clean("/" + u.EscapedPath())
	if strings.HasSuffix(u.EscapedPath(), "/") && clean != "/" {
		clean += "/"
	}
	decoded, err := url.PathUnescape(clean)
	copied.Path, copied.RawPath = decoded, clean
	return &copied, err
}

// bodyHash is the SHA-256 of the body, which is read from a copy of its own.
func bodyHash(r *http.Request) (string, error) {
	sum := sha256.New()
	if r.Body != nil && r.Body != http.NoBody {
		if r.GetBody == nil {
			return "", fmt.Errorf("iam: the body of a %s request cannot be read twice", r.Method)
		}
		body, err := r.GetBody()
		if err != nil {
			return "", fmt.Errorf("iam: read the body: %w", err)
		}
		defer body.Close()
		if _, err := io.Copy(sum, body); err != nil {
			return "", fmt.Errorf("iam: read the body: %w", err)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

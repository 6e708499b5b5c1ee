package auth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"
)

func (l Lookup) bearer(ctx context.Context, b Bearer) (Signer, error) {
	return l.header(ctx, "bearer", "Authorization", "Bearer ", func(ctx context.Context) (lease[string], error) {
		token, err := l.secret(ctx, b.Source)
		if err != nil {
			return lease[string]{}, err
		}
		now, until := l.now(), expiry(token)
		if !until.IsZero() && !now.Before(until) {
			return lease[string]{}, fmt.Errorf("the token has expired at %s", until.UTC().Format(time.RFC3339))
		}
		got := lasting(token, now, until)
		if len(b.Command) == 0 {
			got.renew = time.Time{} // a variable does not change
		} else if again := now.Add(b.Refresh); b.Refresh > 0 && (got.renew.IsZero() || again.Before(got.renew)) {
			got.renew = again
		}
		return got, nil
	})
}

// expiry is what a JSON Web Token says in exp, the zero time of other tokens. Its
// signature is not looked at: that is the front's part.
// https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4
func expiry(token string) time.Time {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return time.Time{}
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	var claims struct {
		Exp *float64 `json:"exp"`
	}
	if err != nil || json.Unmarshal(text, &claims) != nil || claims.Exp == nil || math.Abs(*claims.Exp) > 1<<40 {
		return time.Time{}
	}
	return time.Unix(int64(*claims.Exp), 0)
}

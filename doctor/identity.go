package doctor

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// How far the clocks may be apart. AWS refuses signatures that are more than five minutes
// old (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html),
// though the SDK corrects for it; metrics and REPORT lines are looked up by the minute,
// so that less is a nuisance. The header Date has whole seconds.
const (
	skewRefused = 5 * time.Minute
	skewNoted   = 5 * time.Second
)

// identity asks AWS who the caller is, which needs no permission, and what time it is.
func (r *Report) identity(ctx context.Context, cfg aws.Config) error {
	out, err := sts.NewFromConfig(at(cfg, home)).GetCallerIdentity(ctx, nil)
	if err != nil {
		return refused(err)
	}
	r.Account, r.ARN = aws.ToString(out.Account), aws.ToString(out.Arn)
	server, ok := awsmiddleware.GetServerTime(out.ResultMetadata)
	local, okLocal := awsmiddleware.GetResponseAt(out.ResultMetadata)
	if !ok || !okLocal {
		r.add("clock", Unknown, "", "AWS's answer has no time")
		return nil
	}
	skew := local.Sub(server)
	switch off := skew.Abs().Round(time.Second); {
	case off > skewRefused:
		r.add("clock", Missing, "set it, by NTP or your system's settings", "this machine's clock is %s AWS's by %s: signatures are refused", side(skew), off)
	case off > skewNoted:
		r.add("clock", Warning, "set it, by NTP or your system's settings", "this machine's clock is %s AWS's by %s: metrics of a run's minutes are looked for too %s", side(skew), off, sooner(skew))
	default:
		r.add("clock", OK, "", "agrees with AWS's within %s", skewNoted)
	}
	return nil
}

func side(skew time.Duration) string {
	if skew < 0 {
		return "behind"
	}
	return "ahead of"
}

func sooner(skew time.Duration) string {
	if skew < 0 {
		return "early"
	}
	return "late"
}

// regions asks AWS's own STS of each Region, which takes the credentials where the
// account has the Region enabled, and needs no permission:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
func (r *Report) regions(ctx context.Context, cfg aws.Config, regions []string) {
	const help = "enable them under Account, AWS Regions, or deploy elsewhere"
	var enabled, not []string
	for _, region := range regions {
		_, err := sts.NewFromConfig(at(cfg, region)).GetCallerIdentity(ctx, nil)
		switch {
		case err == nil:
			enabled = append(enabled, region)
		case codeOf(err) == "InvalidClientTokenId":
			not = append(not, region)
		default:
			r.add("regions", Unknown, "", "%s: %s", region, because(err))
		}
	}
	if not != nil {
		r.add("regions", Missing, help, "not enabled in this account, or closed to this session's tokens: %s", strings.Join(not, ", "))
	}
	if enabled != nil {
		r.add("regions", OK, "", "enabled: %s", strings.Join(enabled, ", "))
	}
}

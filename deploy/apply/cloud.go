package apply

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"frontdoor/awscall"
)

// Global is the Region in which AWS keeps what is in none: roles, distributions, and
// the functions of Lambda@Edge.
const Global = "us-east-1"

// Cloud is an AWS account, through the SDK's own configuration: profiles, variables
// and AWS_ENDPOINT_URL are the SDK's.
type Cloud struct {
	Account string // twelve digits

	cfg  aws.Config
	pace Pace

	mu  sync.Mutex // of say: stacks are at work at the same time
	say func(string)
}

// Pace is how long things are waited for. What is zero is as it says.
type Pace struct {
	Poll   time.Duration // between two looks at the same thing, at first: 5 s
	Stack  time.Duration // for one stack: 60 min, since a distribution alone may take 15
	Answer time.Duration // for a front to answer once its stack stands: 10 min
	Settle time.Duration // for AWS to forget what was deleted: 3 min
	Retry  time.Duration // between two tries to delete a function that has replicas: 10 min
	Calls  int           // tries of one call that is throttled or fails on AWS's side: 10
}

func (p Pace) filled() Pace {
	for _, d := range []struct {
		of  *time.Duration
		def time.Duration
	}{{&p.Poll, 5 * time.Second}, {&p.Stack, time.Hour}, {&p.Answer, 10 * time.Minute}, {&p.Settle, 3 * time.Minute}, {&p.Retry, 10 * time.Minute}} {
		if *d.of == 0 {
			*d.of = d.def
		}
	}
	if p.Calls == 0 {
		p.Calls = 10
	}
	return p
}

// Open finds the account that the caller's credentials are of. say gets a line for
// each thing that is done, learn the credentials that calls are signed with, before they
// are sent; nil is nobody. The error is one of credentials, with what to do.
func Open(ctx context.Context, pace Pace, say func(string), learn func(secrets ...string)) (*Cloud, error) {
	pace = pace.filled()
	cfg, err := awscall.Load(ctx, learn, config.WithRetryer(func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts, o.MaxBackoff = pace.Calls, 4*pace.Poll
		})
	}))
	if err != nil {
		return nil, err
	}
	c := &Cloud{cfg: cfg, pace: pace, say: say}
	who, err := sts.NewFromConfig(cfg, func(o *sts.Options) { o.Region = Global }).GetCallerIdentity(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("ask AWS whose credentials these are: %w", awscall.Explain(err))
	}
	c.Account = aws.ToString(who.Account)
	return c, nil
}

func (c *Cloud) sayf(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.say(fmt.Sprintf(format, args...))
}

// sleep waits d or until the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func (c *Cloud) cloudformation(region string) *cloudformation.Client {
	return cloudformation.NewFromConfig(c.cfg, func(o *cloudformation.Options) { o.Region = region })
}

func (c *Cloud) cloudfront() *cloudfront.Client {
	return cloudfront.NewFromConfig(c.cfg, func(o *cloudfront.Options) { o.Region = Global })
}

func (c *Cloud) logs(region string) *cloudwatchlogs.Client {
	return cloudwatchlogs.NewFromConfig(c.cfg, func(o *cloudwatchlogs.Options) { o.Region = region })
}

func (c *Cloud) dynamodb(region string) *dynamodb.Client {
	return dynamodb.NewFromConfig(c.cfg, func(o *dynamodb.Options) { o.Region = region })
}

func (c *Cloud) s3(region string) *s3.Client {
	return s3.NewFromConfig(c.cfg, func(o *s3.Options) { o.Region = region })
}

func (c *Cloud) tagging(region string) *resourcegroupstaggingapi.Client {
	return resourcegroupstaggingapi.NewFromConfig(c.cfg, func(o *resourcegroupstaggingapi.Options) { o.Region = region })
}

func (c *Cloud) iam() *iam.Client {
	return iam.NewFromConfig(c.cfg, func(o *iam.Options) { o.Region = Global })
}

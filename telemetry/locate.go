package telemetry

import (
	"cmp"
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"

	"frontdoor/front"
	"frontdoor/record"
)

// edgeRegions are those that are asked for a function of Lambda@Edge. It runs near to the
// viewer, in a Region with a regional edge cache. AWS's guide does not list these; its
// price list has rates of Lambda@Edge for 15
// (https://b0.p.awsstatic.com/pricing/2.0/meteredUnitMaps/cloudfront/USD/current/cloudfront.json, 2025-04-25),
// and users of 2022 named 13 of them
// (https://docs.gruntwork.io/reference/modules/terraform-aws-lambda/lambda-edge-log-group/).
// Every account has all 15 without opting in.
func edgeRegions() []string {
	return []string{
		"ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1",
		"eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
	}
}

// LogGroup is where a function logs unless it was told otherwise; the function of
// Lambda@Edge has its prefix "us-east-1." in every Region:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
func LogGroup(function string) string { return "/aws/lambda/" + function }

// found lists the Regions that know a function of Lambda@Edge. A new metric may take 15
// minutes to be listed
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html),
// so its log groups count too. A Region that cannot be asked is a problem of the Region.
func (r *Reader) found(ctx context.Context, function string) ([]string, error) {
	var regions []string
	for _, region := range edgeRegions() {
		listed, err := r.hasMetrics(ctx, region, function)
		if err == nil && !listed {
			listed, err = r.hasLogs(ctx, region, function)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			text, _ := refusal(err)
			r.problem(region, "not asked for functions at the edge: %s", cmp.Or(text, err.Error()))
			continue
		}
		if listed {
			regions = append(regions, region)
		}
	}
	return regions, nil
}

func (r *Reader) hasMetrics(ctx context.Context, region, function string) (bool, error) {
	client, err := r.metricsOf(ctx, region)
	if err != nil {
		return false, err
	}
	r.in(region).ListCalls++
	out, err := client.ListMetrics(ctx, &cloudwatch.ListMetricsInput{Namespace: aws.String("AWS/Lambda"), MetricName: aws.String("Invocations"),
		Dimensions: []types.DimensionFilter{{Name: aws.String("FunctionName"), Value: aws.String(function)}}})
	return err == nil && len(out.Metrics) > 0, err
}

func (r *Reader) hasLogs(ctx context.Context, region, function string) (bool, error) {
	client, err := r.logsOf(ctx, region)
	if err != nil {
		return false, err
	}
	r.in(region).ListCalls++
	out, err := client.DescribeLogGroups(ctx, &cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: aws.String(LogGroup(function))})
	if err != nil {
		return false, err
	}
	for _, g := range out.LogGroups {
		if aws.ToString(g.LogGroupName) == LogGroup(function) {
			return true, nil
		}
	}
	return false, nil
}

// locate looks for the functions at the edge of which no Region was given.
func (r *Reader) locate(ctx context.Context, subjects []*subject) error {
	for _, s := range subjects {
		err := s.searched(func(f *record.Function) error {
			regions, err := r.found(ctx, f.Function)
			if err != nil {
				return err
			}
			r.known[f.Function] = regions
			f.In, f.AlsoIn = parted(regions)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func parted(regions []string) (first string, rest []string) {
	if len(regions) == 0 {
		return "", nil
	}
	return regions[0], slices.Clip(regions[1:])
}

// narrow keeps the Regions that counted invocations in the window, the one with the most
// first: a Region may have a function's log group, or its metrics of last week, and not
// have run it. Where none counted any, all are kept.
func (r *Reader) narrow(ctx context.Context, subjects []*subject) error {
	for _, s := range subjects {
		err := s.searched(func(f *record.Function) error {
			regions, err := r.counted(ctx, s.window, f.Function, joined(f.In, f.AlsoIn))
			f.In, f.AlsoIn = parted(regions)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func joined(first string, rest []string) []string {
	if first == "" {
		return nil
	}
	return append([]string{first}, rest...)
}

func (r *Reader) counted(ctx context.Context, w window, function string, regions []string) ([]string, error) {
	if len(regions) < 2 {
		return regions, nil
	}
	var asks []ask
	for _, region := range regions {
		own := source{"AWS/Lambda", region, dims("FunctionName", function)}
		asks = append(asks, ask{own.wants(nil, "Invocations", count, false, "Sum")[0], w, minuteS})
	}
	replies, err := r.readEach(ctx, asks)
	if err != nil {
		return nil, err
	}
	n := map[string]int64{}
	for i, region := range regions {
		n[region] = value(whole(combine("Sum", replies[i].values)))
	}
	kept := slices.DeleteFunc(slices.Clone(regions), func(region string) bool { return n[region] == 0 })
	if len(kept) == 0 {
		return regions, nil
	}
	slices.SortStableFunc(kept, func(a, b string) int { return cmp.Compare(n[b], n[a]) })
	return kept, nil
}

// functionsOf lists a front's functions of Lambda, its own first. A CloudFront Function
// is none.
func functionsOf(f record.Front) []record.Function {
	all := slices.Concat([]record.Function{{Kind: f.Kind, Function: f.Function, In: f.FunctionIn, AlsoIn: slices.Concat(f.Also, f.AlsoIn)}}, f.Further)
	return slices.DeleteFunc(all, func(one record.Function) bool { return one.Kind == front.CloudFrontFunction || one.Function == "" })
}

// unplaced names the functions at the edge of which no Region was given.
func unplaced(f record.Front) []string {
	var names []string
	for _, one := range functionsOf(f) {
		if one.Kind.Edge() && one.In == "" {
			names = append(names, one.Function)
		}
	}
	return names
}

// searched visits the functions at the edge that have to be looked for, and keeps what
// visit makes of their Regions.
func (s *subject) searched(visit func(*record.Function) error) error {
	if len(s.unplaced) == 0 {
		return nil
	}
	f := &s.front
	if slices.Contains(s.unplaced, f.Function) {
		own := record.Function{Function: f.Function, In: f.FunctionIn, AlsoIn: f.AlsoIn}
		if err := visit(&own); err != nil {
			return err
		}
		f.FunctionIn, f.AlsoIn = own.In, own.AlsoIn
	}
	f.Further = slices.Clone(f.Further)
	for i := range f.Further {
		if slices.Contains(s.unplaced, f.Further[i].Function) {
			if err := visit(&f.Further[i]); err != nil {
				return err
			}
		}
	}
	s.wanted = Metrics(*f)
	return nil
}

package pricing

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// The feeds are https://b0.p.awsstatic.com/pricing/2.0/meteredUnitMaps/<service>/USD/current/<service>.json,
// read in copies of 2025-03 to 2025-06 (github.com/QuinnyPig/aws-price-watcher).
// Prices as AWS's pages group them, by Region: us-east-1, us-west-2, eu-west-1,
// eu-central-1, ap-northeast-1. "-" is a price that no source gives.
func TestShippedRatesByRegion(t *testing.T) {
	book := shipped(t)
	regions := []string{"us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-northeast-1"}
	const same = "="
	for _, c := range []struct {
		meter Meter
		want  [5]string // bands, by Region; same as us-east-1
	}{
		// Feed lambda, 2025-06-17; us-west-2 2025-04-17.
		{LambdaRequests, [5]string{"0.0000002", same, same, same, same}},
		{LambdaGBSecondsX86, [5]string{"0.0000166667 0.000015 0.0000133334", same, same, same, same}},
		{LambdaGBSecondsARM, [5]string{"0.0000133334 0.0000120001 0.0000106667", same, same, same, same}},
		{LambdaProvisionedX86, [5]string{"0.0000041667", same, "0.000004646", "0.0000050147", "0.0000053835"}},
		{LambdaProvisionedARM, [5]string{"0.0000033334", same, "0.0000037168", "0.0000040118", "0.0000043068"}},
		{LambdaProvisionedDurationX86, [5]string{"0.0000097222", same, "0.0000108407", "0.0000117011", "0.0000125615"}},
		{LambdaProvisionedDurationARM, [5]string{"0.0000077778", same, "0.0000086726", "0.0000093609", "0.0000100492"}},
		{LambdaEphemeralGBSeconds, [5]string{"0.0000000309", same, "0.000000034", "0.0000000367", "0.000000037"}},
		{LambdaStreamedGB, [5]string{"0.008", same, same, same, same}},
		{LambdaSnapStartCacheGBSeconds, [5]string{"0.0000015046", same, same, same, same}},
		{LambdaSnapStartRestoredGB, [5]string{"0.0001397998", same, same, same, same}},
		{"lambda.esm_epu_hours.kafka", [5]string{"0.185", same, "0.207", "0.221", "0.238"}},
		{"lambda.esm_epu_hours.sqs", [5]string{"0.00925", "-", "-", "-", "-"}},
		{"lambda.tenant_isolation_gb", [5]string{"0.000167", "-", "-", "-", "-"}},
		{EdgeRequests, [5]string{"0.0000006", same, same, same, same}},
		{EdgeGBSeconds, [5]string{"0.00005001", same, same, same, same}},
		// Feed cloudfront, 2025-04-25; https://aws.amazon.com/cloudfront/pricing/ 2026.
		{"cloudfront.origin_shield_requests", [5]string{"0.00000075", same, "0.0000009", "0.0000009", "0.0000009"}},
		// Feed apigateway, 2025-06-05; us-west-2 2025-03-10.
		{RESTRequests, [5]string{"0.0000035 0.0000028 0.00000238 0.00000151", same, "0.0000035 0.00000319 0.00000271 0.00000172", "0.0000037 0.00000319 0.00000271 0.00000172", "0.00000425 0.00000353 0.000003 0.00000191"}},
		{HTTPRequests, [5]string{"0.000001 0.0000009", same, "0.00000111 0.000001", "0.0000012 0.00000108", "0.00000129 0.00000118"}},
		{WebSocketMessages, [5]string{"0.000001 0.0000008", same, "0.00000114 0.00000094", "0.00000114 0.00000094", "0.00000126 0.00000106"}},
		{WebSocketMinutes, [5]string{"0.00000025", same, "0.000000285", "0.000000285", "0.000000315"}},
		{CacheHours("0.5"), [5]string{"0.02", same, same, same, "0.028"}},
		{CacheHours("1.6"), [5]string{"0.038", same, same, same, "0.054"}},
		{CacheHours("6.1"), [5]string{"0.2", same, same, same, "0.245"}},
		{CacheHours("13.5"), [5]string{"0.25", same, same, same, "0.29"}},
		{CacheHours("28.4"), [5]string{"0.5", same, same, same, "0.56"}},
		{CacheHours("58.2"), [5]string{"1", same, same, same, "1.1"}},
		{CacheHours("118"), [5]string{"1.9", same, same, same, "2.2"}},
		{CacheHours("237"), [5]string{"3.8", same, same, same, "4.4"}},
		// Feed elb, 2025-06-05; us-west-2 2025-04-15.
		{ALBHours, [5]string{"0.0225", same, "0.0252", "0.027", "0.0243"}},
		{ALBLCUHours, [5]string{"0.008", same, same, same, same}},
		{"alb.reserved_lcu_hours", [5]string{"0.008", same, same, same, same}},
		{"alb.trust_store_hours", [5]string{"0.005", "0.0063", "0.0056", "0.006", "0.0054"}},
		{"nlb.hours", [5]string{"0.0225", same, "0.0252", "0.027", "0.0243"}},
		{"nlb.lcu_hours", [5]string{"0.006", same, same, same, same}},
		// Feed vpc, 2025-06-13; us-west-2 2025-05-10. NAT: price list 2026-09-06, the others unconfirmed.
		{IPv4Hours, [5]string{"0.005", same, same, same, same}},
		{"ipv4.idle_hours", [5]string{"0.005", same, same, same, same}},
		{"ipv4.contiguous_hours", [5]string{"0.008", same, same, same, same}},
		{"nat.hours", [5]string{"0.045", "-", "0.048", "0.052", "0.062"}},
		{"nat.processed_gb", [5]string{"0.045", "-", "0.048", "0.052", "0.062"}},
		{"vpc_endpoint.hours", [5]string{"0.01", same, "0.011", "0.012", "0.014"}},
		{"vpc_endpoint.processed_gb", [5]string{"0.01 0.006 0.004", same, same, same, same}},
		// Feed AWSDataTransfer, 2025-06.
		{EgressGB, [5]string{"0.09 0.085 0.07 0.05", same, same, same, "0.114 0.089 0.086 0.084"}},
		{"egress.cross_az_gb", [5]string{"0.01", "-", same, same, same}},
		{InterRegionGB("us-east-2"), [5]string{"0.01", "-", "0.02", "0.02", "0.09"}},
		{InterRegionGB("sa-east-1"), [5]string{"0.02", "-", "0.02", "0.02", "0.09"}},
		{InterRegionGB("ap-southeast-7"), [5]string{"0.08", "-", "0.08", "0.08", "0.09"}},
		{InterRegionGB("ca-west-1"), [5]string{"0.02", "-", "0.05", "0.05", "0.09"}},
		{InterRegionGB("eu-west-1"), [5]string{"0.02", "-", "-", "0.02", "0.09"}},
		// Feed dynamodb, 2025-06-05; us-west-2 2025-05-28.
		{DynamoDBReadUnits, [5]string{"0.000000125", same, "0.0000001415", "0.0000001525", "0.0000001425"}},
		{DynamoDBWriteUnits, [5]string{"0.000000625", same, "0.000000705", "0.0000007625", "0.000000715"}},
		{DynamoDBReplicatedWriteUnits, [5]string{"0.000000625", same, "0.000000705", "0.0000007625", "0.000000715"}},
		{DynamoDBStorageGBMonths, [5]string{"0.25", same, "0.283", "0.306", "0.285"}},
		{"dynamodb.streams_read_units", [5]string{"0.0000002", same, "0.000000226", "0.000000245", "0.000000228"}},
		// Feed s3, 2025-06-05; us-west-2 2025-04-10.
		{S3Gets, [5]string{"0.0000004", same, same, "0.00000043", "0.00000037"}},
		{S3Puts, [5]string{"0.000005", same, same, "0.0000054", "0.0000047"}},
		{S3StorageGBMonths, [5]string{"0.023 0.022 0.021", same, same, "0.0245 0.0235 0.0225", "0.025 0.024 0.023"}},
		// Feed cloudwatch, 2025-06-05.
		{LogsIngestedGB, [5]string{"0.5 0.25 0.1 0.05", same, "0.57 0.285 0.114 0.057", "0.63 0.315 0.126 0.063", "0.76 0.38 0.152 0.076"}},
		{LogsCustomIngestedGB, [5]string{"0.5", same, "0.57", "0.63", "0.76"}},
		{LogsStoredGBMonths, [5]string{"0.03", same, "0.03", "0.0324", "0.033"}},
		{"logs.insights_scanned_gb", [5]string{"0.005", same, "0.0057", "0.0063", "0.0076"}},
		{"logs.delivered_gb", [5]string{"0.25 0.15 0.075 0.05", same, "0.285 0.171 0.086 0.057", "0.285 0.171 0.086 0.057", "0.38 0.228 0.114 0.076"}},
		{GetMetricData, [5]string{"0.00001", same, same, same, same}},
		{"cloudwatch.api_requests", [5]string{"0.00001", same, same, same, same}},
		{"cloudwatch.metric_months", [5]string{"0.3 0.1 0.05 0.02", same, same, same, same}},
		{StandardAlarms, [5]string{"0.1", same, same, same, same}},
		{"cloudwatch.alarms.high_resolution", [5]string{"0.3", same, same, same, same}},
		{"cloudwatch.alarms.composite", [5]string{"0.5", same, same, same, same}},
		// Feed waf, 2025-06-12; us-west-2 2025-04-04.
		{WAFWebACLs, [5]string{"5", same, same, same, same}},
		{WAFRules, [5]string{"1", same, same, same, same}},
		{WAFRequests, [5]string{"0.0000006", same, same, same, same}},
		{"waf.requests.wcu_steps", [5]string{"0.0000002", same, same, same, same}},
		{"waf.requests.body_steps", [5]string{"0.0000003", same, same, same, same}},
	} {
		for i, region := range regions {
			want := c.want[i]
			if want == same {
				want = c.want[0]
			}
			if got := prices(book, c.meter, region, NewDate(2026, time.November, 1)); got != want {
				t.Errorf("%s in %s: %s, want %s", c.meter, region, got, want)
			}
		}
	}
}

// prices are the bands of a meter, "-" when the book has none.
func prices(b *Book, m Meter, region string, day Date) string {
	rates, err := b.Rates(m, region, day)
	if err != nil {
		return "-"
	}
	var bands []string
	for _, r := range rates {
		bands = append(bands, r.USD.String())
	}
	return strings.Join(bands, " ")
}

// Feeds route53 2025-06-05, cloudfront 2025-04-25 and cognito 2025-03-07;
// https://aws.amazon.com/cloudfront/pricing/ 2026.
func TestShippedGlobalRates(t *testing.T) {
	book := shipped(t)
	for meter, want := range map[Meter]string{
		CFFInvocations:                               "0.0000001",
		"cloudfront.kvs_reads":                       "0.00000003",
		"cloudfront.kvs_api_operations":              "0.001",
		CloudFrontInvalidationPaths:                  "0.005",
		"cloudfront.realtime_log_lines":              "0.00000001",
		"cloudfront.field_level_encryption_requests": "0.000002",
		"cloudfront.dedicated_ip_months":             "600",
		"cloudfront.tenant_months":                   "0.1",
		Route53Zones:                                 "0.5 0.1",
		Route53StandardQueries:                       "0.0000004 0.0000002",
		Route53LatencyQueries:                        "0.0000006 0.0000003",
		Route53GeoQueries:                            "0.0000007 0.00000035",
		"route53.queries.geoproximity":               "0.0000007 0.00000035",
		"route53.queries.ip":                         "0.0000008 0.0000004",
		"route53.queries.alias":                      "0",
		"route53.health_checks.aws":                  "0.5",
		"route53.health_checks.other":                "0.75",
		"route53.health_check_options.aws":           "1",
		"route53.health_check_options.other":         "2",
		"route53.policy_records":                     "50",
		"route53.cidr_blocks":                        "0 0.0015",
		CognitoMAU:                                   "0.0055 0.0046 0.00325 0.0025",
		"cognito.mau.essentials":                     "0.015",
		"cognito.mau.plus":                           "0.02",
		"cognito.mau.federated":                      "0.015",
		"cognito.mau.advanced_security":              "0.05 0.035 0.02 0.015 0.01",
		"cognito.m2m.clients":                        "6 3 1.5",
		"cognito.m2m.tokens":                         "0.00225 0.0015 0.001125",
	} {
		if got := prices(book, meter, Global, NewDate(2026, time.November, 1)); got != want {
			t.Errorf("%s: %s, want %s", meter, got, want)
		}
	}
}

// Prices on either side of a change, with the announcement of each.
func TestShippedRatesByDate(t *testing.T) {
	book := shipped(t)
	for _, c := range []struct {
		meter       Meter
		region, day string
		want        string
	}{
		// Tiers since 2022-08, https://aws.amazon.com/blogs/compute/introducing-tiered-pricing-for-aws-lambda/.
		{LambdaGBSecondsX86, "us-east-1", "2019-06-01", "0.0000166667"},
		{LambdaGBSecondsX86, "eu-west-1", "2019-06-01", "0.0000166667"}, // GetProducts answer of 2019-04-24
		{LambdaGBSecondsX86, "us-east-1", "2026-11-01", "0.0000166667 0.000015 0.0000133334"},
		{LambdaGBSecondsX86, "eu-central-1", "2022-07-31", "0.0000166667"},
		{LambdaGBSecondsARM, "us-west-2", "2022-08-01", "0.0000133334 0.0000120001 0.0000106667"},
		// On-demand prices of DynamoDB fell on 2024-11-01; infracost goldens 2024-07-01 and 2024-11-15.
		{DynamoDBReadUnits, "us-east-1", "2024-10-31", "0.00000025"},
		{DynamoDBWriteUnits, "us-east-1", "2024-10-31", "0.00000125"},
		{DynamoDBReplicatedWriteUnits, "us-east-1", "2024-10-31", "0.000001875"},
		{DynamoDBReadUnits, "eu-west-1", "2024-10-31", "0.000000283"},
		{DynamoDBWriteUnits, "eu-west-1", "2024-10-31", "0.0000014135"},
		{DynamoDBReplicatedWriteUnits, "eu-west-1", "2024-10-31", "0.0000021202"},
		{DynamoDBWriteUnits, "eu-central-1", "2024-10-31", "-"},
		{DynamoDBWriteUnits, "us-east-1", "2024-11-01", "0.000000625"},
		// https://aws.amazon.com/vpc/pricing/: charged from 2024-02-01.
		{IPv4Hours, "eu-central-1", "2024-01-31", "0"},
		{IPv4Hours, "eu-central-1", "2024-02-01", "0.005"},
		// AWS Compute blog 2025-05-01 on tiers of Lambda's logs.
		{LogsIngestedGB, "eu-west-1", "2025-04-30", "0.57"},
		{LogsIngestedGB, "us-west-2", "2025-05-01", "0.5 0.25 0.1 0.05"},
		{LogsCustomIngestedGB, "eu-west-1", "2025-05-01", "0.57"},
	} {
		if got := prices(book, c.meter, c.region, date(t, c.day)); got != c.want {
			t.Errorf("%s in %s on %s: %s, want %s", c.meter, c.region, c.day, got, c.want)
		}
	}
}

// Infracost goldens of 2024-07-01 and 2024-11-15 (Apache-2.0, internal/providers/terraform/aws/testdata), without
// free quantities, to the cent of their lines.
func TestGoldensOfInfracost(t *testing.T) {
	book := shipped(t)
	for _, c := range []struct {
		day   string
		items []Item
		want  string
	}{
		{"2024-07-01", []Item{{Meter: Route53StandardQueries, Region: Global, Quantity: Count(1_100_000_000)},
			{Meter: Route53LatencyQueries, Region: Global, Quantity: Count(1_200_000_000)},
			{Meter: Route53GeoQueries, Region: Global, Quantity: Count(1_500_000_000)},
			{Meter: Route53Zones, Region: Global, Quantity: Count(2)}}, "1956.00"},
		{"2024-07-01", []Item{{Meter: DynamoDBReplicatedWriteUnits, Region: "us-east-1", Quantity: Count(3_000_000)}}, "5.63"},
		{"2024-11-15", []Item{{Meter: DynamoDBReplicatedWriteUnits, Region: "us-east-1", Quantity: Count(3_000_000)}}, "1.88"},
	} {
		bill, err := book.Bill(Usage{Items: c.items}, BillOptions{AsOf: date(t, c.day), FreeTier: FreeNone})
		if err != nil {
			t.Error(err)
			continue
		}
		if got := bill.Total.Rat().FloatString(2); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.items[0].Meter, c.day, got, c.want)
		}
	}
}

// 1 GB for 1 s at the edge: AWS prints 0.00000625125 for 128 MB, which many
// repositories take for the price of a GB-second.
func TestEdgeGBSecond(t *testing.T) {
	regions := shipped(t).Regions(EdgeGBSeconds)
	if len(regions) != 15 {
		t.Errorf("Lambda@Edge has %d Regions, want the 15 of the CloudFront feed of 2025-04-25", len(regions))
	}
	for _, region := range regions {
		bill, err := shipped(t).Bill(Usage{Items: []Item{{Meter: EdgeGBSeconds, Region: region, Quantity: Count(1)}}},
			BillOptions{AsOf: NewDate(2026, time.November, 1), FreeTier: FreeNewAccount})
		if err != nil || bill.Total.String() != "0.00005001" {
			t.Errorf("%s: %s, %v", region, bill.Total, err)
		}
	}
}

// Tables that third parties print and that the price list contradicts: a book
// that agreed with them would be wrong.
func TestWrongTablesOfThirdParties(t *testing.T) {
	book := shipped(t)
	day := NewDate(2026, time.November, 1)
	for _, c := range []struct {
		where string
		meter Meter
		price string // that no band may have
	}{
		{"apigatewaycost.com: HTTP APIs beyond 1 billion at 0.80 per million", HTTPRequests, "0.0000008"},
		{"apigatewaycost.com: cache at 0.028 per GB-hour", CacheHours("0.5"), "0.014"},
		{"cal53.calculator.city: the first 333 million requests of HTTP APIs are free", HTTPRequests, "0"},
		{"several repositories: 0.00000625125 per GB-second", EdgeGBSeconds, "0.00000625125"},
	} {
		if slices.Contains(strings.Fields(prices(book, c.meter, "us-east-1", day)), c.price) {
			t.Errorf("%s has a band at %s: %s", c.meter, c.price, c.where)
		}
	}
	// apigatewaycost.com: 2.80 per million for the next 700 million, 1.51 beyond 1 billion.
	rest, err := book.Rates(RESTRequests, "us-east-1", day)
	if err != nil {
		t.Fatal(err)
	}
	if end := rest[1].Tier.Until; end == nil || !end.Equal(Count(1_000_000_000)) || rest[2].USD.String() != "0.00000238" {
		t.Errorf("REST's second band ends at %s, the third costs %s", end, rest[2].USD)
	}
}

func TestBandsEndWhereThePriceListSays(t *testing.T) {
	book := shipped(t)
	for _, c := range []struct {
		meter  Meter
		region string
		want   string
	}{
		{Route53Zones, Global, "25"},
		{Route53StandardQueries, Global, "1000000000"},
		{"route53.cidr_blocks", Global, "1000"},
		{CognitoMAU, Global, "50000 950000 9950000"},
		{"cognito.m2m.tokens", Global, "250000 5000000"},
		{"cognito.m2m.clients", Global, "100 500"},
		{S3StorageGBMonths, "eu-west-1", "51200 512000"},
		{"cloudwatch.metric_months", "us-west-2", "10000 250000 1000000"},
		{WebSocketMessages, "eu-central-1", "1000000000"},
		{EgressGB, "eu-west-1", "10240 51200 153600"},
		{LambdaGBSecondsARM, "us-west-2", "7500000000 18750000000"},
		{RESTRequests, "eu-west-1", "333000000 1000000000 20000000000"},
		{HTTPRequests, "us-west-2", "300000000"},
	} {
		rates, err := book.Rates(c.meter, c.region, NewDate(2026, time.November, 1))
		if err != nil {
			t.Error(err)
			continue
		}
		var ends []string
		for _, r := range rates[:len(rates)-1] {
			ends = append(ends, r.Tier.Until.String())
		}
		if got := strings.Join(ends, " "); got != c.want {
			t.Errorf("%s in %s ends at %s, want %s", c.meter, c.region, got, c.want)
		}
	}
}

func TestUnconfirmedRatesSaySo(t *testing.T) {
	book := shipped(t)
	for meter, want := range map[Meter]Mark{"nat.hours": FromMemory, "vpc_endpoint.processed_gb": FromPriceData} {
		rates, err := book.Rates(meter, "eu-west-1", NewDate(2026, time.November, 1))
		if err != nil || rates[0].Mark != want {
			t.Errorf("%s: %v, %v, want mark %s", meter, rates, err, want)
		}
	}
	for _, meter := range []Meter{"cognito.mau.essentials", "cognito.mau.plus", "cloudfront.tenant_months"} {
		rates, err := book.Rates(meter, Global, NewDate(2026, time.November, 1))
		if err != nil || rates[0].Confidence(NewDate(2025, time.June, 1)) != Unconfirmed {
			t.Errorf("%s is not unconfirmed: %v, %v", meter, rates, err)
		}
	}
}

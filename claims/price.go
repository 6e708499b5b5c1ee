package claims

import "frontdoor/pricing"

// Who made the claims about prices.
func moved() Said {
	return Said{"blog.nightonly.com, on DynamoDB data through CloudFront and Lambda@Edge", "2022-05-10", "https://blog.nightonly.com/2022/05/10/cloudfrontlambdaedge%E3%81%A7dynamodbmediaconvert%E3%81%AE%E6%83%85%E5%A0%B1%E3%82%92%E8%BF%94%E3%81%99/"}
}

func launched() Said {
	return Said{"Daniel Bryant, InfoQ, on the release of Lambda@Edge", "2017-07-23", "https://www.infoq.com"}
}

func serverless() Said {
	return Said{"Ryan Kelly, Going Serverless with AWS Lambda and API Gateway", "2016-08-07", "http://blog.ryankelly.us/2016/08/07/going-serverless-with-aws-lambda-and-api-gateway.html"}
}

func priceClaims() []Claim {
	return []Claim{
		{
			ID: "C1", Expected: Conditional, judge: cheaperAtTheEdge, Said: []Said{moved()},
			Text: "For a program with little memory (128 MB) that ends soon (5 s), CloudFront with Lambda@Edge at viewer request is cheaper than API Gateway or ALB.",
		},
		{
			ID: "C2", Expected: False, judge: finerSteps, Said: []Said{launched()},
			Text: "Metering by 50 ms in place of the 100 ms of Lambda makes short functions cheaper at the edge.",
		},
		{
			ID: "C3", Expected: True, judge: memoryPrice, Said: []Said{launched()},
			Text: "Lambda@Edge costs $0.00005001 a GB-second, which is $0.00000625125 for 128 MB and a second.",
		},
		{
			ID: "C11", Expected: Conditional, judge: idle, Said: []Said{serverless()},
			Text: "There is no billing when there is no execution.",
		},
		{
			ID: "C14", Expected: True, judge: balancer,
			Said: []Said{{"blog.nightonly.com, on the same API behind ALB", "2022-05-07", "https://blog.nightonly.com/?p=1875"},
				{"Jeremy Thomerson, serverless-training.com: 450 requests/s are $136 a day at API Gateway", "2018-12", "https://serverless-training.com/articles/save-money-by-replacing-api-gateway-with-application-load-balancer/"}},
			Text: "With much traffic ALB is cheaper than API Gateway, which bills by the request.",
		},
		{
			ID: "C15", Expected: True, judge: noFreeTier, Said: []Said{launched()},
			Text: "Lambda@Edge has no free tier.",
		},
	}
}

// claimDay is the day of a claim, on which the book is asked too.
func claimDay(s Said) pricing.Date {
	day, err := pricing.ParseDate(s.Date)
	if err != nil {
		panic(err) // a constant of this file
	}
	return day
}

package world

// Recent is the default: the Regions that price books are shipped for, with the one
// nearest to each other of CloudFront's larger price zones. Milliseconds, the mean of
// both directions, to a tenth.
func Recent() Matrix {
	return Matrix{
		Name:   "recent",
		Source: "relab/hotstuff, cmd/latencygen/latencies/aws.csv (MIT), https://github.com/relab/hotstuff/blob/edc0f39a3d3e1c91e2698474ae7b300936ad2ddc/cmd/latencygen/latencies/aws.csv",
		Date:   "undated, as published at commit edc0f39",
		trips: map[pair]float64{
			{"us-east-1", "us-west-2"}:           72.1,
			{"eu-west-1", "us-east-1"}:           69.9,
			{"eu-central-1", "us-east-1"}:        92,
			{"ap-northeast-1", "us-east-1"}:      155.9,
			{"ap-southeast-1", "us-east-1"}:      226.8,
			{"ap-southeast-2", "us-east-1"}:      200.9,
			{"ap-south-1", "us-east-1"}:          189.6,
			{"sa-east-1", "us-east-1"}:           117.7,
			{"eu-west-1", "us-west-2"}:           123.2,
			{"eu-central-1", "us-west-2"}:        143.7,
			{"ap-northeast-1", "us-west-2"}:      100.8,
			{"ap-southeast-1", "us-west-2"}:      176.8,
			{"ap-southeast-2", "us-west-2"}:      141.7,
			{"ap-south-1", "us-west-2"}:          232.5,
			{"sa-east-1", "us-west-2"}:           178.4,
			{"eu-central-1", "eu-west-1"}:        26.6,
			{"ap-northeast-1", "eu-west-1"}:      203.8,
			{"ap-southeast-1", "eu-west-1"}:      181.6,
			{"ap-southeast-2", "eu-west-1"}:      258.1,
			{"ap-south-1", "eu-west-1"}:          124.9,
			{"eu-west-1", "sa-east-1"}:           181.4,
			{"ap-northeast-1", "eu-central-1"}:   232.5,
			{"ap-southeast-1", "eu-central-1"}:   163.7,
			{"ap-southeast-2", "eu-central-1"}:   283.2,
			{"ap-south-1", "eu-central-1"}:       119.2,
			{"eu-central-1", "sa-east-1"}:        205.5,
			{"ap-northeast-1", "ap-southeast-1"}: 78.4,
			{"ap-northeast-1", "ap-southeast-2"}: 113.8,
			{"ap-northeast-1", "ap-south-1"}:     134.9,
			{"ap-northeast-1", "sa-east-1"}:      259.3,
			{"ap-southeast-1", "ap-southeast-2"}: 94.2,
			{"ap-south-1", "ap-southeast-1"}:     59.8,
			{"ap-southeast-1", "sa-east-1"}:      333.9,
			{"ap-south-1", "ap-southeast-2"}:     149.1,
			{"ap-southeast-2", "sa-east-1"}:      313,
			{"ap-south-1", "sa-east-1"}:          303.2,
		},
	}
}

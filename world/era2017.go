package world

// Of2017 is as of the spring of 2017, when API Gateway had no regional endpoints yet.
// Milliseconds, the mean of both directions, to a tenth; of São Paulo one direction.
// Mumbai is not in it.
func Of2017() Matrix {
	return Matrix{
		Name:   "april-2017",
		Source: "averages of a blog on latency between AWS Regions, as tabled in https://acomputerscientistlearnsaws.blogspot.com/2017/04/aws-regions.html",
		Date:   "2017-04",
		trips: map[pair]float64{
			{"us-east-1", "us-west-2"}:           87.8,
			{"eu-west-1", "us-east-1"}:           80.5,
			{"eu-central-1", "us-east-1"}:        88.6,
			{"ap-northeast-1", "us-east-1"}:      145.3,
			{"ap-southeast-1", "us-east-1"}:      216.7,
			{"ap-southeast-2", "us-east-1"}:      229.9,
			{"sa-east-1", "us-east-1"}:           119.5,
			{"eu-west-1", "us-west-2"}:           137,
			{"eu-central-1", "us-west-2"}:        159.5,
			{"ap-northeast-1", "us-west-2"}:      89.1,
			{"ap-southeast-1", "us-west-2"}:      161.4,
			{"ap-southeast-2", "us-west-2"}:      162.1,
			{"sa-east-1", "us-west-2"}:           182.7,
			{"eu-central-1", "eu-west-1"}:        19.6,
			{"ap-northeast-1", "eu-west-1"}:      212.4,
			{"ap-southeast-1", "eu-west-1"}:      238.6,
			{"ap-southeast-2", "eu-west-1"}:      309.6,
			{"eu-west-1", "sa-east-1"}:           191.3,
			{"ap-northeast-1", "eu-central-1"}:   236.6,
			{"ap-southeast-1", "eu-central-1"}:   325.9,
			{"ap-southeast-2", "eu-central-1"}:   323.4,
			{"eu-central-1", "sa-east-1"}:        194.9,
			{"ap-northeast-1", "ap-southeast-1"}: 73.8,
			{"ap-northeast-1", "ap-southeast-2"}: 103.9,
			{"ap-northeast-1", "sa-east-1"}:      256.8,
			{"ap-southeast-1", "ap-southeast-2"}: 175.4,
			{"ap-southeast-1", "sa-east-1"}:      328.1,
			{"ap-southeast-2", "sa-east-1"}:      322.5,
		},
	}
}

package deploy

import "fmt"

// closed wants a bucket to be closed to the public by all four switches and the owner's
// alone, to refuse whoever comes in the clear, and, where it is an origin, to let its own
// distribution read and nobody else:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html,
// https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-ssl-requests-only.html,
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
func closed(name string, t template) []string {
	var problems []string
	want := func(what, got, want string) {
		if got != want {
			problems = append(problems, fmt.Sprintf("%s is %s, want %s", what, got, want))
		}
	}
	for _, id := range t.of("AWS::S3::Bucket") {
		p := t.Resources[id].Properties
		want(id+"'s access", written(p["PublicAccessBlockConfiguration"]), `{"BlockPublicAcls":true,"BlockPublicPolicy":true,"IgnorePublicAcls":true,"RestrictPublicBuckets":true}`)
		want(id+"'s ownership", written(at(p["OwnershipControls"], "Rules")), `[{"ObjectOwnership":"BucketOwnerEnforced"}]`)
		policies := "none"
		for _, policy := range t.of("AWS::S3::BucketPolicy") {
			if written(t.Resources[policy].Properties["Bucket"]) == written(ref(id)) {
				policies = written(at(t.Resources[policy].Properties["PolicyDocument"], "Statement"))
			}
		}
		reader := ""
		if name == "edge.yaml" {
			reader = `,{"Action":"s3:GetObject","Condition":{"StringEquals":{"AWS:SourceArn":{"Fn::Sub":"arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"}}},` +
				`"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Resource":{"Fn::Sub":"${` + id + `.Arn}/*"}}`
		}
		want(id+"'s policy", policies, `[{"Action":"s3:*","Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny","Principal":"*",`+
			`"Resource":[{"Fn::GetAtt":["`+id+`","Arn"]},{"Fn::Sub":"${`+id+`.Arn}/*"}]}`+reader+`]`)
	}
	return problems
}

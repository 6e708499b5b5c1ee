// Package s3 is an S3 endpoint for the loopback interface: buckets in Regions, filled
// at the start or by calls, and an http.Handler that the AWS SDKs, boto3 and the aws
// CLI call in the service's own protocol, REST with XML
// (https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAPI.html).
//
// It serves GetObject and HeadObject with their conditions and ranges, PutObject, and
// uploads in parts; other operations are refused by name. Objects that come in raise
// event notifications, at least once and in any order where a test wants that. Each
// caller gets a Handler of its own, which meters requests and bytes.
//
// Buckets are the first segment of a path, which is what SDKs write for an endpoint
// with an IP address. Signatures are not verified: the endpoint belongs on 127.0.0.1
// and nowhere else. What a caller may do is all that there is, but for one thing that
// surprises people: without permission to list a bucket, a key that is not there is
// 403 and not 404.
package s3

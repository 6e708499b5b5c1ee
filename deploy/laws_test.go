package deploy

import (
	"strings"
	"testing"
)

// law is what holds for every template. broken is a change to one of them that the law
// has to find.
type law struct {
	name     string
	problems func(name string, t template) []string
	broken   change
}

type change struct{ template, old, new string }

func laws() []law {
	return []law{
		{"a function may be invoked by its front alone", invocations,
			change{"http.yaml", "/*/$default", "/x"}},
		{"a REST API's permission is of the API", invocations,
			change{"rest.yaml", "      SourceArn: !Sub arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/prod/*\n", ""}},
		{"a function URL needs both permissions", invocations,
			change{"url.yaml", "      InvokedViaFunctionUrl: true\n", ""}},
		{"a target group's permission is of its name", invocations,
			change{"alb.yaml", "targetgroup/${BalancerName}/*", "targetgroup/*"}},
		{"a REST API's permission is API Gateway's", invocations,
			change{"rest.yaml", "Principal: apigateway.amazonaws.com", "Principal: '*'"}},
		{"it is to invoke and no more", invocations,
			change{"rest-nonproxy.yaml", "Action: lambda:InvokeFunction", "Action: lambda:*"}},
		{"a target group's permission is of load balancers", invocations,
			change{"alb.yaml", "Principal: elasticloadbalancing.amazonaws.com", "Principal: events.amazonaws.com"}},
		{"a function at the edge has no permission", invocations,
			change{"edge-function.yaml", "\n  Version:\n", "\n  Invoke: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Function, Action: lambda:InvokeFunction, Principal: '*'}}\n  Version:\n"}},
		{"a signed URL is not everybody's", invocations,
			change{"url.yaml", "Principal: !If [Public, '*', !Ref AWS::AccountId]\n      FunctionUrlAuthType", "Principal: '*'\n      FunctionUrlAuthType"}},
		{"nor its function", invocations,
			change{"url.yaml", "Principal: !If [Public, '*', !Ref AWS::AccountId]\n      InvokedViaFunctionUrl", "Principal: '*'\n      InvokedViaFunctionUrl"}},
		{"a URL is public when that is asked for", invocations,
			change{"url.yaml", "Public: !Equals [!Ref AuthType, NONE]", "Public: !Equals [NONE, NONE]"}},
		{"a URL lets in whom its parameter says", invocations,
			change{"url.yaml", "      AuthType: !Ref AuthType\n", "      AuthType: NONE\n"}},
		{"a REST API lets in whom its parameter says", invocations,
			change{"rest-nonproxy.yaml", "      HttpMethod: ANY\n      AuthorizationType: !Ref AuthType\n", "      HttpMethod: ANY\n      AuthorizationType: NONE\n"}},
		{"an HTTP API too", invocations,
			change{"http.yaml", "      AuthorizationType: !Ref AuthType\n", ""}},
		{"a role is Lambda's", roles,
			change{"http.yaml", "Principal: {Service: lambda.amazonaws.com}", "Principal: {AWS: '*'}"}},
		{"and no other service's", roles,
			change{"edge-function.yaml", "[lambda.amazonaws.com, edgelambda.amazonaws.com]", "[lambda.amazonaws.com, edgelambda.amazonaws.com, ec2.amazonaws.com]"}},
		{"what flows into a role has a default that is narrow", roles,
			change{"alb.yaml", "    Default: dynamodb:GetItem\n", "    Default: dynamodb:*\n"}},
		{"its table too", roles,
			change{"edge-function.yaml", "    Default: ''\n    Description: The DynamoDB table", "    Default: '*'\n    Description: The DynamoDB table"}},
		{"a role does not say what it may not do", roles,
			change{"url.yaml", "Action: [logs:CreateLogStream, logs:PutLogEvents]", "NotAction: iam:*"}},
		{"nor to what not", roles,
			change{"url.yaml", "Resource: !Ref TableArn", "NotResource: x"}},
		{"rights are in roles", roles,
			change{"url.yaml", "Resources:\n", "Resources:\n  More: {Type: AWS::IAM::ManagedPolicy, Properties: {Roles: [!Ref Role]}}\n"}},
		{"a bucket has its policy", closed,
			change{"artifacts.yaml", bucketPolicy, ""}},
		{"a bucket is closed to the public", closed,
			change{"artifacts.yaml", "BlockPublicPolicy: true", "BlockPublicPolicy: false"}},
		{"no health check invokes a function", healthChecks,
			change{"alb.yaml", "HealthCheckEnabled: false", "HealthCheckEnabled: true"}},
		{"a role may do nothing but what its function does", roles,
			change{"url.yaml", "[logs:CreateLogStream, logs:PutLogEvents]", "logs:*"}},
		{"a role's logs are its own", roles,
			change{"edge-function.yaml", "log-group:/aws/lambda/us-east-1.${FunctionName}:*", "*"}},
		{"a function at the edge is one that CloudFront takes", atTheEdge,
			change{"edge-function.yaml", "      Architectures: [x86_64]\n", "      Architectures: [arm64]\n"}},
		{"it is given on by its version", atTheEdge,
			change{"edge-function.yaml", "    Value: !Ref Version", "    Value: !GetAtt Function.Arn"}},
		{"a distribution runs a function where it is meant to", associated,
			change{"edge.yaml", "EventType: origin-response, LambdaFunctionARN: !Ref OriginResponse", "EventType: origin-response, LambdaFunctionARN: !Ref ViewerResponse"}},
		{"and CloudFront's own too", associated,
			change{"edge.yaml", "EventType: viewer-response, FunctionARN", "EventType: viewer-request, FunctionARN"}},
		{"a CloudFront Function is published", published,
			change{"edge.yaml", "AutoPublish: true #", "AutoPublish: false #"}},
		{"a bucket is asked with a signature", fetched,
			change{"edge.yaml", "SigningBehavior: always", "SigningBehavior: no-override"}},
		{"by its distribution's control", fetched,
			change{"edge.yaml", "              OriginAccessControlId: !Ref AccessControl\n", ""}},
		{"a bucket lets in its own distribution alone", closed,
			change{"edge.yaml", "distribution/${Distribution}", "distribution/*"}},
		{"which may read, no more", closed,
			change{"edge.yaml", "Action: s3:GetObject", "Action: s3:*Object"}},
		{"an origin is closed to the public", closed,
			change{"edge.yaml", "RestrictPublicBuckets: true", "RestrictPublicBuckets: false"}},
		{"CloudFront Functions have alarms", alarms,
			change{"cff-logs.yaml", "MetricName: FunctionExecutionErrors", "MetricName: ExecutionErrors"}},
		{"it has no variables", atTheEdge,
			change{"edge-function.yaml", "      Runtime: nodejs22.x\n", "      Runtime: nodejs22.x\n      Environment: {Variables: {A: b}}\n"}},
		{"its role is edgelambda's too", atTheEdge,
			change{"edge-function.yaml", "[lambda.amazonaws.com, edgelambda.amazonaws.com]", "lambda.amazonaws.com"}},
		{"a function's log group is the stack's", logGroups,
			change{"rest.yaml", "      LoggingConfig: {LogGroup: !Ref LogGroup}", "      # none"}},
		{"logs are not kept for ever", logGroups,
			change{"edge-logs.yaml", "      RetentionInDays: !Ref LogRetentionDays\n", ""}},
		{"what takes tags has them", tags,
			change{"table.yaml", "        - {Key: 'bench:scenario', Value: !Ref Scenario}\n", ""}},
		{"tags that are a map count too", tags,
			change{"http.yaml", "        'bench:front': !Ref Front\n", ""}},
		{"what is referred to is there", references,
			change{"alb.yaml", "!GetAtt LoadBalancer.LoadBalancerFullName", "!GetAtt Balancer.LoadBalancerFullName"}},
		{"in texts too", references,
			change{"rest.yaml", "${Api}.execute-api", "${Apis}.execute-api"}},
		{"conditions too", references,
			change{"rest.yaml", "    Condition: HasKey\n", "    Condition: HasKeys\n"}},
		{"a parameter is used", used,
			change{"alb.yaml", "Value: !Ref MultiValueHeaders", "Value: 'true'"}},
		{"what CloudWatch and the client need is an output", outputs,
			change{"alb.yaml", "  TargetGroup:\n    Description: CloudWatch's TargetGroup.", "  Targets:\n    Description: CloudWatch's TargetGroup."}},
		{"an alarm is of a metric that there is", alarms,
			change{"billing.yaml", "Namespace: AWS/Billing", "Namespace: AWS/Lambda"}},
		{"every function has an alarm of its errors", alarms,
			change{"url.yaml", "MetricName: Errors", "MetricName: Failures"}},
	}
}

// bucketPolicy is the resource that the law of buckets has to miss.
const bucketPolicy = `  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: s3:*
            Resource: [!GetAtt Bucket.Arn, !Sub '${Bucket.Arn}/*']
            Condition: {Bool: {aws:SecureTransport: 'false'}}
`

func TestTemplatesKeepTheLaws(t *testing.T) {
	for name, text := range texts(t) {
		keepLaws(t, name, text)
	}
	for _, name := range restTemplates() { // with what some APIs have besides
		text, err := Text(name, (&Mapping{CORS: true}).parts(name)...)
		if err != nil {
			t.Fatal(err)
		}
		keepLaws(t, name, text)
	}
}

func keepLaws(t *testing.T, name, text string) {
	t.Helper()
	parsed := parse(t, text)
	for _, l := range laws() {
		for _, problem := range l.problems(name, parsed) {
			t.Errorf("%s: %s: %s", name, l.name, problem)
		}
	}
}

// Each law finds the template that breaks it.
func TestLawsFindWhatBreaksThem(t *testing.T) {
	whole := texts(t)
	for _, l := range laws() {
		text := whole[l.broken.template]
		if !strings.Contains(text, l.broken.old) {
			t.Errorf("%s: %s has no %q to break", l.name, l.broken.template, l.broken.old)
			continue
		}
		broken := parse(t, strings.Replace(text, l.broken.old, l.broken.new, 1))
		if len(l.problems(l.broken.template, broken)) == 0 {
			t.Errorf("%s: a broken %s passes", l.name, l.broken.template)
		}
	}
}

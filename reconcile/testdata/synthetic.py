"""SYNTHETIC: writes the bills in this folder. Nobody was billed any of it.

It knows nothing of bench: the run is stated here anew, quantities are worked out
with decimal arithmetic, usage types, operations and prices are AWS's own words:

  docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/tracking-free-tier-usage.html
  docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/reports-billing.html
  aws.amazon.com/lambda/pricing, /api-gateway/pricing, /elasticloadbalancing/pricing,
  /cloudfront/pricing, /cloudwatch/pricing, /vpc/pricing, /ec2/pricing/on-demand

Usage: python3 synthetic.py, in this folder. It writes synthetic-cur-2.0.csv and
synthetic-focus-1.0.csv, -1.2.csv, -1.3.csv and -1.4.csv. AWS exports no FOCUS 1.3 and 1.4
yet: those rows are what its 1.2 would be in their columns.
"""

import csv
import json
from decimal import ROUND_HALF_UP, Decimal as D

DEPLOYMENT, ACCOUNT = "quickstart-3f9a", "123456789012"
HOURS = {"a": 15, "b": 16}  # of 2026-11-22, UTC
REQUESTS = {"a": 100, "b": 60}  # that each front was sent in the hour
OUT, IN, LOG = 200, 1024, 300  # bytes of a request, an answer, an invocation's log
GIB, TEN = D(2**30), D("0.0000000001")


def ten(x):
    return D(x).quantize(TEN, ROUND_HALF_UP)


rows = []


def line(hour, service, usage, operation, quantity, rate, **more):
    """One line of an hour. own: False for somebody else's; free: of a free tier;
    list: AWS's list price where rate is another; covered: by a Savings Plan."""
    row = dict(hour=hour, service=service, usage=usage, operation=operation, quantity=ten(quantity), rate=D(rate), list=D(more.get("list", rate)),
               region=more.get("region", "us-east-1"), resource=more.get("resource", ""), front=more.get("front", ""), kind=more.get("kind", "Usage"),
               tag=more.get("tag", DEPLOYMENT), free=more.get("free", False), covered=more.get("covered", False))
    row["cost"] = ten(row["quantity"] * row["rate"])
    rows.append(row)


def arn(front):
    return f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:bench-{DEPLOYMENT}-{front}"


def function(hour, n, front, arch, mb, ms):
    arm = "-ARM" if arch == "arm64" else ""
    at = dict(front=front, resource=arn(front))
    if front == "url" and hour == "b":  # the free requests end in this hour
        line(hour, "AWSLambda", "Request" + arm, "Invoke", 30, 0, free=True, **at)
        line(hour, "AWSLambda", "Request" + arm, "Invoke", n - 30, "0.0000002", **at)
    else:
        line(hour, "AWSLambda", "Request" + arm, "Invoke", n, 0, free=True, **at)
    gbs = D(n) * ms * mb / 1024 / 1000
    rate = "0.0000133334" if arm else "0.0000166667"
    if front == "http-api":
        line(hour, "AWSLambda", "Lambda-GB-Second", "Invoke", gbs, rate, covered=True, **at)
    elif front == "rest":
        line(hour, "AWSLambda", "Lambda-GB-Second", "Invoke", gbs, 0, free=True, **at)
    else:
        line(hour, "AWSLambda", "Lambda-GB-Second" + arm, "Invoke", gbs, rate, **at)
    line(hour, "AmazonCloudWatch", "USE1-VendedLog-Bytes", "PutLogEvents", D(n) * LOG / GIB, "0.50", front=front,
         resource=f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/lambda/bench-{DEPLOYMENT}-{front}")


for hour, n in REQUESTS.items():
    gb = D(n) * IN / GIB
    function(hour, n, "rest", "x86_64", 128, 12)
    line(hour, "AmazonApiGateway", "USE1-ApiGatewayRequest", "ApiGatewayRequest", n, "0.0000035", front="rest", resource="arn:aws:apigateway:us-east-1::/restapis/r3st/stages/prod")
    line(hour, "AmazonApiGateway", "USE1-DataTransfer-Out-Bytes", "ApiGatewayRequest", gb, 0, free=True, front="rest")
    function(hour, n, "http-api", "x86_64", 128, 12)
    # The account passes 300 million requests of HTTP APIs in the second hour.
    line(hour, "AmazonApiGateway", "USE1-ApiGatewayHttpRequest", "ApiGatewayHttpApi", n, "0.000001" if hour == "a" else "0.0000009", front="http-api", resource="arn:aws:apigateway:us-east-1::/apis/h77p/stages/$default")
    line(hour, "AmazonApiGateway", "USE1-DataTransfer-Out-Bytes", "ApiGatewayHttpApi", gb, 0, free=True, front="http-api")
    function(hour, n, "alb", "x86_64", 128, 12)
    balancer = dict(front="alb", resource=f"arn:aws:elasticloadbalancing:us-east-1:{ACCOUNT}:loadbalancer/app/bench-alb/50dc6c495c0c9188")
    line(hour, "AWSELB", "LoadBalancerUsage", "LoadBalancing:Application", 1, "0.0225", **balancer)
    # One capacity unit is 0.4 GB (of 10^9 bytes) an hour to Lambda targets: the largest
    # dimension here. The account has a price of its own for it.
    line(hour, "AWSELB", "LCUUsage", "LoadBalancing:Application", D(n) * (OUT + IN) / 10**9 / D("0.4"), "0.0076", list="0.008", **balancer)
    line(hour, "AWSELB", "DataTransfer-Out-Bytes", "LoadBalancing:Application", gb, 0, free=True, **balancer)
    for zone in ("a", "b"):  # addresses bear no tag of the load balancer
        line(hour, "AmazonVPC", "USE1-PublicIPv4:InUseAddress", "AllocateAddressVPC", 1, "0.005", tag="", resource=f"arn:aws:ec2:us-east-1:{ACCOUNT}:network-interface/eni-0{zone}")
    function(hour, n, "url", "arm64", 256, 10)
    line(hour, "AWSLambda", "DataTransfer-Out-Bytes", "Invoke", gb, 0, free=True, front="url", resource=arn("url"))
    # Lambda@Edge ran 80 % in us-east-1 and 20 % in eu-west-1, for viewers there.
    distribution = dict(front="edge", resource=f"arn:aws:cloudfront::{ACCOUNT}:distribution/E2EXAMPLE")
    for share, region, prefix, zone, logs in ((D("0.8"), "us-east-1", "", "US", "0.50"), (D("0.2"), "eu-west-1", "EU-", "EU", "0.57")):
        part = n * share
        edge = dict(front="edge", resource=arn("edge"), region=region)
        line(hour, "AmazonCloudFront", prefix + "Lambda-Edge-Request", "", part, "0.0000006", **edge)
        line(hour, "AmazonCloudFront", prefix + "Lambda-Edge-GB-Second", "", part * 9 * 128 / 1024 / 1000, "0.00005001", **edge)
        line(hour, "AmazonCloudFront", zone + "-Requests-Tier2-HTTPS", "GET", part, 0, free=True, **dict(distribution, region=""))
        line(hour, "AmazonCloudFront", zone + "-DataTransfer-Out-Bytes", "GET", part * IN / GIB, "0.085", **dict(distribution, region=""))
        line(hour, "AmazonCloudWatch", (prefix or "USE1-") + "VendedLog-Bytes", "PutLogEvents", part * LOG / GIB, logs, **dict(edge, resource=f"arn:aws:logs:{region}:{ACCOUNT}:log-group:/aws/lambda/us-east-1.bench-{DEPLOYMENT}-edge"))
    # What came in costs nothing, and no meter of bench counts it.
    line(hour, "AWSLambda", "USE1-DataTransfer-In-Bytes", "Invoke", D(n) * OUT / GIB, 0, front="url", resource=arn("url"))
    # The bucket of the functions' packages stands there all the time.
    line(hour, "AmazonS3", "TimedStorage-ByteHrs", "StandardStorage", "0.0000052083", "0.023", resource=f"bench-{DEPLOYMENT}-artifacts")
    # Somebody else's.
    line(hour, "AWSLambda", "Request", "Invoke", 7000, "0.0000002", tag="quickstart-0000", resource=f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:other")
    line(hour, "AWSELB", "LoadBalancerUsage", "LoadBalancing:Network", 1, "0.0225", tag="")
    line(hour, "AmazonEC2", "BoxUsage:t3.micro", "RunInstances", 1, "0.0104", tag="")

for r in [r for r in rows if r["covered"]]:  # what the Savings Plan takes back
    rows.append(dict(r, kind="SavingsPlanNegation", quantity=D(0), cost=-r["cost"], covered=False))
rows.append(dict(rows[0], hour="b", kind="Credit", service="AWSLambda", quantity=D(0), cost=D("-0.01"), free=False))
rows.append(dict(rows[0], hour="b", kind="EdpDiscount", service="AWSELB", quantity=D(0), cost=D("-0.0004"), free=False))
rows.append(dict(rows[0], hour="month", kind="Tax", service="AWSLambda", usage="", operation="", quantity=D(1), cost=D("4.75"), rate=D("4.75"), tag="", free=False))
# The export has other days too.
rows.append(dict(rows[0], hour="next", quantity=D(900000), tag=DEPLOYMENT))


def times(r, iso):
    a, b = {"month": ("2026-11-01T00", "2026-12-01T00"), "next": ("2026-11-24T15", "2026-11-24T16")}.get(
        r["hour"], ("2026-11-22T%d" % HOURS.get(r["hour"], 0), "2026-11-22T%d" % (HOURS.get(r["hour"], 0) + 1)))
    return [f"{t}:00:00.000Z" if iso else t.replace("T", " ") + ":00:00" for t in (a, b)]


def java(x):
    """A double as Java prints it: 1.0E-4 below a thousandth."""
    if x == 0:
        return "0.0"
    if abs(x) >= D("0.001"):
        return f"{x.normalize():f}" if x != x.to_integral() else f"{x:.1f}"
    digits = f"{x.normalize():E}".replace("E-0", "E-")
    mantissa, exponent = digits.split("E")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}E{exponent}"


def words(r):
    if r["free"]:
        return f"SYNTHETIC: $0.00 per unit under the global monthly free tier ({r['usage']})"
    return f"SYNTHETIC: ${r['rate']} per unit ({r['usage']})"


def cur(i, r):
    start, end = times(r, True)
    tags = {"user_bench_deployment": r["tag"]} if r["tag"] else {}
    if r["front"] and r["tag"]:
        tags["user_bench_front"] = r["front"]
    kind = "SavingsPlanCoveredUsage" if r["covered"] else r["kind"]
    return {"identity_line_item_id": f"synthetic-{i:04d}", "identity_time_interval": f"{start[:19]}Z/{end[:19]}Z", "bill_bill_type": "Anniversary",
            "bill_billing_period_start_date": "2026-11-01T00:00:00.000Z", "bill_billing_period_end_date": "2026-12-01T00:00:00.000Z",
            "bill_payer_account_id": ACCOUNT, "line_item_usage_account_id": ACCOUNT, "line_item_line_item_type": kind,
            "line_item_usage_start_date": start, "line_item_usage_end_date": end, "line_item_product_code": r["service"], "line_item_usage_type": r["usage"],
            "line_item_operation": r["operation"], "line_item_resource_id": r["resource"], "line_item_usage_amount": java(r["quantity"]),
            "line_item_currency_code": "USD", "line_item_unblended_rate": str(r["rate"]) if kind == "Usage" else "", "line_item_unblended_cost": java(r["cost"]),
            "line_item_line_item_description": words(r), "product_region_code": r["region"], "product_servicecode": r["service"],
            "pricing_public_on_demand_rate": str(r["list"]) if kind == "Usage" else "", "pricing_term": "OnDemand" if kind == "Usage" else "",
            "resource_tags": json.dumps(tags)}


def focus(version):
    def write(i, r):
        start, end = times(r, version != "1.0")
        category = {"Usage": "Usage", "Credit": "Credit", "Tax": "Tax", "EdpDiscount": "Credit"}.get(r["kind"])
        if category is None:
            return None  # FOCUS has no line for what a Savings Plan takes back
        month = ["2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"] if version != "1.0" else ["2026-11-01 00:00:00", "2026-12-01 00:00:00"]
        prefix = "" if version != "1.0" else "user:"
        tags = {prefix + "bench:deployment": r["tag"]} if r["tag"] else {}
        used = category == "Usage"
        row = {"BilledCost": f"{D(0) if r['covered'] else r['cost']:f}", "EffectiveCost": f"{r['cost']:f}", "BillingAccountId": ACCOUNT, "SubAccountId": ACCOUNT, "BillingCurrency": "USD",
               "BillingPeriodStart": month[0], "BillingPeriodEnd": month[1], "ChargePeriodStart": start, "ChargePeriodEnd": end,
               "ChargeCategory": category, "ChargeFrequency": "Usage-Based", "ChargeDescription": words(r), "PricingCategory": "Committed" if r["covered"] else "Standard",
               "ListUnitPrice": f"{r['list']:f}" if used else "", "ListCost": f"{ten(r['quantity'] * r['list']):f}", "ContractedUnitPrice": f"{r['rate']:f}" if used else "",
               "ContractedCost": f"{r['cost']:f}", "PricingQuantity": f"{r['quantity']:f}" if used else "", "PricingUnit": "", "ConsumedQuantity": f"{r['quantity']:f}" if used else "",
               "InvoiceIssuerName": "Amazon Web Services, Inc.", "RegionId": r["region"], "ResourceId": r["resource"],
               "ServiceName": "SYNTHETIC", "x_ServiceCode": r["service"], "x_Operation": r["operation"], "Tags": json.dumps(tags)}
        if r["covered"]:
            row.update(CommitmentDiscountId=f"arn:aws:savingsplans::{ACCOUNT}:savingsplan/synthetic", CommitmentDiscountStatus="Used")
        row["x_UsageType" if version == "1.0" else "SkuMeter"] = r["usage"]
        if version != "1.4":  # which has no more of them
            row.update(ProviderName="AWS", PublisherName="AWS")
        if version in ("1.3", "1.4"):
            row.update(ServiceProviderName="AWS", HostProviderName="AWS")
        return row
    return write


def save(name, columns, write):
    with open(columns) as f:
        header = [c.strip() for c in f if c.strip() and not c.startswith("#")]
    with open(name, "w", newline="") as f:
        out = csv.DictWriter(f, header, restval="", lineterminator="\n")
        out.writeheader()
        for i, r in enumerate(rows):
            if row := write(i + 1, r):
                out.writerow(row)


save("synthetic-cur-2.0.csv", "columns-cur-2.0.txt", cur)
save("synthetic-focus-1.0.csv", "columns-focus-1.0.txt", focus("1.0"))
for version in ("1.2", "1.3", "1.4"):
    save(f"synthetic-focus-{version}.csv", f"columns-focus-{version}.txt", focus(version))

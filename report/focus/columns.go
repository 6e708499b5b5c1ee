package focus

// Columns of the Cost and Usage dataset that an estimate can fill, in both
// versions: FOCUS_Spec, specification/datasets/cost_and_usage/dataset.md at
// 003443d for 1.4; 1.2 has the same but for the names of providers.
func common() []string {
	return []string{
		"BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart",
		"ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart",
		"ConsumedQuantity", "ConsumedUnit", "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceIssuerName",
		"ListCost", "ListUnitPrice", "PricingCategory", "PricingQuantity", "PricingUnit", "RegionId", "RegionName",
		"ServiceCategory", "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId",
	}
}

// own are bench's columns.
func own() []string {
	return []string{
		"x_BenchRunId", "x_BillingRule", "x_EstimateHigh", "x_EstimateLow", "x_EstimatedNetCost", "x_FreeTierQuantity", "x_Front",
		"x_FrontsWithoutBill", "x_IsEstimate", "x_LatencySource", "x_LowerBound", "x_MatchedCoverage", "x_Missing", "x_PriceBookDate",
		"x_PriceConfidence", "x_PriceSourceUrl",
	}
}

// columnsOf are the columns of a version, in their order.
func columnsOf(version string) []string {
	names := append(common(), "ProviderName", "PublisherName") // until 1.3, which deprecates them
	if version == "1.4" {
		names = append(common(), "HostProviderName", "ServiceProviderName")
	}
	return append(sorted(names), own()...)
}

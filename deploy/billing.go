package deploy

// addBilling adds the alarm of the account's bill, where one is wanted.
func (d *Deployment) addBilling() {
	c := d.config
	if c.BillingAlarmUSD.Sign() == 0 {
		return
	}
	d.add("", Stack{Name: short(maxStack, d.Name, "billing"), Region: edgeRegion, Template: "billing.yaml", Parameters: map[string]string{
		"Limit": c.BillingAlarmUSD.String(), "Email": c.AlarmEmail, "AlarmName": short(maxStack, d.Name, "billing"),
	}})
}

package pricing

import "testing"

// pageLoad is the load of the first example on the ELB pricing page: 1 new
// connection per second that lasts 2 minutes, 5 requests per second, 300 KB/s,
// 60 rules.
func pageLoad(t testing.TB) LCULoad {
	connections, life, bytes := Count(1), Count(120), Count(300_000)
	t.Helper()
	return LCULoad{RequestsPerSecond: Count(5), NewConnectionsPerSecond: &connections, ConnectionSeconds: &life,
		BytesPerSecond: &bytes, RulesPerRequest: 60}
}

func pageALB(t testing.TB, target LCUTarget) Quantity {
	t.Helper()
	_, lcus := pageLoad(t).Binding(target)
	return lcus
}

// The page's own figures for that load: 0.04, 0.04, 1.08 and 0.25 LCU.
func TestLCUsOfAWSPage(t *testing.T) {
	got := pageLoad(t).LCUs(OtherTarget())
	for d, want := range map[Dimension]string{NewConnections: "0.04", ActiveConnections: "0.04", ProcessedBytes: "1.08", RuleEvaluations: "0.25"} {
		if got[d].String() != want {
			t.Errorf("%s: %s LCU, want %s", d, got[d], want)
		}
	}
	// 0.4 GB per hour for Lambda targets (ELB FAQ): 1.08 / 0.4.
	if got := pageALB(t, LambdaTarget()).String(); got != "2.7" {
		t.Errorf("Lambda target: %s LCU, want 2.7", got)
	}
}

// Each dimension binds in turn at twice its capacity (ELB FAQ) while the others
// stay at 1 or less.
func TestLCUBindingDimension(t *testing.T) {
	one := func() (Quantity, Quantity, Quantity) { return Count(25), Count(120), Ratio(400_000_000, 3600) }
	for _, want := range Dimensions() {
		connections, life, bytes := one()
		load := LCULoad{RequestsPerSecond: Count(25), RulesPerRequest: 50}
		switch want {
		case NewConnections:
			connections, life = Count(50), Count(30)
		case ActiveConnections:
			life = Count(240)
		case ProcessedBytes:
			bytes = bytes.Mul(Count(2))
		case RuleEvaluations:
			load.RulesPerRequest = 90 // 25 x (90 - 10) = 2,000 per second
		}
		load.NewConnectionsPerSecond, load.ConnectionSeconds, load.BytesPerSecond = &connections, &life, &bytes
		got, lcus := load.Binding(LambdaTarget())
		if got != want || !lcus.Equal(Count(2)) {
			t.Errorf("%s binds with %s LCU, want %s with 2", got, lcus, want)
		}
	}
}

func TestLCUOfTenRulesIsFree(t *testing.T) {
	for rules, want := range map[int64]string{0: "0", 10: "0", 11: "0.1"} {
		load := LCULoad{RequestsPerSecond: Count(100), RulesPerRequest: rules}
		if _, got := load.Binding(LambdaTarget()); got.String() != want {
			t.Errorf("%d rules: %s LCU, want %s", rules, got, want)
		}
	}
}

// The hours of a month add up to the same LCU-hours whatever the profile, as
// long as every dimension follows the requests; and each hour names what binds.
func TestLCUMonthByHour(t *testing.T) {
	load := func(share Quantity) LCULoad { // 24 x 90,000 requests a day, each with a connection of its own
		rate := Count(24 * 90_000).Mul(share).Div(Count(3600))
		return LCULoad{RequestsPerSecond: rate, NewConnectionsPerSecond: &rate}
	}
	peak := make([]Quantity, 24)
	peak[9], peak[10] = Count(3), Count(1)
	flat := lcuMonth(load, Forecast{RequestsPerMonth: 1}, LambdaTarget())
	peaked := lcuMonth(load, Forecast{RequestsPerMonth: 1, HourlyProfile: peak}, LambdaTarget())
	if flat.Hours.String() != "730" || peaked.Hours.String() != "730" { // 25 new connections/s are 1 LCU
		t.Errorf("%s and %s LCU-hours, want 730", flat.Hours, peaked.Hours)
	}
	if peaked.PerHour[9].String() != "18" || peaked.PerHour[10].String() != "6" || peaked.PerHour[0].Sign() != 0 {
		t.Errorf("hours are %v", peaked.PerHour)
	}
	if peaked.Binding[9] != NewConnections || peaked.Binding[0] != "" {
		t.Errorf("binding is %v", peaked.Binding)
	}
	if len(flat.Unknown) != 2 || flat.Unknown[0] != ActiveConnections || flat.Unknown[1] != ProcessedBytes {
		t.Errorf("unknown are %v", flat.Unknown)
	}
}

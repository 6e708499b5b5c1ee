package pricing

// Dimension is one of the four quantities of which the largest decides an
// ALB's capacity units.
type Dimension string

// The dimensions.
const (
	NewConnections    Dimension = "new connections"
	ActiveConnections Dimension = "active connections"
	ProcessedBytes    Dimension = "processed bytes"
	RuleEvaluations   Dimension = "rule evaluations"
)

// Dimensions lists them in the order of AWS's page.
func Dimensions() []Dimension {
	return []Dimension{NewConnections, ActiveConnections, ProcessedBytes, RuleEvaluations}
}

// What one LCU holds, from the Elastic Load Balancing FAQ
// (https://aws.amazon.com/elasticloadbalancing/faqs/): 25 new connections per
// second averaged over the hour, 3,000 active connections, 1,000 rule
// evaluations per second of which 10 rules per request are free, and 1 GB per
// hour for instances or 0.4 GB per hour for Lambda.
const (
	lcuNewConnections    = 25
	lcuActiveConnections = 3000
	lcuRuleEvaluations   = 1000
	freeRules            = 10
)

// LCUTarget is what stands behind the load balancer.
type LCUTarget struct{ gbPerHour Quantity }

// LambdaTarget is a target group of a Lambda function: 0.4 GB per hour.
func LambdaTarget() LCUTarget { return LCUTarget{Ratio(2, 5)} }

// OtherTarget is instances, addresses or containers: 1 GB per hour.
func OtherTarget() LCUTarget { return LCUTarget{Count(1)} }

// LCULoad is the traffic of an ALB in one hour. Nil is not known.
type LCULoad struct {
	RequestsPerSecond       Quantity
	NewConnectionsPerSecond *Quantity
	ConnectionSeconds       *Quantity // mean life of a connection
	BytesPerSecond          *Quantity // requests and answers
	RulesPerRequest         int64
}

// LCUs is the capacity units that each known dimension asks for.
func (l LCULoad) LCUs(t LCUTarget) map[Dimension]Quantity {
	asked := make(map[Dimension]Quantity)
	l.each(t, func(d Dimension, units Quantity) { asked[d] = units })
	return asked
}

// each calls f with each known dimension, in the order of Dimensions.
func (l LCULoad) each(t LCUTarget, f func(Dimension, Quantity)) {
	if l.NewConnectionsPerSecond != nil {
		f(NewConnections, l.NewConnectionsPerSecond.Div(Count(lcuNewConnections)))
		if l.ConnectionSeconds != nil {
			// Little's law: open at a time = arrivals per second x mean life.
			open := l.NewConnectionsPerSecond.Mul(*l.ConnectionSeconds)
			f(ActiveConnections, open.Div(Count(lcuActiveConnections)))
		}
	}
	if l.BytesPerSecond != nil {
		hourly := gbOf(ALBLCUHours).of(l.BytesPerSecond.Mul(Count(3600)))
		f(ProcessedBytes, hourly.Div(t.gbPerHour))
	}
	rules := max(0, l.RulesPerRequest-freeRules)
	f(RuleEvaluations, l.RequestsPerSecond.Mul(Count(rules)).Div(Count(lcuRuleEvaluations)))
}

// Binding is the dimension that asks for the most units, and how many: the
// hour is billed on it alone. It is "" when nothing asks for any.
func (l LCULoad) Binding(t LCUTarget) (binding Dimension, most Quantity) {
	l.each(t, func(d Dimension, units Quantity) {
		if units.Cmp(most) > 0 {
			binding, most = d, units
		}
	})
	return binding, most
}

// LCU is a month of an ALB by the hours of its day.
type LCU struct {
	Hours   Quantity      `json:"lcu_hours"` // per month
	PerHour [24]Quantity  `json:"per_hour"`  // units in each hour of the day
	Binding [24]Dimension `json:"binding"`   // what each hour is billed on
	Unknown []Dimension   `json:"unknown,omitempty"`
}

// lcuMonth evaluates each hour of the day on its own, load being the traffic of
// an hour with that share of the day's requests: the sum of the hourly maxima
// is at least the maximum of the sums.
func lcuMonth(load func(share Quantity) LCULoad, f Forecast, t LCUTarget) LCU {
	var month LCU
	shares := f.profile()
	for hour, share := range shares {
		if hour > 0 && share.Equal(shares[hour-1]) { // as in a flat profile
			month.Binding[hour], month.PerHour[hour] = month.Binding[hour-1], month.PerHour[hour-1]
		} else {
			month.Binding[hour], month.PerHour[hour] = load(share).Binding(t)
		}
		month.Hours = month.Hours.Add(month.PerHour[hour])
	}
	known := load(shares[0]).LCUs(t)
	for _, d := range Dimensions() {
		if _, ok := known[d]; !ok {
			month.Unknown = append(month.Unknown, d)
		}
	}
	month.Hours = month.Hours.Mul(f.hours()).Div(Count(24))
	return month
}

package cloudwatch

import (
	"encoding/json"
	"fmt"

	"github.com/aws/smithy-go/encoding/cbor"
)

// Smithy RPC v2 CBOR, https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html

type cborMap = cbor.Map

// decodeCBOR reads a request body into target by way of JSON, so that every
// protocol shares one set of request types. A NaN or an infinity, which CBOR
// can carry and CloudWatch refuses, fails on the way.
func decodeCBOR(body []byte, target any) error {
	if len(body) == 0 {
		return nil
	}
	value, err := cbor.Decode(body)
	if err != nil {
		return fmt.Errorf("read CBOR: %w", err)
	}
	plain, err := plainCBOR(value)
	if err != nil {
		return err
	}
	text, err := json.Marshal(plain)
	if err != nil {
		return fmt.Errorf("read CBOR: %w", err)
	}
	return json.Unmarshal(text, target)
}

func plainCBOR(v cbor.Value) (any, error) {
	switch v := v.(type) {
	case cbor.Map:
		out := make(map[string]any, len(v))
		for name, member := range v {
			plain, err := plainCBOR(member)
			if err != nil {
				return nil, err
			}
			out[name] = plain
		}
		return out, nil
	case cbor.List:
		out := make([]any, len(v))
		for i, member := range v {
			plain, err := plainCBOR(member)
			if err != nil {
				return nil, err
			}
			out[i] = plain
		}
		return out, nil
	case *cbor.Tag:
		return plainCBOR(v.Value) // 1: seconds since the epoch
	case cbor.String:
		return string(v), nil
	case cbor.Uint:
		return uint64(v), nil
	case cbor.NegInt:
		return -int64(v), nil
	case cbor.Float32:
		return float64(v), nil
	case cbor.Float64:
		return float64(v), nil
	case cbor.Bool:
		return bool(v), nil
	case *cbor.Nil, *cbor.Undefined:
		return nil, nil
	}
	return nil, fmt.Errorf("read CBOR: unexpected %T", v)
}

func (o getMetricDataOutput) cbor() cborMap {
	results := make(cbor.List, len(o.MetricDataResults))
	for i, r := range o.MetricDataResults {
		results[i] = r.cbor()
	}
	return withToken(cborMap{"MetricDataResults": results, "Messages": cborMessages(o.Messages)}, o.NextToken)
}

func (r metricDataResult) cbor() cborMap {
	stamps, values := make(cbor.List, len(r.Timestamps)), make(cbor.List, len(r.Values))
	for i := range r.Values {
		stamps[i] = &cbor.Tag{ID: 1, Value: cbor.Float64(r.Timestamps[i])}
		values[i] = cbor.Float64(r.Values[i])
	}
	out := cborMap{"Id": cbor.String(r.ID), "Label": cbor.String(r.Label), "StatusCode": cbor.String(r.StatusCode),
		"Timestamps": stamps, "Values": values}
	if len(r.Messages) > 0 {
		out["Messages"] = cborMessages(r.Messages)
	}
	return out
}

func cborMessages(messages []messageData) cbor.List {
	out := make(cbor.List, len(messages))
	for i, m := range messages {
		out[i] = cborMap{"Code": cbor.String(m.Code), "Value": cbor.String(m.Value)}
	}
	return out
}

func (o listMetricsOutput) cbor() cborMap {
	metrics := make(cbor.List, len(o.Metrics))
	for i, m := range o.Metrics {
		metrics[i] = cborMap{"Namespace": cbor.String(m.Namespace), "MetricName": cbor.String(m.MetricName), "Dimensions": cborDimensions(m.Dimensions)}
	}
	return withToken(cborMap{"Metrics": metrics}, o.NextToken)
}

func cborDimensions(list []Dimension) cbor.List {
	dims := make(cbor.List, len(list))
	for i, d := range list {
		dims[i] = cborMap{"Name": cbor.String(d.Name), "Value": cbor.String(d.Value)}
	}
	return dims
}

func (putMetricDataOutput) cbor() cborMap { return cborMap{} }

func withToken(m cborMap, token string) cborMap {
	if token != "" {
		m["NextToken"] = cbor.String(token)
	}
	return m
}

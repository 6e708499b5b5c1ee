package pricing

import (
	"encoding/json"
	"testing"
)

func usd(t testing.TB, s string) USD {
	t.Helper()
	u, err := ParseUSD(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func quantity(t testing.TB, s string) Quantity {
	t.Helper()
	q, err := ParseQuantity(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func date(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func shipped(t testing.TB) *Book {
	t.Helper()
	b, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// AWS rounds costs to 10 decimals with a half going up: half-to-even fails on
// exact ties (FOCUS 1.0 sample of a real bill, September 2024). The LCU line
// and the prorated 1/720 and 20/720 are from that bill.
func TestRoundAWSBill(t *testing.T) {
	for _, c := range []struct{ quantity, price, want string }{
		{"0.0020074900", "0.008", "0.0000160599"},
		{"0.5", "0.0000000001", "0.0000000001"}, // tie over an even digit: half-to-even gives 0
		{"2.5", "0.0000000001", "0.0000000003"}, // half-to-even gives ...2
		{"1.5", "0.0000000001", "0.0000000002"},
		{"-2.5", "0.0000000001", "-0.0000000003"},
		{"2.4999999999", "0.0000000001", "0.0000000002"},
	} {
		got := RoundAWSBill.Round(usd(t, c.price).Mul(quantity(t, c.quantity)))
		if got.String() != c.want {
			t.Errorf("%s x %s = %s, want %s", c.quantity, c.price, got, c.want)
		}
	}
	if got := Ratio(1, 720).String(); got != "0.0013888889" {
		t.Errorf("1/720 = %s", got)
	}
	if got := Ratio(20, 720).String(); got != "0.0277777778" {
		t.Errorf("20/720 = %s", got)
	}
}

func TestParseDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "0.0000166667": "0.0000166667", "16.4250": "16.425", "-1.5": "-1.5", "007": "7",
		"123456789012345678901234567890.1": "123456789012345678901234567890.1",
	} {
		if got := usd(t, in).String(); got != want {
			t.Errorf("%q is %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{"", "-", ".5", "5.", "1e9", "1/3", "0x10", "1_000", " 1", "+1", "Inf", "1.2.3", "--1"} {
		if u, err := ParseUSD(in); err == nil {
			t.Errorf("%q is taken as %s", in, u)
		}
	}
}

func TestZeroValuesAndArithmetic(t *testing.T) {
	var zero USD
	one := usd(t, "1")
	if !zero.Add(one).Equal(one) || zero.String() != "0" || zero.Sign() != 0 || !one.Sub(one).Equal(zero) {
		t.Error("the zero USD is not $0")
	}
	var none Quantity
	if !none.Add(Count(2)).Equal(Count(2)) || none.String() != "0" || !one.Mul(none).Equal(zero) {
		t.Error("the zero Quantity is not 0")
	}
	one.Rat().SetInt64(5)
	if one.String() != "1" {
		t.Error("a method or its result changed the value")
	}
	third := one.Div(Count(3))
	if !third.Add(third).Add(third).Equal(one) {
		t.Error("3 x 1/3 is not 1")
	}
}

func TestJSONIsDecimalStrings(t *testing.T) {
	in := struct {
		A USD      `json:"a"`
		Q Quantity `json:"q"`
		D Date     `json:"d"`
	}{usd(t, "0.00000625125"), Ratio(1, 3), NewDate(2024, 2, 29)}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"a":"0.00000625125","q":"0.3333333333","d":"2024-02-29"}`; string(text) != want {
		t.Errorf("JSON is %s, want %s", text, want)
	}
	out := in
	out.A, out.D = USD{}, Date{}
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	if !out.A.Equal(in.A) || out.D != in.D {
		t.Errorf("JSON came back as %v", out)
	}
	if json.Unmarshal([]byte(`{"a":"1/3"}`), &out) == nil || json.Unmarshal([]byte(`{"d":"2024-02-30"}`), &out) == nil {
		t.Error("JSON that is not a decimal or a date is taken")
	}
}

func FuzzDecimal(f *testing.F) {
	f.Add("0.0000166667")
	f.Add("-12.50")
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseUSD(s)
		if err != nil {
			return
		}
		again, err := ParseUSD(u.String())
		if err != nil || !again.Equal(u) {
			t.Errorf("%q prints as %s, which reads as %s, %v", s, u, again, err)
		}
	})
}

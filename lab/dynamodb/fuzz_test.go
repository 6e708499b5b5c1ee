package dynamodb

import (
	"encoding/json"
	"math/big"
	"testing"
)

// FuzzValue: what decodes encodes to a text that decodes to an equal value of the same
// size, in 400 KB or less; and another attribute only makes an item larger.
func FuzzValue(f *testing.F) {
	for _, seed := range []string{
		`{"S":""}`, `{"N":"-0012.50e3"}`, `{"B":"AAEC"}`, `{"BOOL":true}`, `{"NULL":true}`, `{"L":[{"S":"x"},{"L":[]}]}`,
		`{"M":{"a":{"M":{}},"日":{"N":"1e-130"}}}`, `{"SS":["a","b"]}`, `{"NS":["1","2.50"]}`, `{"BS":["AA==","AQ=="]}`,
		`{}`, `{"S":1}`, `{"S":"a","N":"1"}`, `{"N":"1e126"}`, `{"NULL":false}`, `{"SS":[]}`, `{"SS":["a","a"]}`, `null`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var v, w Value
		if json.Unmarshal(text, &v) != nil || v.none() {
			return
		}
		encoded, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(encoded, &w); err != nil || !v.equal(w) || !w.equal(v) || v.size() != w.size() {
			t.Errorf("%s -> %s: %v, sizes %d and %d", text, encoded, err, v.size(), w.size())
		}
		one := Item{"JobId": {kind: Text, text: "x"}}
		two := Item{"JobId": one["JobId"], "v": v}
		list, _ := Of([]any{"x"})
		if two.Size() <= one.Size() || (Value{kind: List, list: append(list.list, v)}).size() <= list.size() {
			t.Errorf("%s does not add to the size", text)
		}
	})
}

// FuzzNumber: what parses prints to a text that parses to the same number, which is
// the one that math/big reads, and sums are those of math/big.
func FuzzNumber(f *testing.F) {
	f.Add("0.1", "0.2")
	f.Add("-1e-130", "1e125")
	f.Add("12345678901234567890123456789012345678", "-.5")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, err := parseNumber(a)
		y, err2 := parseNumber(b)
		if err != nil || err2 != nil {
			return
		}
		if again, err := parseNumber(x.String()); err != nil || again != x {
			t.Errorf("%q prints %s, which is %s %v", a, x, again, err)
		}
		p, q := rational(t, x.String()), rational(t, y.String())
		if p.Cmp(q) != x.compare(y) {
			t.Errorf("%s and %s compare %d", x, y, x.compare(y))
		}
		if sum, err := x.add(y); err == nil && rational(t, sum.String()).Cmp(new(big.Rat).Add(p, q)) != 0 {
			t.Errorf("%s + %s = %s", x, y, sum)
		}
	})
}

func rational(t *testing.T, text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("math/big does not read %q", text)
	}
	return r
}

// FuzzExpression: no expression makes the parser panic, and one that parses can be
// applied to any item.
func FuzzExpression(f *testing.F) {
	for _, seed := range []string{"SET a = :v + b, c[1].d = if_not_exists(e, :v) REMOVE #n ADD g :v DELETE h :s", "a = :v AND (NOT b <> c OR size(d) BETWEEN :v AND :v)", "a IN (:v, b)", "a.b[0], #n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		i := Item{"a": {kind: Numeric, text: "1"}, "c": {kind: List, list: []Value{{kind: Map, items: Item{}}}}, "b": {kind: Text, text: "x"}}
		e := func() *expressions {
			return &expressions{ExpressionAttributeNames: map[string]string{"#n": "name"},
				ExpressionAttributeValues: Item{":v": {kind: Numeric, text: "1"}, ":s": {kind: TextSet, list: []Value{{kind: Text, text: "x"}}}}}
		}
		if c, err := e().condition("ConditionExpression", &text); err == nil {
			c(i)
		}
		if u, err := e().update(&text); err == nil {
			_, _ = u.of(i)
		}
		if p, err := e().projection(&text); err == nil {
			p.of(i)
		}
		if before := i.Size(); before != (Item{"a": {kind: Numeric, text: "1"}, "c": {kind: List, list: []Value{{kind: Map, items: Item{}}}}, "b": {kind: Text, text: "x"}}).Size() {
			t.Error("the item before was changed")
		}
	})
}

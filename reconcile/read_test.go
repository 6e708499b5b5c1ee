package reconcile_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"frontdoor/reconcile"
)

// charges are all lines of an export, without where they stood.
func charges(t testing.TB, file string) (reconcile.Export, []reconcile.Charge) {
	t.Helper()
	var list []reconcile.Charge
	x, err := reconcile.Read(file, func(c reconcile.Charge) error {
		c.File, c.At = "", ""
		list = append(list, c)
		return nil
	})
	check(t, err)
	return x, list
}

// say is a charge in words, amounts as decimals.
func say(c reconcile.Charge) string {
	text := fmt.Sprintf("%s %s %s %s %+v %q %q %v %s", c.Kind, c.Account, c.From.UTC(), c.Until.UTC(), c.Usage, c.Resource, c.Description, c.Tags, c.Cost)
	for _, x := range []any{c.Quantity, c.Rate, c.List} {
		if v := reflect.ValueOf(x); v.IsNil() {
			text += " -"
		} else {
			text += fmt.Sprint(" ", v.Elem())
		}
	}
	return text
}

// The Parquet files were written by DuckDB from the CSV files: both say the same,
// to the last digit, though costs are doubles in the one and text in the other.
func TestParquetSaysWhatCSVSays(t *testing.T) {
	for _, name := range []string{"cur-2.0", "focus-1.0", "focus-1.2"} {
		a, text := charges(t, synthetic(name+".csv"))
		b, columns := charges(t, synthetic(name+".parquet"))
		if a.Format != b.Format || a.Charges != b.Charges || !a.Until.Equal(b.Until) || len(text) < 70 {
			t.Fatalf("%s: %+v and %+v", name, a, b)
		}
		for i := range text {
			if x, y := say(text[i]), say(columns[i]); x != y && strings.ReplaceAll(x, "map[]", "") != strings.ReplaceAll(y, "map[]", "") {
				t.Errorf("%s: CSV\n%s\nParquet\n%s", name, x, y)
			}
		}
	}
}

func put(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	check(t, os.WriteFile(path, data, 0o644))
	return path
}

func get(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(synthetic(name))
	check(t, err)
	return data
}

func squeezed(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(data)
	check(t, err)
	check(t, z.Close())
	return b.Bytes()
}

// AWS delivers CSV compressed; Athena writes names in lower case; spreadsheets put a
// mark before the first.
func TestOtherForms(t *testing.T) {
	plain := get(t, "focus-1.2.csv")
	header, rest, _ := bytes.Cut(plain, []byte("\n"))
	_, want := charges(t, synthetic("focus-1.2.csv"))
	for what, data := range map[string][]byte{
		"gzip":       squeezed(t, plain),
		"lower case": append(append(bytes.ToLower(header), '\n'), rest...),
		"mark":       append([]byte("\ufeff"), plain...),
		"CRLF":       bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n")),
	} {
		if _, got := charges(t, put(t, "x", data)); !slices.EqualFunc(got, want, func(a, b reconcile.Charge) bool { return say(a) == say(b) }) {
			t.Errorf("%s: the lines differ", what)
		}
	}
}

// One error names the file, the row and the column, and what would be right.
func TestWrongFiles(t *testing.T) {
	cur, focus := load(t, "cur-2.0.csv"), load(t, "focus-1.0.csv")
	text := func(b bill) []byte {
		data, err := os.ReadFile(b.save(t))
		check(t, err)
		return data
	}
	head := func(columns ...string) []byte {
		b := bill{header: slices.DeleteFunc(slices.Clone(cur.header), func(c string) bool { return slices.Contains(columns, c) })}
		return text(b)
	}
	parquet := get(t, "cur-2.0.parquet")
	for _, c := range []struct {
		data []byte
		want string
	}{
		{text(cur.with(3, map[string]string{"line_item_usage_amount": "ten"})), `line 5: line_item_usage_amount: "ten" is not a decimal number: want a quantity such as`},
		{text(cur.with(3, map[string]string{"line_item_unblended_cost": ""})), `line 5: line_item_unblended_cost: it is empty: want an amount`},
		{text(cur.with(3, map[string]string{"line_item_unblended_cost": "1,5"})), `line 5: line_item_unblended_cost: "1,5" is not a decimal number`},
		{text(cur.with(3, map[string]string{"line_item_usage_start_date": "yesterday"})), `line 5: line_item_usage_start_date: "yesterday" is no time: want a time such as 2026-11-29T07:00:00Z`},
		{text(cur.with(3, map[string]string{"line_item_currency_code": "CNY"})), `line 5: line_item_currency_code: "CNY": want USD`},
		{text(cur.with(3, map[string]string{"resource_tags": "{a=b}"})), `line 5: resource_tags: "{a=b}": want a JSON object of strings`},
		{text(cur.with(3, map[string]string{"line_item_usage_end_date": "2026-11-01T00:00:00Z"})), `line 5: it ends at 2026-11-01T00:00:00Z, before it begins`},
		{text(focus.with(0, map[string]string{"BilledCost": "NaN"})), `line 2: BilledCost: "NaN" is not a decimal number`},
		{append(text(cur), []byte("a,b\n")...), `line 83: it has 2 columns: want 114 as in the header`},
		{head("line_item_usage_type", "line_item_operation"), "not those of CUR 2.0: it lacks line_item_usage_type, line_item_operation: want an export of CUR 2.0, or of FOCUS 1.0, 1.2, 1.3 or 1.4"},
		{[]byte("identity/LineItemId,lineItem/UsageType\n"), "it is a legacy Cost and Usage Report: want an export of CUR 2.0"},
		{[]byte("front,usd\nrest,1\n"), "its columns are not those of CUR 2.0"},
		{[]byte("BilledCost,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,BillingCurrency,PricingQuantity\n"), "not those of FOCUS 1.0: it lacks x_ServiceCode, x_Operation, x_UsageType"},
		{nil, "the file is empty"},
		{squeezed(t, text(cur))[:400], "unexpected EOF"},
		{parquet[:len(parquet)-9], "not a whole Parquet file"},
		{parquet[:20], "not a whole Parquet file"},
	} {
		file := put(t, "bill", c.data)
		_, err := reconcile.Read(file, func(reconcile.Charge) error { return nil })
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), fmt.Sprintf("read bill %q: ", file)) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	if _, err := reconcile.Read(t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Error(err)
	}
	if _, err := reconcile.Read("nowhere.csv", nil); err == nil || !strings.Contains(err.Error(), "nowhere.csv") {
		t.Error(err)
	}
}

// A bad cell of a Parquet file is named by its row.
func TestWrongCellOfParquet(t *testing.T) {
	stop := fmt.Errorf("stop")
	n := 0
	_, err := reconcile.Read(synthetic("cur-2.0.parquet"), func(c reconcile.Charge) error {
		if n++; n == 3 {
			return fmt.Errorf("%s: %w", c.At, stop)
		}
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "row 3: stop") {
		t.Error(err)
	}
}

// Two files of one bill must be two files of one export.
func TestFilesOfOneBill(t *testing.T) {
	nothing := func(reconcile.Charge) error { return nil }
	again := put(t, "again.csv", get(t, "cur-2.0.csv"))
	for _, c := range []struct {
		files []string
		want  string
	}{
		{[]string{synthetic("cur-2.0.csv"), again}, "it is the same as"},
		{[]string{synthetic("cur-2.0.csv"), synthetic("focus-1.0.csv")}, "is FOCUS 1.0 and"},
	} {
		if _, err := reconcile.ReadAll(c.files, nothing); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.files, err, c.want)
		}
	}
}

// What reconcile needs is in AWS's published lists of columns.
func TestColumnsArePublished(t *testing.T) {
	for _, name := range []string{"cur-2.0", "focus-1.0", "focus-1.2"} {
		data, err := os.ReadFile("testdata/columns-" + name + ".txt")
		check(t, err)
		var columns []string
		for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
			if !strings.HasPrefix(line, "#") {
				columns = append(columns, line)
			}
		}
		// A header of the published columns alone is recognised as that export.
		x, err := reconcile.Read(put(t, "header.csv", []byte(strings.Join(columns, ",")+"\n")), nil)
		if err != nil || !strings.EqualFold(strings.ReplaceAll(x.Format, " ", "-"), name) {
			t.Errorf("%s: %q: %v", name, x.Format, err)
		}
		for _, column := range columnsOf(name) {
			if !slices.Contains(columns, column) {
				t.Errorf("%s has no column %s", name, column)
			}
		}
	}
}

func columnsOf(name string) []string {
	var list []string
	for v := reflect.ValueOf(wordsOf(name)); len(list) < v.NumField(); {
		list = append(list, v.Field(len(list)).String())
	}
	return list
}

// Whatever a file has, it is read or refused.
func FuzzRead(f *testing.F) {
	for _, name := range exports() {
		f.Add(get(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := put(t, "bill", data)
		x, err := reconcile.Read(file, func(c reconcile.Charge) error {
			if c.Until.Before(c.From) || c.At == "" {
				t.Errorf("%+v", c)
			}
			return nil
		})
		if err == nil && !slices.Contains(reconcile.Formats(), x.Format) {
			t.Errorf("format %q", x.Format)
		}
	})
}

// Each export is told by its columns, whichever others it has.
func TestFormatsAreTold(t *testing.T) {
	for _, name := range exports() {
		x, err := reconcile.Read(synthetic(name), func(reconcile.Charge) error { return nil })
		want := strings.NewReplacer("cur-", "CUR ", "focus-", "FOCUS ", ".csv", "", ".parquet", "").Replace(name)
		if err != nil || x.Format != want {
			t.Errorf("%s is read as %q, %v, want %q", name, x.Format, err, want)
		}
	}
}

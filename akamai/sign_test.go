package akamai_test

import (
	"testing"

	"frontdoor/akamai"
)

// The first vector is Akamai's own, of the page on signature headers
// (https://techdocs.akamai.com/netstorage-usage/reference/example-auth-headers).
// The others were computed by OpenSSL's HMAC over the same layout.
func TestSign(t *testing.T) {
	for _, c := range []struct {
		version            int
		path, action, want string
	}{
		{5, "/123456/files_baseball/sweep.m4a", "version=1&action=upload&md5=0123456789abcdef0123456789abcdef&mtime=1260000000", "yh1MXm/rv7RKZhfKlTuSUBV69Acph5IyOWCU0/nFjms="},
		{5, "/832468/report.csv", "version=1&action=upload", "rTU8yzlDQk4+UnfjFlfny+ANQ51CIVBX1X0Uzj6XDE4="},
		{5, "/data832468/report.csv", "version=1&action=upload", "qBHQTtQzgieqCCV6JHcIL3slrRaNQzds0+VCRM8Qi0A="},
		{5, "/832468/Big%20Buck%20Bunny.mp4", "version=1&action=upload", "K/xo+lDcNuIhfS1+B7BNkTMNZ057MP/murJEBpYLawg="},
		{5, "/832468/report.csv", "version=1&action=stat&format=xml", "lHFFxEnSBkhZ1/AKT6gEuIcap9/zx7YuJ7eu5B7Kq1I="},
		{5, "/832468/report.csv", "version=1&action=delete", "uAE+EUzxKZBhuJxU0RfQF4QNilyE2CONq9mJZ1Et2Lw="},
		{5, "/832468/report.csv", "version=1&action=mtime&format=xml&mtime=1260000000", "UECRKcS8rjOlGE7pIrSl8WoxOVIts41zeqi5DQCQwoY="},
		{4, "/832468/report.csv", "version=1&action=upload", "mrEJFvqrAOjF/GEy9KoOwtQSDkk="},
		{3, "/832468/report.csv", "version=1&action=upload", "F6+jIbe9H58PnKwhYBgPGg=="},
	} {
		data := akamai.AuthData(c.version, 1280000000, "382644692", "UploadAccountMedia")
		if got, err := akamai.Sign(c.version, "abcdefghij", data, c.path, c.action); got != c.want || err != nil {
			t.Errorf("version %d of %s, %s: %s, %v, want %s", c.version, c.path, c.action, got, err, c.want)
		}
	}
	if got, err := akamai.Sign(2, "abcdefghij", "", "", ""); err == nil {
		t.Errorf("version 2 is signed: %s", got)
	}
}

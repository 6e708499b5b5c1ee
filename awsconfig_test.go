package frontdoor_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// Commands load the SDK's configuration by awscall.Load alone, which tells the redactor
// the credentials and keeps the SDK's logger silent. Handlers are deployed, and write to
// logs of their own.
func TestOneConfigurationOfTheSDK(t *testing.T) {
	loads := 0
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(text, []byte("config.LoadDefaultConfig(")) {
			return err
		}
		loads++
		switch dir := path.Dir(filepath.ToSlash(file)); dir {
		case "awscall", "handlers", "handlers/publish":
		default:
			t.Errorf("%s loads the SDK's configuration itself: want awscall.Load", file)
		}
		return nil
	})
	if err != nil || loads == 0 {
		t.Fatalf("%d files load it: %v", loads, err)
	}
}

package reconcile

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
)

// ReadAll streams the files of one bill, one after the other. It refuses a file that
// is given twice, and files of two exports: the same lines would count twice.
func ReadAll(names []string, each func(Charge) error) ([]Export, error) {
	var list []Export
	for _, name := range names {
		sum, err := sumOf(name)
		if err != nil {
			return nil, fmt.Errorf("read bill: %w", err)
		}
		for _, x := range list {
			if x.Sum == sum {
				return nil, fmt.Errorf("read bill %q: it is the same as %q: want each file once", name, x.Name)
			}
		}
		x, err := Read(name, each)
		if err != nil {
			return nil, err
		}
		x.Sum = sum
		if len(list) > 0 && x.Format != list[0].Format {
			return nil, fmt.Errorf("read bill %q: it is %s and %q is %s: want the files of one export, or lines count twice", name, x.Format, list[0].Name, list[0].Format)
		}
		list = append(list, x)
	}
	return list, nil
}

// sumOf is the SHA-256 of a file.
func sumOf(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return "", fmt.Errorf("%q is a folder: want a file of it", name)
	}
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

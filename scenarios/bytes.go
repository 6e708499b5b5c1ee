package scenarios

import "fmt"

// Bytes is a size, written with its unit. KB, MB and GB are powers of 1000; KiB,
// MiB and GiB are powers of 1024. AWS bills and limits in both, so neither is
// guessed from a bare number.
type Bytes int64

const bytesPattern = `^[0-9]{1,15}(\.[0-9]{1,15})?(B|KB|MB|GB|KiB|MiB|GiB)$`

func (b *Bytes) set(l literal) error {
	n, err := whole(l.text, units(
		"B", int64(1), "KB", int64(1e3), "MB", int64(1e6), "GB", int64(1e9),
		"KiB", int64(1<<10), "MiB", int64(1<<20), "GiB", int64(1<<30)), "bytes")
	if err != nil {
		return err
	}
	*b = Bytes(n)
	return nil
}

// ParseBytes reads a size such as "6KB".
func ParseBytes(text string) (Bytes, error) {
	var b Bytes
	if err := b.set(literal{text: text, tag: "!!str"}); err != nil {
		return 0, fmt.Errorf("%q %w: want %s", text, err, b.want())
	}
	return b, nil
}

func (b *Bytes) want() string {
	return "a size such as 6KB (6,000 bytes), 6KiB (6,144 bytes) or 1MiB"
}

func (b *Bytes) schema() *schema { return &schema{Type: "string", Pattern: bytesPattern} }

// Memory is a function's memory in Lambda's megabytes, which are 1024 x 1024 bytes:
// "128MB". It is written as AWS writes it.
type Memory int

const memoryPattern = `^[0-9]{1,6}MB$`

func (m *Memory) set(l literal) error {
	n, err := whole(l.text, units("MB", int64(1)), "megabytes")
	if err != nil {
		return err
	}
	*m = Memory(n)
	return nil
}

func (m *Memory) want() string { return "memory such as 128MB or 1769MB" }

func (m *Memory) schema() *schema { return &schema{Type: "string", Pattern: memoryPattern} }

package telemetry

import (
	"testing"
	"time"

	"frontdoor/record"
)

func at(clock string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, "2026-11-22T"+clock+"Z")
	if err != nil {
		panic(err)
	}
	return t
}

func TestWindowOf(t *testing.T) {
	for name, row := range map[string]struct {
		run  record.Run
		want window
	}{
		"whole minutes outwards": {record.Run{Started: at("12:00:30"), Ended: at("12:05:01")}, window{at("12:00:00"), at("12:06:00")}},
		"ends on the minute":     {record.Run{Started: at("12:00:00"), Ended: at("12:05:00")}, window{at("12:00:00"), at("12:05:00")}},
		"never empty":            {record.Run{Started: at("12:00:00"), Ended: at("12:00:00")}, window{at("12:00:00"), at("12:01:00")}},
		"no end": {record.Run{Started: at("12:00:00"), Trials: []record.Trial{{Ended: at("12:03:10")}, {Ended: at("12:01:10")}}},
			window{at("12:00:00"), at("12:04:00")}},
		"no trial ended": {record.Run{Started: at("12:00:00")}, window{at("12:00:00"), at("13:00:00")}},
	} {
		if got := windowOf(&row.run, at("12:59:59")); !got.from.Equal(row.want.from) || !got.until.Equal(row.want.until) {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
}

// Law: the cover holds the window, and is one period of its own length.
func FuzzCover(f *testing.F) {
	f.Add(uint32(29_900_000), uint16(5))
	f.Add(uint32(1), uint16(1))
	f.Fuzz(func(t *testing.T, start uint32, length uint16) {
		from := time.Unix(int64(start)*60, 0)
		w := window{from, from.Add(time.Duration(length%2000+1) * time.Minute)}
		c := w.cover()
		if c.from.After(w.from) || c.until.Before(w.until) || c.from.Unix()%int64(c.seconds()) != 0 || c.seconds()%60 != 0 {
			t.Fatalf("%v is covered by %v", w, c)
		}
	})
}

package load

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// sleeper sleeps with the kernel's high-resolution timer: late by about 0.1 ms
// where time.Sleep is late by up to 1 ms. The timer is a descriptor that Go's
// network poller waits for, so that no scheduler slot is held meanwhile.
// (A plain nanosleep holds one until the runtime's monitor takes it away, up to
// 10 ms later; with two cores the load itself then starved: measured.)
type sleeper struct{ timer *os.File }

func newSleeper() (*sleeper, error) {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_NONBLOCK|unix.TFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("make a timer: %w", err)
	}
	return &sleeper{os.NewFile(uintptr(fd), "timer")}, nil
}

// sleep sleeps for d, or less when the timer fails: the caller looks at the clock.
func (s *sleeper) sleep(d time.Duration) {
	spec := unix.ItimerSpec{Value: unix.NsecToTimespec(max(d.Nanoseconds(), 1))}
	raw, err := s.timer.SyscallConn()
	if err != nil {
		return
	}
	var set error
	if err := raw.Control(func(fd uintptr) { set = unix.TimerfdSettime(int(fd), 0, &spec, nil) }); err != nil || set != nil {
		return
	}
	var expirations [8]byte
	_, _ = s.timer.Read(expirations[:])
}

func (s *sleeper) close() { s.timer.Close() }

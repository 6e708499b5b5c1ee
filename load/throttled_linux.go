package load

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// throttled is how long a CPU quota has held this process's control group back
// since the group was made; 0 where there is no quota or the kernel does not
// tell. https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.stat,
// throttled_usec) and https://docs.kernel.org/scheduler/sched-bwc.html (v1,
// throttled_time in nanoseconds).
func throttled() time.Duration {
	groups, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return 0
	}
	var most time.Duration
	for line := range strings.Lines(string(groups)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		for _, mount := range mounts(parts[1]) {
			// Inside a container the group's own path may be the mount itself.
			for _, path := range []string{parts[2], ""} {
				most = max(most, heldBack(filepath.Join(mount, path, "cpu.stat")))
			}
		}
	}
	return most
}

// mounts is where a hierarchy with the cpu controller is mounted; version 2 has
// no list of controllers.
func mounts(controllers string) []string {
	switch {
	case controllers == "":
		return []string{"/sys/fs/cgroup", "/sys/fs/cgroup/unified"}
	case strings.Contains(","+controllers+",", ",cpu,"):
		return []string{"/sys/fs/cgroup/" + controllers, "/sys/fs/cgroup/cpu"}
	}
	return nil
}

func heldBack(path string) time.Duration {
	stat, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	for name, unit := range map[string]time.Duration{"throttled_usec ": time.Microsecond, "throttled_time ": time.Nanosecond} {
		if _, rest, ok := bytes.Cut(stat, []byte(name)); ok {
			number, _, _ := bytes.Cut(rest, []byte("\n"))
			n, _ := strconv.ParseInt(string(number), 10, 64)
			return time.Duration(n) * unit
		}
	}
	return 0
}

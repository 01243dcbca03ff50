//go:build !linux

package browser

import (
	"os"
	"os/exec"
	"time"
)

// isolate leaves Chromium where it is: there are no network namespaces here, so its proxy alone keeps it inside.
func (p *Pool) isolate(cmd *exec.Cmd) {
	p.shared.Store(true)
	cmd.WaitDelay = 5 * time.Second
}

func kill(group int) {
	if proc, err := os.FindProcess(group); err == nil && group > 1 {
		_ = proc.Kill()
	}
}

// memory is not measured here; the page's time bounds it.
func memory(int) int64 { return 0 }

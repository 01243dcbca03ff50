//go:build unix && !solaris && !illumos && !aix && !netbsd && !openbsd

package app

import "syscall"

// freeBytes is the room left where dir lies, -1 when it cannot be told.
func freeBytes(dir string) int64 {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return -1
	}
	return int64(s.Bavail) * int64(s.Bsize) //nolint:gosec,unconvert // no disk is that large; the types differ between systems
}

//go:build !unix || solaris || illumos || aix || netbsd || openbsd

package app

// freeBytes cannot be told here.
func freeBytes(string) int64 { return -1 }

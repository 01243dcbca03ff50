package testkit

import (
	"os"
	"testing"

	"github.com/alicebob/miniredis/v2"

	"winnow/backend/internal/id"
)

// RedisServer is where a test finds Redis. Keys and channels of the test must begin with Prefix, since a real server is
// shared by tests that run at the same time.
type RedisServer struct {
	URL    string // redis://…
	Prefix string // e.g. "t0190…:"
}

// Redis is the real server when there is one, else an in-process stand-in.
func Redis(tb testing.TB) RedisServer {
	tb.Helper()
	prefix := "t" + id.New() + ":"
	if u := os.Getenv(envRedis); u != "" {
		return RedisServer{URL: u, Prefix: prefix}
	}
	require(tb, envRedis)
	return RedisServer{URL: "redis://" + miniredis.RunT(tb).Addr(), Prefix: prefix}
}

// FakeRedis is always the in-process stand-in, for tests that stop, flush or break the server.
func FakeRedis(tb testing.TB) *miniredis.Miniredis {
	tb.Helper()
	return miniredis.RunT(tb)
}

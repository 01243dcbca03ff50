// Package testkit gives tests real things to test against: migrated databases of both kinds, Redis, a clock that stands
// still. It is imported by tests only.
//
// Real servers are named by WINNOW_TEST_POSTGRES_URL and WINNOW_TEST_REDIS_URL (scripts/services.sh starts and exports
// them). Without them the PostgreSQL half of a test is skipped and Redis is an in-process stand-in; with
// CI_REQUIRE_SERVICES=1 their absence fails the test instead.
package testkit

import (
	"log/slog"
	"os"
	"testing"
	"time"

	"winnow/backend/internal/clock"
)

const (
	envPostgres = "WINNOW_TEST_POSTGRES_URL"
	envRedis    = "WINNOW_TEST_REDIS_URL"
	envRequire  = "CI_REQUIRE_SERVICES"
)

// Clock is a clock that stands at 2026-03-02 09:30 UTC, a Monday, until the test moves it.
func Clock() *clock.Virtual {
	return clock.NewVirtual(time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC))
}

// Logger throws everything away.
func Logger() *slog.Logger { return slog.New(slog.DiscardHandler) }

// Eventually polls ok until it is true; the test fails after a minute, which leaves room for a busy machine, saying
// what was waited for.
func Eventually(tb testing.TB, what string, ok func() bool) {
	tb.Helper()
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline.C:
			tb.Fatalf("waited a minute in vain for: %s", what)
		case <-tick.C:
		}
	}
}

func require(tb testing.TB, env string) {
	tb.Helper()
	if os.Getenv(envRequire) == "1" {
		tb.Fatalf("%s is not set but %s=1; run the tests by scripts/services.sh", env, envRequire)
	}
}

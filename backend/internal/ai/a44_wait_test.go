package ai_test

import (
	"testing"
	"time"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// TestA44_WhoWaitedForABudgetIsCheckedAgain: a reservation that had to wait for another one's row sees what that one
// took, whatever join the database makes of the check.
func TestA44_WhoWaitedForABudgetIsCheckedAgain(t *testing.T) {
	t.Parallel()
	for _, scope := range []string{ai.ScopeDay, ai.ScopeMonth} {
		t.Run(scope, func(t *testing.T) {
			t.Parallel()
			testkit.Databases(t, func(t *testing.T, d *db.DB) { waited(t, d, scope) })
		})
	}
}

func waited(t *testing.T, d *db.DB, scope string) {
	t.Helper()
	clock := testkit.Clock()
	l := ai.NewLedger(d, clock, nil, "EUR", nil)
	limit := int64(100)
	for _, s := range []string{ai.ScopeDay, ai.ScopeMonth} {
		ceiling := &limit
		if s != scope {
			ceiling = nil
		}
		if _, err := l.SetLimit(t.Context(), s, ceiling, ""); err != nil {
			t.Fatal(err)
		}
	}
	call := func(micros int64) ai.Reservation {
		return ai.Reservation{CallID: id.New(), Purpose: "test", Model: "m", Provider: "p", Micros: micros, Lease: time.Minute, Attempt: 1}
	}
	if err := l.Reserve(t.Context(), call(10)); err != nil {
		t.Fatal(err)
	}
	first := d.Write.Begin()
	if err := first.Exec("UPDATE budgets SET reserved_micros = reserved_micros + 60 WHERE scope = ?", scope).Error; err != nil {
		t.Fatal(err)
	}
	second := make(chan error, 1)
	go func() { second <- l.Reserve(t.Context(), call(60)) }()
	untilSomebodyWaits(t, d)
	if err := first.Commit().Error; err != nil {
		t.Fatal(err)
	}
	if err := <-second; !fault.Is(err, fault.BudgetExceeded) {
		t.Errorf("%s: 10 + 60 + 60 of 100: %v", scope, err)
	}
}

// untilSomebodyWaits returns when a transaction waits for another's row. On SQLite there is one writer, so it does.
func untilSomebodyWaits(t *testing.T, d *db.DB) {
	t.Helper()
	if d.Dialect != db.Postgres {
		return
	}
	for deadline := time.Now().Add(20 * time.Second); ; {
		var n int64
		err := d.Read.Raw("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(&n).Error
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("nobody waits")
		}
	}
}

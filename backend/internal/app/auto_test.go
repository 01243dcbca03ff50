package app_test

import (
	"context"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/settings"
	"winnow/backend/internal/testkit/whole"
)

// TestFoundLeadsAreJudgedByRulesWhenTheWorkspaceSaysSo: off, nothing happens; on, leads that come one by one share one
// batch of the rules, each lead is judged once, and no model is asked.
func TestFoundLeadsAreJudgedByRulesWhenTheWorkspaceSaysSo(t *testing.T) {
	t.Parallel()
	p := whole.Start(t)
	ctx, stop := context.WithCancel(account.With(t.Context(), account.System()))
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx, nil) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	count := func(sql string) (n int) {
		t.Helper()
		if err := p.DB.Read.Raw(sql).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	add := func(name string) {
		t.Helper()
		fields := map[string]string{"name": name, "company": "Acme " + name, "content": "We lose orders in spreadsheets every week and need a tool."}
		if _, _, err := p.Intake.AcceptOne(ctx, fields, "manual"); err != nil {
			t.Fatal(err)
		}
	}
	add("Off")
	if n := count("SELECT COUNT(*) FROM river_job WHERE kind = 'auto_analyze'"); n != 0 {
		t.Fatalf("%d jobs while it is off", n)
	}
	time.Sleep(2500 * time.Millisecond) // past the slack of a turn
	on := true
	if _, _, err := p.Settings.Update(ctx, nil, nil, settings.Change{AutoAnalyze: &on}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"One", "Two", "Three"} {
		add(name)
	}
	deadline := time.Now().Add(40 * time.Second)
	for count("SELECT COUNT(*) FROM leads WHERE analyzed_at IS NOT NULL AND name <> 'Off'") < 3 {
		if time.Now().After(deadline) {
			t.Fatalf("not judged; jobs %d, batches %d", count("SELECT COUNT(*) FROM river_job WHERE kind = 'auto_analyze'"), count("SELECT COUNT(*) FROM batches"))
		}
		time.Sleep(100 * time.Millisecond)
	}
	if n := count("SELECT COUNT(*) FROM analyses a JOIN leads l ON l.id = a.lead_id WHERE l.name <> 'Off'"); n != 3 {
		t.Errorf("%d analyses of three leads", n)
	}
	if n := count("SELECT COUNT(*) FROM batches WHERE analyzer <> 'rules'"); n != 0 {
		t.Error("a batch that costs money began by itself")
	}
	if n := count("SELECT COUNT(*) FROM batches"); n > 2 { // the turn may change between two leads
		t.Errorf("%d batches for three leads", n)
	}
}

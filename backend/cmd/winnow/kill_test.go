package main

import (
	"bytes"
	"context"
	crand "crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/qualify/batch"
	"winnow/backend/internal/qualify/judge"
	"winnow/backend/internal/testkit"
	"winnow/backend/internal/testkit/fakeai"
)

// A server is killed with SIGKILL at random moments of a model batch, again and again. In the end every lead has one
// analysis, no lead was paid for twice but those in flight at a kill, and the ledger never passed the budget.
func TestF1_KilledBatchGoesOnAndPaysOnce(t *testing.T) {
	t.Parallel()
	leads, kills := 240, 6
	if os.Getenv("WINNOW_SOAK") != "" {
		leads, kills = 1000, 25
	}
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); killBatch(t, "", leads, kills) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); killBatch(t, testkit.PostgresURL(t), leads, kills) })
}

const (
	killLatency  = 60 * time.Millisecond
	killAtOnce   = 8
	killPriceIn  = 1_000_000 // micro-units for a million tokens
	killPriceOut = 4_000_000
	killBudget   = 50_000_000
	patience     = 90 * time.Second
)

func killBatch(t *testing.T, postgres string, leads, kills int) {
	fake, aiURL := fakeai.New(t, fakeai.Options{Latency: killLatency})
	dir := t.TempDir()
	secret := make([]byte, 32)
	if _, err := crand.Read(secret); err != nil {
		t.Fatal(err)
	}
	env := []string{
		"WINNOW_TEST_MAIN=1", "WINNOW_DATA_DIR=" + dir, "WINNOW_DATABASE_URL=" + postgres, "WINNOW_SECRET_KEY=" + hex.EncodeToString(secret),
		"WINNOW_AI_BASE_URL=" + aiURL, "WINNOW_AI_MODEL=fake", "WINNOW_AI_PRICE_IN=1", "WINNOW_AI_PRICE_OUT=4", "WINNOW_AI_RPM=0", "WINNOW_AI_TPM=0",
		fmt.Sprintf("WINNOW_AI_CONCURRENCY=%d", killAtOnce), "PATH=" + os.Getenv("PATH"), "HOME=" + dir,
	}
	cfg := configOf(t, env)
	batchID := prepare(t, cfg, leads)

	d, err := db.Open(t.Context(), db.Options{URL: postgres, DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	var killed []time.Time
	for range kills {
		killed = append(killed, runAndKill(t, env))
		checkBudget(t, d, batchID)
	}
	if b := batchOf(t, d, batchID); b.Status == batch.Finished {
		t.Fatalf("the batch was over before the last kill (%d of %d done): the kills proved too little", b.Done, b.Total)
	}
	stop := start(t, env)
	deadline := time.Now().Add(patience)
	for batchOf(t, d, batchID).Status != batch.Finished {
		if time.Now().After(deadline) {
			log := stop().log
			t.Fatalf("the batch did not go on by itself: %+v\n%s", batchOf(t, d, batchID), log)
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	checkBudget(t, d, batchID)
	checkEnd(t, d, fake, batchID, leads, killed)
}

func configOf(t *testing.T, env []string) config.Config {
	t.Helper()
	cfg, err := config.Load(config.Options{Environ: env, Dir: t.TempDir()})
	if err != nil {
		t.Fatal(explain(err))
	}
	if cfg, err = config.EnsureSecretKey(cfg); err != nil {
		t.Fatal(err)
	}
	return cfg
}

// prepare fills a workspace with leads and a batch over them that nobody works on yet.
func prepare(t *testing.T, cfg config.Config, leads int) string {
	t.Helper()
	cfg.Process.Roles = []config.Role{config.RoleAPI}
	a, err := app.New(t.Context(), cfg, app.Parts{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	ctx := account.With(t.Context(), account.System())
	var file bytes.Buffer
	file.WriteString("name,title,company,content\n")
	for i := range leads {
		fmt.Fprintf(&file, "Lead %d,Owner,Firm %d,Our orders get lost every week. MARK-%d says so.\n", i, i, i)
	}
	p, err := a.Intake.Upload(ctx, "leads.csv", &file, intake.Options{})
	if err != nil {
		t.Fatal(explain(err))
	}
	if _, err := a.Intake.Start(ctx, p.Import.ID, intake.Options{}); err != nil {
		t.Fatal(explain(err))
	}
	imp, err := a.Intake.Run(ctx, p.Import.ID, nil)
	if err != nil || imp.Created != leads {
		t.Fatalf("imported %+v: %v", imp, err)
	}
	budget := int64(killBudget)
	b, err := a.Batches.Create(ctx, batch.Request{Analyzer: "llm", BudgetMicros: &budget})
	if err != nil {
		t.Fatal(explain(err))
	}
	return b.ID
}

// start runs the product as a process of its own until the returned function kills it.
func start(t *testing.T, env []string) (kill func() death) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), self, "serve", "--addr", "127.0.0.1:0")
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr = env, filepath.Dir(self), &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	return func() death {
		select {
		case err := <-done:
			t.Fatalf("the product ended by itself: %v\n%s", err, tail(out.String()))
		default:
		}
		at := time.Now()
		if err := cmd.Process.Kill(); err != nil {
			t.Errorf("kill: %v", err)
		}
		<-done //nolint:errcheck // killed is what it was
		return death{at, tail(out.String())}
	}
}

// death is when a process was killed, and the end of what it had said.
type death struct {
	at  time.Time
	log string
}

func tail(s string) string { return s[max(0, len(s)-4000):] }

func runAndKill(t *testing.T, env []string) time.Time {
	t.Helper()
	kill := start(t, env)
	time.Sleep(150*time.Millisecond + time.Duration(rand.IntN(450))*time.Millisecond)
	return kill().at
}

func batchOf(t *testing.T, d *db.DB, id string) batch.Batch {
	t.Helper()
	var b batch.Batch
	if err := d.Read.WithContext(t.Context()).Where("id = ?", id).Take(&b).Error; err != nil {
		t.Fatal(err)
	}
	return b
}

func checkBudget(t *testing.T, d *db.DB, batchID string) {
	t.Helper()
	var held int64
	err := d.Read.WithContext(t.Context()).Table("budgets").Where("scope = 'batch' AND key = ?", batchID).Select("spent_micros + reserved_micros").Scan(&held).Error
	if err != nil {
		t.Fatal(err)
	}
	if held > killBudget {
		t.Errorf("the ledger holds %d, over the budget of %d", held, killBudget)
	}
}

func checkEnd(t *testing.T, d *db.DB, fake *fakeai.Fake, batchID string, leads int, killed []time.Time) {
	t.Helper()
	b := batchOf(t, d, batchID)
	if b.Done != leads || b.Failed != 0 || b.Skipped != 0 {
		t.Errorf("done %d failed %d skipped %d, want %d, 0, 0", b.Done, b.Failed, b.Skipped, leads)
	}
	var analyses, distinct int64
	if err := d.Read.WithContext(t.Context()).Model(&judge.Analysis{}).Where("batch_id = ?", batchID).Count(&analyses).Error; err != nil {
		t.Fatal(err)
	}
	if err := d.Read.WithContext(t.Context()).Model(&judge.Analysis{}).Where("batch_id = ?", batchID).Distinct("lead_id").Count(&distinct).Error; err != nil {
		t.Fatal(err)
	}
	if analyses != int64(leads) || distinct != int64(leads) {
		t.Errorf("%d analyses of %d leads, want %d", analyses, distinct, leads)
	}
	calls := map[string][]fakeai.Entry{}
	for _, e := range fake.Log() {
		calls[e.Marker] = append(calls[e.Marker], e)
	}
	if len(calls) != leads {
		t.Errorf("%d leads were asked about, want %d", len(calls), leads)
	}
	again := 0
	for _, es := range calls {
		again += len(es) - 1
	}
	// a call is in flight until it is settled: whoever has a settled call is never asked about again
	var twice []string
	err := d.Read.WithContext(t.Context()).Table("ai_calls").Where("state = 'done'").Group("lead_id").Having("count(*) > 1").Pluck("lead_id", &twice).Error
	if err != nil {
		t.Fatal(err)
	}
	if len(twice) > 0 {
		t.Errorf("%d leads were paid for again after their call was settled: %v", len(twice), twice)
	}
	if most := len(killed) * killAtOnce; again > most {
		t.Errorf("%d calls were made again, more than the %d that can have been in flight", again, most)
	}
	t.Logf("%d leads, %d kills, %d calls made again (none of them settled before its kill)", leads, len(killed), again)
}

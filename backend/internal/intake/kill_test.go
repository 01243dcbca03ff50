package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"winnow/backend/internal/account"
	"winnow/backend/internal/clock"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/platform/db"
	"winnow/backend/internal/testkit"
)

// Names of the settings by which the killed process learns what to do.
const (
	childImport = "WINNOW_TEST_CHILD_IMPORT"
	childData   = "WINNOW_TEST_CHILD_DATA"
	childURL    = "WINNOW_TEST_CHILD_URL"
)

// shortLease lets the next process take over soon after a kill.
const shortLease = 400 * time.Millisecond

func processService(t *testing.T, o db.Options, dir string) (*intake.Service, *db.DB) {
	t.Helper()
	d, err := db.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	c := clock.System{}
	return intake.New(intake.Config{DB: d, Clock: c, Log: event.New(d, c, nil), Dir: filepath.Join(dir, "imports"), Lease: shortLease}), d
}

// TestChildThatIsKilled is the process that the test below kills; by itself it does nothing.
func TestChildThatIsKilled(t *testing.T) {
	importID := os.Getenv(childImport)
	if importID == "" {
		t.Skip("only as the child of TestF3")
	}
	s, _ := processService(t, db.Options{DataDir: os.Getenv(childData), URL: os.Getenv(childURL)}, os.Getenv(childData))
	ctx, cancel := context.WithTimeout(account.With(t.Context(), account.System()), 5*time.Minute)
	defer cancel()
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for {
		_, err := s.Run(ctx, importID, nil)
		if err == nil {
			return
		}
		if fault.CodeOf(err) != "import_busy" {
			t.Fatal(err)
		}
		<-retry.C // the killed one still holds it
	}
}

// size of the test: small by default, as in the fault list with WINNOW_SOAK=1.
func killSize() (rows, kills int) {
	if os.Getenv("WINNOW_SOAK") != "" {
		return 100_000, 50
	}
	return 4_000, 5
}

func TestF3_AnImportKilledAtAnyMomentGoesOnAtTheRightRow(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killAndResume(t, db.Options{DataDir: t.TempDir()})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		killAndResume(t, db.Options{URL: testkit.PostgresURL(t)})
	})
}

func killAndResume(t *testing.T, o db.Options) {
	t.Helper()
	dir := o.DataDir
	if dir == "" {
		dir = t.TempDir()
	}
	rows, kills := killSize()
	s, d := processService(t, o, dir)
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx := account.With(t.Context(), account.System())
	p, err := s.Upload(ctx, "people.csv", bytes.NewReader(rowsCSV(rows)), intake.Options{})
	if err == nil {
		_, err = s.Start(ctx, p.Import.ID, intake.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	killed := 0
	for {
		ended := runChild(t, p.Import.ID, dir, o.URL, killed < kills)
		if ended {
			break
		}
		killed++
	}
	t.Logf("killed %d times", killed)
	imp, err := s.Get(ctx, p.Import.ID)
	if err != nil {
		t.Fatal(err)
	}
	if imp.Status != intake.Finished || imp.Created != rows || imp.Done() != rows {
		t.Errorf("%s: %s", imp.Status, fatesOf(imp))
	}
	for table, want := range map[string]int64{"leads": int64(rows), "import_rows": int64(rows), "lead_sightings": int64(rows), "lead_identities": int64(3 * rows)} {
		var n int64
		if err := d.Read.Table(table).Count(&n).Error; err != nil || n != want {
			t.Errorf("%s holds %d, want %d (%v)", table, n, want, err)
		}
	}
	var found int64
	if err := d.Read.Table("events").Where("type = 'lead.found'").Count(&found).Error; err != nil || found != int64(rows) {
		t.Errorf("%d leads found according to the log (%v)", found, err)
	}
}

// runChild works on the import in a process of its own, killed after a random while if asked; it tells whether the
// process came to its end.
func runChild(t *testing.T, importID, dir, url string, kill bool) (ended bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChildThatIsKilled$", "-test.timeout=6m")
	cmd.Env = append(os.Environ(), childImport+"="+importID, childData+"="+dir, childURL+"="+url)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	after := time.Hour
	if kill {
		after = time.Duration(300+rand.IntN(1200)) * time.Millisecond
	}
	timer := time.NewTimer(after)
	defer timer.Stop()
	select {
	case err := <-done:
		if err != nil {
			t.Fatalf("the import failed: %v\n%s", err, out.String())
		}
		return true
	case <-timer.C:
		if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		if err := <-done; err == nil {
			return true // it was quicker than the kill
		}
		return false
	}
}

func TestF11_AFullDiskLosesNothingAndTheImportGoesOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.SQLite(t))
	p, err := h.Upload(h.ctx, "people.csv", bytes.NewReader(rowsCSV(3000)), intake.Options{})
	if err == nil {
		_, err = h.Start(h.ctx, p.Import.ID, intake.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	limit := func(pragma string) {
		var got int
		if err := h.db.Write.Raw(pragma).Scan(&got).Error; err != nil {
			t.Fatal(err)
		}
	}
	limit("PRAGMA max_page_count = 1200") // of 4 KB; the whole import needs some 3000
	_, err = h.Run(h.ctx, p.Import.ID, nil)
	if fault.CodeOf(err) != "disk_full" || !fault.Is(err, fault.Unavailable) {
		t.Fatalf("a full disk gave %v", err)
	}
	half, err := h.Get(h.ctx, p.Import.ID)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(h.leads(t)); n == 0 || n != half.Created || n%500 != 0 || half.Status != intake.Running {
		t.Errorf("%d leads, ledger says %s, %s", n, half.Status, fatesOf(half))
	}
	var check string
	if err := h.db.Read.Raw("PRAGMA integrity_check").Scan(&check).Error; err != nil || check != "ok" {
		t.Errorf("integrity: %s %v", check, err)
	}
	limit("PRAGMA max_page_count = 1073741823")
	whole, err := h.Run(h.ctx, p.Import.ID, nil)
	if err != nil || whole.Created != 3000 || len(h.leads(t)) != 3000 {
		t.Errorf("%v; %s, %d leads", err, fatesOf(whole), len(h.leads(t)))
	}
}

func TestAnImportThatSomebodyHoldsIsNotTakenOver(t *testing.T) {
	t.Parallel()
	testkit.Databases(t, func(t *testing.T, d *db.DB) {
		t.Helper()
		h := newHouse(t, d)
		p, err := h.Upload(h.ctx, "x.csv", bytes.NewReader(rowsCSV(1200)), intake.Options{})
		if err == nil {
			_, err = h.Start(h.ctx, p.Import.ID, intake.Options{})
		}
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(h.ctx)
		_, err = h.Run(ctx, p.Import.ID, func(i intake.Import) {
			if _, err := h.Run(h.ctx, p.Import.ID, nil); fault.CodeOf(err) != "import_busy" {
				t.Errorf("a second worker got %v", err)
			}
			cancel() // the process is asked to stop after the first chunk
		})
		if err == nil {
			t.Fatal("a canceled import should say so")
		}
		imp, err := h.Run(h.ctx, p.Import.ID, nil) // at once: the stopped one gave it back
		if err != nil || imp.Created != 1200 || imp.Done() != 1200 {
			t.Errorf("%v %s", err, fmt.Sprint(imp))
		}
		again, err := h.Run(h.ctx, p.Import.ID, nil)
		if err != nil || again.Created != 1200 || len(h.leads(t)) != 1200 {
			t.Errorf("running a finished import did something: %v", err)
		}
	})
}

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/app"
	"winnow/backend/internal/config"
	"winnow/backend/internal/event"
	"winnow/backend/internal/intake"
	"winnow/backend/internal/lead/duplicate"
	"winnow/backend/internal/qualify/batch"
)

// millionRun measures one database with as many leads as a large workspace has: bringing them in, lists, a look through all of
// them for duplicates, and comparing new ones.
type millionRun struct {
	*benchRun
	config config.Config
	crowd  *crowd
}

// million are the leads that this is about, unless another number is asked for.
const million = 1_000_000

func (b *benchRun) million(ctx context.Context) error {
	m := &millionRun{benchRun: b, config: b.config("")}
	size := fmt.Sprintf("%d leads", b.leads)
	path := filepath.Join(b.dir, "leads.csv")
	c := newCrowd(b.leads)
	if err := c.write(path, 0, b.leads, c.lead); err != nil {
		return err
	}
	if err := m.serving(ctx, func(ctx context.Context, base string) error { return m.whileServing(ctx, base, path, size) }); err != nil {
		return err
	}
	// Nothing else works from here on: what follows events would take its share.
	m.crowd = newCrowd(b.leads)
	return m.opened(ctx, func(system context.Context) error {
		if err := m.sweep(system, size); err != nil {
			return err
		}
		return m.matches(system, size)
	})
}

func (m *millionRun) whileServing(ctx context.Context, base, path, size string) error {
	system := account.With(ctx, account.System())
	if err := m.importFile(system, path, size); err != nil {
		return err
	}
	// A fifth of the leads gets grades and scores, so that lists have something to filter and sort by.
	if _, _, err := m.batch(system, batch.Request{Name: "bench", Analyzer: "rules", Selection: batch.Selection{Filter: "source = linkedin"}}); err != nil {
		return err
	}
	return m.lists(ctx, base, size)
}

// serving runs f while the whole product runs.
func (m *millionRun) serving(ctx context.Context, f func(ctx context.Context, base string) error) (err error) {
	return m.opened(ctx, func(context.Context) (err error) {
		ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return fmt.Errorf("listen: %w", err)
		}
		running, stop := context.WithCancel(ctx)
		done := make(chan error, 1)
		go func() { done <- m.app.Run(running, ln) }()
		defer func() { stop(); err = errors.Join(err, <-done) }()
		return f(ctx, "http://"+ln.Addr().String())
	})
}

// opened runs f with the workspace open.
func (m *millionRun) opened(ctx context.Context, f func(system context.Context) error) (err error) {
	if m.app, err = app.New(ctx, m.config, app.Parts{Log: quietLog()}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.app.Close()) }()
	return f(account.With(ctx, account.System()))
}

func (m *millionRun) importFile(ctx context.Context, path, size string) error {
	peak := startPeak()
	imp, took, err := m.bring(ctx, path)
	if err != nil {
		return err
	}
	if imp.Created+imp.Updated+imp.Duplicate+imp.Unchanged != m.leads {
		return fmt.Errorf("imported %+v", imp)
	}
	least := map[string]float64{"sqlite": 3000, "postgres": 5000}[m.kind]
	per := float64(m.leads) / took.Seconds()
	m.add(measure{What: "import of one file", Size: size, PerS: per, Target: fmt.Sprintf("≥ %.0f/s", least), Met: per >= least})
	m.addPeak("peak memory while importing", size, peak)
	return nil
}

// bring imports a file while the product runs.
func (b *benchRun) bring(ctx context.Context, path string) (*intake.Import, time.Duration, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = f.Close() }()
	p, err := b.app.Intake.Upload(ctx, filepath.Base(path), f, intake.Options{})
	if err != nil {
		return nil, 0, err
	}
	began := time.Now()
	if _, err := b.app.Intake.Start(ctx, p.Import.ID, intake.Options{}); err != nil {
		return nil, 0, err
	}
	imp := &p.Import
	for imp.Status != intake.Finished && imp.Status != intake.Failed {
		time.Sleep(20 * time.Millisecond)
		if imp, err = b.app.Intake.Get(ctx, p.Import.ID); err != nil {
			return nil, 0, err
		}
	}
	return imp, time.Since(began), nil
}

// sweep looks through all leads for duplicates.
func (m *millionRun) sweep(ctx context.Context, size string) error {
	peak := startPeak()
	began := time.Now()
	sw, err := m.app.Finder.Prepare(ctx)
	if err != nil {
		return err
	}
	if sw, err = m.app.Finder.Run(ctx, sw.ID); err != nil {
		return err
	}
	took := time.Since(began)
	allowed := 10 * time.Minute * time.Duration(m.leads) / million
	m.add(measure{
		What: "look through all for duplicates", Size: size, Value: fmt.Sprintf("%.0f s, %d pairs of %d twins", took.Seconds(), sw.Found, m.crowd.twins(m.leads)),
		Target: fmt.Sprintf("< %.0f s", allowed.Seconds()), Met: took < allowed,
	})
	m.addPeak("peak memory while looking through", size, peak)
	return nil
}

// newcomers are how many leads come in to be compared; every second is a twin of somebody.
const newcomers = 2000

// matches measures what it takes to compare one lead that comes in with all that are there, in the transaction that also
// stores its keys and what was found.
func (m *millionRun) matches(ctx context.Context, size string) error {
	ids, err := m.newcomers(ctx)
	if err != nil {
		return err
	}
	follow := m.app.Finder.Follower().Do
	times := make([]time.Duration, 0, len(ids))
	for _, id := range ids {
		began := time.Now()
		if err := m.app.DB.Tx(ctx, func(tx *gorm.DB) error {
			return follow(ctx, tx, []event.Event{{Type: "lead.found", SubjectKind: "lead", SubjectID: id}})
		}); err != nil {
			return err
		}
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	var found int64
	for chunk := range slices.Chunk(ids, 500) {
		var n int64
		if err := m.app.DB.Read.WithContext(ctx).Model(&duplicate.Pair{}).Where("lead_b IN ?", chunk).Distinct("lead_b").Count(&n).Error; err != nil {
			return err
		}
		found += n
	}
	p95 := ms(times[len(times)*95/100])
	m.add(measure{
		What: "comparing one lead that comes in", Size: size, P50ms: ms(times[len(times)/2]), P95ms: p95,
		Value:  fmt.Sprintf("p50 %.1f ms, p95 %.1f ms; %d of %d twins met", ms(times[len(times)/2]), p95, found, newcomers/2),
		Target: "p95 < 10 ms", Met: p95 < 10,
	})
	return nil
}

// newcomers brings them in and answers their ids.
func (m *millionRun) newcomers(ctx context.Context) ([]string, error) {
	path := filepath.Join(m.dir, "newcomers.csv")
	err := m.crowd.write(path, m.leads, m.leads+newcomers, func(i int) person {
		if i%2 == 1 {
			return m.crowd.twin(before(i))
		}
		return m.crowd.original(i)
	})
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	p, err := m.app.Intake.Upload(ctx, "newcomers.csv", f, intake.Options{})
	if err != nil {
		return nil, err
	}
	imp, err := m.app.Intake.Prepare(ctx, p.Import.ID, intake.Options{})
	if err != nil {
		return nil, err
	}
	if imp, err = m.app.Intake.Run(ctx, imp.ID, func(intake.Import) {}); err != nil {
		return nil, err
	}
	if imp.Created != newcomers {
		return nil, fmt.Errorf("imported %+v", imp)
	}
	var ids []string
	err = m.app.DB.Read.WithContext(ctx).Table("import_rows").Where("import_id = ?", imp.ID).Order("row_no").Pluck("lead_id", &ids).Error
	return ids, err
}

// maxMemory is what a process may take for a file or a sweep of a million, in megabytes.
const maxMemory = 300

func (m *millionRun) addPeak(what, size string, end func() peak) {
	if p := end(); p.own > 0 {
		m.add(measure{What: what, Size: size, Value: fmt.Sprintf("%d MB, with file pages %d MB", p.own, p.all), Target: fmt.Sprintf("< %d MB", maxMemory), Met: p.own < maxMemory})
	}
}

// peak is the most memory that the process had, in megabytes: its own, and with what the system keeps of the database's
// file in it, which is taken back when anything needs it.
type peak struct{ own, all int }

// startPeak begins to look how much memory the process has; what it answers ends that and tells. All is nothing where the
// system does not say.
func startPeak() (end func() peak) {
	debug.FreeOSMemory()
	stop, done := make(chan struct{}), make(chan peak)
	go func() {
		var most peak
		t := time.NewTicker(50 * time.Millisecond)
		defer t.Stop()
		for {
			own, file := resident()
			most.own, most.all = max(most.own, own), max(most.all, own+file)
			select {
			case <-stop:
				done <- most
				return
			case <-t.C:
			}
		}
	}()
	return func() peak { close(stop); return <-done }
}

func resident() (own, file int) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(text)) {
		var kb int
		if _, err := fmt.Sscanf(line, "RssAnon: %d kB", &kb); err == nil {
			own = kb >> 10
		}
		if _, err := fmt.Sscanf(line, "RssFile: %d kB", &kb); err == nil {
			file = kb >> 10
		}
	}
	return own, file
}

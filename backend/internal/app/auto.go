package app

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/qualify/batch"
)

// autoTurn is how long leads that come one by one are gathered, so that they share a batch.
const autoTurn = 10 * time.Second

// autoArgs is the job that has found leads judged by the built-in rules: those of an import, or those that came one by
// one in the turn that begins at From (Unix seconds).
type autoArgs struct {
	ImportID string `json:"import_id,omitempty"`
	From     int64  `json:"from,omitempty"`
}

// Kind names the job.
func (autoArgs) Kind() string { return "auto_analyze" }

// autoImport asks for a batch over what an import found: one for each import, when it is done.
func (a *App) autoImport(ctx context.Context, tx *gorm.DB, e event.Event) error {
	if on, err := a.autoAnalyzes(ctx); err != nil || !on {
		return err
	}
	return a.Jobs.InsertTx(tx, autoArgs{ImportID: e.SubjectID}, nil)
}

// autoLead asks for a batch over leads that come one by one: one for each turn.
func (a *App) autoLead(ctx context.Context, tx *gorm.DB, e event.Event) error {
	if e.Data["import_id"] != nil {
		return nil // the import's end asks
	}
	if on, err := a.autoAnalyzes(ctx); err != nil || !on {
		return err
	}
	from := a.Clock.Now().Truncate(autoTurn)
	return a.Jobs.InsertTx(tx, autoArgs{From: from.Unix()}, &river.InsertOpts{ScheduledAt: from.Add(autoTurn + time.Second), UniqueOpts: river.UniqueOpts{ByArgs: true}})
}

func (a *App) autoAnalyzes(ctx context.Context) (bool, error) {
	w, _, err := a.Settings.Get(ctx)
	return w.AutoAnalyze, err
}

// autoWorker makes the batches. It never names another analyzer than the rules: nothing that costs money starts by itself.
type autoWorker struct {
	river.WorkerDefaults[autoArgs]
	app *App
}

// Work makes one batch of the leads that nobody has judged yet; a second run finds none.
func (w *autoWorker) Work(ctx context.Context, job *river.Job[autoArgs]) error {
	a := w.app
	if on, err := a.autoAnalyzes(ctx); err != nil || !on {
		return err // switched off meanwhile
	}
	who, name, err := a.autoWho(ctx, job.Args)
	if err != nil {
		return err
	}
	ctx = account.With(ctx, who)
	ids, err := a.Leads.SelectIDs(ctx, nil, job.Args.filter(), "", batch.MaxLeads)
	if err != nil || len(ids) == 0 {
		return err
	}
	if ids, err = a.Batches.Fresh(ctx, ids, job.Args.ImportID); err != nil || len(ids) == 0 {
		return err
	}
	_, err = a.Batches.Create(ctx, batch.Request{Selection: batch.Selection{IDs: ids}, Name: name, Analyzer: a.rules.Name()})
	return err
}

// autoSlack is how much earlier than its event a lead may have been made.
const autoSlack = 2 * time.Second

func (r autoArgs) filter() string {
	if r.ImportID != "" {
		return fmt.Sprintf("import = %s and analyzed_at empty", r.ImportID)
	}
	from := time.Unix(r.From, 0).UTC()
	return fmt.Sprintf("created_at >= %q and created_at <= %q and analyzed_at empty", from.Add(-autoSlack).Format(time.RFC3339), from.Add(autoTurn).Format(time.RFC3339))
}

// autoWho is in whose name leads are judged: who imported them, so that they see the batch; the product itself for other
// leads, and when that person may not any more.
func (a *App) autoWho(ctx context.Context, r autoArgs) (account.Viewer, string, error) {
	const name = "New leads, judged automatically"
	if r.ImportID == "" {
		return account.System(), name, nil
	}
	imp, err := a.Intake.Get(account.With(ctx, account.System()), r.ImportID)
	if fault.Is(err, fault.NotFound) {
		return account.System(), name, nil
	}
	if err != nil {
		return account.Viewer{}, "", err
	}
	named := imp.Filename + ", judged automatically"
	if imp.CreatedBy == nil {
		return account.System(), named, nil
	}
	v, err := a.Accounts.ViewerOf(ctx, *imp.CreatedBy)
	if fault.Is(err, fault.Unauthenticated) || (err == nil && v.Role == account.RoleViewer) {
		return account.System(), named, nil
	}
	return v, named, err
}

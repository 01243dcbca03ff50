package intake

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// UndoFate is what undoing an import does with a row.
type UndoFate string

// The fates. Rows that changed nothing have none.
const (
	UndoRemoved UndoFate = "removed"  // the lead that the row made goes to the bin
	UndoPutBack UndoFate = "put_back" // the lead has its old values again
	UndoPartly  UndoFate = "partly"   // some of them; what was changed since stays
	UndoKept    UndoFate = "kept"     // UndoWhy says why nothing was done
)

// UndoWhy is why a row is not undone, or not wholly.
type UndoWhy string

// The reasons.
const (
	UndoChanged  UndoWhy = "changed_since" // somebody worked with the lead or its fields after the import
	UndoMetAgain UndoWhy = "met_again"     // another import or source brought the same lead too
	UndoDeleted  UndoWhy = "deleted"       // it is in the bin already
	UndoMerged   UndoWhy = "merged"        // it went into another lead: undo that first
	UndoGone     UndoWhy = "gone"          // it does not exist any more
	UndoNotYours UndoWhy = "not_yours"     // it belongs to a colleague now
)

// UndoRow is what undoing an import does, or would do, with one row.
type UndoRow struct {
	Row    int
	Fate   Fate
	LeadID string
	Name   string // of the lead, or its company
	Does   UndoFate
	Why    UndoWhy
	Fields []string // that go back
	Stays  []string // fields that were changed since
}

// UndoPlan is what undoing an import would do.
type UndoPlan struct {
	Removed, PutBack, Kept int
	Complete               bool // false: only the newest maxPlanned rows were looked at
	Rows                   []UndoRow
	Next                   int // the row to go on from, 0 = that was all
}

const (
	maxPlanned = 50_000
	undoChunk  = 500
)

// PlanUndo says what Undo would do with each row, the last rows first, from below row before (0: from the end). The counts
// are of the whole import, and told with the first page only. all: as Undo's. It writes nothing. Faults: NotFound; Conflict when there is nothing to undo.
func (s *Service) PlanUndo(ctx context.Context, importID string, all bool, before, limit int) (*UndoPlan, error) {
	imp, err := s.Get(ctx, importID)
	if err != nil {
		return nil, err
	}
	if err := undoable(imp); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > 200 {
		limit = 50
	}
	imp.Options.V.UndoAll = all
	p := &UndoPlan{Complete: true}
	tx := s.db.Read.WithContext(ctx)
	if before == 0 { // the counts are told with the first page
		seen, err := s.eachUndo(ctx, tx, imp, 0, maxPlanned, func(r UndoRow) { p.count(r) })
		if err != nil {
			return nil, err
		}
		p.Complete = seen < maxPlanned
	}
	u, err := s.loadUndo(ctx, tx, imp, before, limit, true)
	if err != nil {
		return nil, err
	}
	p.Rows = u.decideAll()
	if len(u.rows) == limit {
		p.Next = u.rows[len(u.rows)-1].RowNo
	}
	return p, nil
}

func (p *UndoPlan) count(r UndoRow) {
	switch r.Does {
	case UndoRemoved:
		p.Removed++
	case UndoPutBack:
		p.PutBack++
	case UndoPartly:
		p.PutBack++
		p.Kept++
	case UndoKept:
		p.Kept++
	}
}

// eachUndo tells f of the newest rows, at most max, and answers how many it looked at. Nothing is written.
func (s *Service) eachUndo(ctx context.Context, tx *gorm.DB, imp *Import, before, max int, f func(UndoRow)) (int, error) {
	seen := 0
	for seen < max {
		u, err := s.loadUndo(ctx, tx, imp, before, undoChunk, true)
		if err != nil {
			return seen, err
		}
		for _, r := range u.decideAll() {
			f(r)
		}
		seen += len(u.rows)
		if len(u.rows) < undoChunk {
			return seen, nil
		}
		before = u.rows[len(u.rows)-1].RowNo
	}
	return seen, nil
}

// undoable: an import that ended, however it ended, and is not undone yet.
func undoable(imp *Import) error {
	switch imp.Status {
	case Finished, Failed, Paused:
	case Undoing, Undone:
		return fault.New(fault.Conflict, "import_undone", "This import is undone already.")
	default:
		return fault.New(fault.Conflict, "import_unfinished", "This import is not finished. Pause it first, or wait until it is done.")
	}
	if imp.Created+imp.Updated == 0 {
		return fault.New(fault.Conflict, "import_changed_nothing", "This import changed nothing, so there is nothing to undo.")
	}
	return nil
}

// Undo takes an import back: leads that it made go to the bin, fields that it filled get their old values, unless
// somebody changed them since. Leads that it made and somebody worked with, or another import brought too, stay unless
// all is set. The work is a job; without a job runner the caller calls RunUndo. Faults: Forbidden,
// NotFound, Conflict.
func (s *Service) Undo(ctx context.Context, importID string, all bool) (*Import, error) {
	return s.startUndo(ctx, importID, all, s.jobs)
}

// UndoHere is Undo that also does the work, for the command line; one that was stopped goes on.
func (s *Service) UndoHere(ctx context.Context, importID string, all bool) (*Import, error) {
	imp, err := s.Get(ctx, importID)
	if err == nil && imp.Status != Undoing {
		imp, err = s.startUndo(ctx, importID, all, nil)
	}
	if err != nil {
		return nil, err
	}
	return s.RunUndo(ctx, imp.ID)
}

func (s *Service) startUndo(ctx context.Context, importID string, all bool, jobs Jobs) (*Import, error) {
	if !account.CanWrite(ctx) {
		return nil, fault.New(fault.Forbidden, "import_forbidden", "You may look at imports but not undo any. Ask an administrator for the role user.")
	}
	imp, err := s.Get(ctx, importID)
	if err != nil {
		return nil, err
	}
	if err := undoable(imp); err != nil {
		return nil, err
	}
	v, _ := account.From(ctx)
	before := *imp
	imp.Status, imp.UndoRow, imp.Error = Undoing, 0, ""
	imp.Removed, imp.PutBack, imp.Kept, imp.Options.V.UndoAll = 0, 0, 0, all
	imp.Options.V.UserID, imp.Options.V.Role, imp.Options.V.System = v.UserID, string(v.Role), v.Kind == account.KindSystem
	if v.UserID != "" {
		imp.UndoneBy = &v.UserID
	}
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.save(tx, &before, imp); err != nil {
			return err
		}
		if jobs == nil {
			return nil
		}
		return jobs.InsertTx(tx, UndoArgs{ImportID: imp.ID}, nil)
	})
	if err != nil {
		return nil, err
	}
	return imp, nil
}

// RunUndo does the work of Undo from where it stands, a chunk of rows in each transaction, so that a killed one goes on
// at the right row. Called again for an import that is undone it changes nothing.
func (s *Service) RunUndo(ctx context.Context, importID string) (*Import, error) {
	imp, err := s.claimFor(ctx, importID, id.New(), Undoing, Undoing)
	if err != nil || imp.Status != Undoing {
		return imp, err
	}
	if ctx, err = s.asStarter(ctx, imp); err != nil {
		return imp, err
	}
	err = s.holding(ctx, imp, func() error {
		for more := true; more; {
			if more, err = s.undoSome(ctx, imp); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return imp, fmt.Errorf("undo the import: %w", err)
	}
	return imp, s.tellPlanner(ctx, imp)
}

// undoSome undoes the next chunk of rows and says whether there are more.
func (s *Service) undoSome(ctx context.Context, imp *Import) (more bool, err error) {
	var after Import
	err = s.retry(ctx, func(tx *gorm.DB) error {
		u, err := s.loadUndo(ctx, tx, imp, imp.UndoRow, undoChunk, false)
		if err != nil {
			return err
		}
		rows := u.decideAll()
		if err := s.writeUndo(tx, u, rows); err != nil {
			return err
		}
		after = *imp
		for _, r := range rows {
			var p UndoPlan
			p.count(r)
			after.Removed, after.PutBack, after.Kept = after.Removed+p.Removed, after.PutBack+p.PutBack, after.Kept+p.Kept
		}
		until := s.clock.Now().Add(s.lease)
		after.LeaseUntil = &until
		typ := "import.progressed"
		if more = len(u.rows) == undoChunk; more {
			after.UndoRow = u.rows[len(u.rows)-1].RowNo
		} else {
			now := s.clock.Now()
			typ, after.Status, after.UndoneAt, after.LeaseUntil, after.LeaseBy = "import.undone", Undone, &now, nil, ""
		}
		if err := s.save(tx, imp, &after); err != nil {
			return err
		}
		data := counts(&after)
		data["removed"], data["put_back"], data["kept"] = after.Removed, after.PutBack, after.Kept
		return s.log.Append(tx, event.Event{Type: typ, SubjectKind: "import", SubjectID: imp.ID, Data: data})
	})
	if err == nil {
		*imp = after
	}
	return more, err
}

// UndoArgs are the arguments of the job that undoes an import.
type UndoArgs struct {
	ImportID string `json:"import_id"`
}

// Kind names the job.
func (UndoArgs) Kind() string { return "import_undo" }

// UndoWorker is the job: one call.
type UndoWorker struct {
	river.WorkerDefaults[UndoArgs]
	service *Service
}

// NewUndoWorker makes the worker of undo jobs.
func NewUndoWorker(s *Service) *UndoWorker { return &UndoWorker{service: s} }

// Timeout bounds one try; the next goes on where it stood.
func (*UndoWorker) Timeout(*river.Job[UndoArgs]) time.Duration { return 30 * time.Minute }

// Work undoes the import.
func (w *UndoWorker) Work(ctx context.Context, job *river.Job[UndoArgs]) error {
	_, err := w.service.RunUndo(ctx, job.Args.ImportID)
	return err
}

package intake

import (
	"context"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
)

// ready reads an import that was only looked at, and inspects its file again under new options.
func (s *Service) ready(ctx context.Context, importID string, o Options) (*Import, *inspection, error) {
	imp, in, err := s.reread(ctx, importID, &o)
	if err != nil {
		return nil, nil, err
	}
	if f := in.noLeads(imp.Filename, o.Force); f != nil {
		return nil, nil, f
	}
	s.describe(ctx, imp, in, o)
	imp.Error = ""
	return imp, in, nil
}

// reread inspects the file of an import that was not started, under options that it completes.
func (s *Service) reread(ctx context.Context, importID string, o *Options) (*Import, *inspection, error) {
	if !account.CanWrite(ctx) {
		return nil, nil, fault.New(fault.Forbidden, "import_forbidden", "You may look at leads but not import any. Ask an administrator for the role user.")
	}
	if err := checkOptions(ctx, *o); err != nil {
		return nil, nil, err
	}
	if o.DefaultRegion == "" {
		o.DefaultRegion = s.region(ctx)
	}
	imp, err := s.Get(ctx, importID)
	if err != nil {
		return nil, nil, err
	}
	if imp.Path == "" || imp.Status != Previewed && imp.Error == "" {
		return nil, nil, fault.New(fault.Conflict, "import_started", "This import was started already. Send the file again to import it once more: rows that are known change nothing.")
	}
	in, err := s.inspectAsLast(ctx, imp.Path, imp.Filename, o)
	return imp, in, err
}

// Start queues an import that was looked at, with its final options. The job is inserted in the same transaction;
// without a job runner the caller runs it. Faults: Conflict when it was started before, Invalid.
func (s *Service) Start(ctx context.Context, importID string, o Options) (*Import, error) {
	return s.start(ctx, importID, o, s.jobs)
}

// Prepare is Start for a caller that runs the import itself (command line), whatever else works on this database.
func (s *Service) Prepare(ctx context.Context, importID string, o Options) (*Import, error) {
	return s.start(ctx, importID, o, nil)
}

func (s *Service) start(ctx context.Context, importID string, o Options, jobs Jobs) (*Import, error) {
	imp, in, err := s.ready(ctx, importID, o)
	if err != nil {
		return nil, err
	}
	before := *imp
	imp.Status, imp.FinishedAt = Queued, nil
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.save(tx, &before, imp); err != nil {
			return err
		}
		if err := s.rememberMapping(ctx, tx, in); err != nil || jobs == nil {
			return err
		}
		return jobs.InsertTx(tx, RunArgs{ImportID: imp.ID}, nil)
	})
	if err != nil {
		return nil, err
	}
	return imp, nil
}

// Recover queues the imports again whose process died: running or being undone, and nobody holds them. It is called at
// start and now and then. It tells how many.
func (s *Service) Recover(ctx context.Context) (int, error) {
	if s.jobs == nil {
		return 0, nil
	}
	now := s.clock.Now()
	lostOnes := func(q *gorm.DB) *gorm.DB {
		return q.Where("status IN ? AND lease_until < ?", []Status{Running, Undoing}, now)
	}
	var waiting int64
	if err := lostOnes(s.db.Read.WithContext(ctx).Model(&Import{})).Count(&waiting).Error; err != nil || waiting == 0 {
		return 0, err
	}
	n := 0
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		var lost []Import
		if err := lostOnes(tx).Find(&lost).Error; err != nil {
			return err
		}
		n = len(lost)
		for i := range lost {
			before := lost[i]
			until := now.Add(s.lease)
			lost[i].LeaseUntil, lost[i].LeaseBy = &until, "" // the next look waits for this job to have begun
			if err := s.save(tx, &before, &lost[i]); err != nil {
				return err
			}
			if err := s.jobs.InsertTx(tx, lost[i].job(true), nil); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// job is what goes on with the import.
func (i *Import) job(again bool) river.JobArgs {
	if i.Status == Undoing {
		return UndoArgs{ImportID: i.ID}
	}
	return RunArgs{ImportID: i.ID, Again: again}
}

// RunArgs are the arguments of the job that runs an import.
type RunArgs struct {
	ImportID string `json:"import_id"`
	Again    bool   `json:"again,omitempty"` // put there by Recover
}

// Kind names the job.
func (RunArgs) Kind() string { return "import_run" }

// RunWorker is the job: one call.
type RunWorker struct {
	river.WorkerDefaults[RunArgs]
	service *Service
}

// NewRunWorker makes the worker of import jobs.
func NewRunWorker(s *Service) *RunWorker { return &RunWorker{service: s} }

// Timeout bounds one try; the import goes on from its checkpoint in the next.
func (*RunWorker) Timeout(*river.Job[RunArgs]) time.Duration { return 30 * time.Minute }

// Work runs the import.
func (w *RunWorker) Work(ctx context.Context, job *river.Job[RunArgs]) error {
	_, err := w.service.Run(ctx, job.Args.ImportID, nil)
	return err
}

// visible narrows a query to the imports that the viewer may see: a user sees their own.
func visible(ctx context.Context, q *gorm.DB) *gorm.DB {
	all, user := account.Rows(ctx)
	switch {
	case all:
		return q
	case user == "":
		return q.Where("1 = 0")
	}
	return q.Where("created_by = ?", user)
}

package resolution

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// Status is where a sweep stands.
type Status string

// The statuses.
const (
	Queued   Status = "queued"
	Running  Status = "running"
	Finished Status = "finished"
	Failed   Status = "failed"
)

// Phase is what a sweep does now.
type Phase string

// The phases, in order.
const (
	Learning  Phase = "learning"  // how to weigh what agrees and what differs, from the leads themselves
	Indexing  Phase = "indexing"  // the keys of all leads
	Comparing Phase = "comparing" // all that share a key
)

// Sweep is a look through all leads.
type Sweep struct {
	ID         string `gorm:"primaryKey"`
	Status     Status
	Phase      Phase
	At         string // the last lead that is done in this phase
	Done       int
	Total      int
	Found      int // pairs in the review queue because of it
	Error      string
	CreatedBy  *string
	CreatedAt  time.Time `gorm:"autoCreateTime:false"`
	StartedAt  *time.Time
	FinishedAt *time.Time
	LeaseUntil *time.Time
	Version    int
}

// TableName names the table.
func (Sweep) TableName() string { return "sweeps" }

// EventSwept tells how far a sweep is. Data: status, phase, done, total, found.
const EventSwept = "sweep.progressed"

const (
	lease   = 15 * time.Second
	perStep = 500
	// toldEvery is after how many leads the log is told of progress.
	toldEvery = 20 * perStep
	learnMax  = 100_000 // leads that a model is learned from
)

// Start queues a sweep; while one waits or runs, that one is answered. Fault: Forbidden.
func (s *Service) Start(ctx context.Context) (*Sweep, error) { return s.start(ctx, s.jobs) }

// Prepare is Start for a caller that runs the sweep itself (command line).
func (s *Service) Prepare(ctx context.Context) (*Sweep, error) { return s.start(ctx, nil) }

func (s *Service) start(ctx context.Context, jobs Jobs) (*Sweep, error) {
	if !account.CanWrite(ctx) {
		return nil, fault.New(fault.Forbidden, "sweep_forbidden", "Your role can look at leads but not start a look for duplicates. Ask an administrator for the role “user”.")
	}
	v, _ := account.From(ctx)
	var out Sweep
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		var open []Sweep
		if err := tx.Where("status IN ?", []Status{Queued, Running}).Order("created_at").Limit(1).Find(&open).Error; err != nil {
			return fmt.Errorf("look for a sweep: %w", err)
		}
		if len(open) == 1 {
			out = open[0]
			return nil
		}
		out = Sweep{ID: id.New(), Status: Queued, Phase: Learning, CreatedAt: s.clock.Now(), Version: 1}
		if v.UserID != "" {
			out.CreatedBy = &v.UserID
		}
		if err := tx.Create(&out).Error; err != nil {
			return fmt.Errorf("store the sweep: %w", err)
		}
		if jobs == nil {
			return nil
		}
		return jobs.InsertTx(tx, SweepArgs{SweepID: out.ID}, nil)
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// Latest is the sweep that was started last, nil when there was none.
func (s *Service) Latest(ctx context.Context) (*Sweep, error) {
	var rows []Sweep
	if err := s.db.Read.WithContext(ctx).Order("created_at DESC, id DESC").Limit(1).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the last sweep: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil //nolint:nilnil // there is none, and that is no fault
	}
	return &rows[0], nil
}

// Run does a sweep from where it stands, a step of leads in each transaction, so that a killed one goes on. Fault:
// Unavailable while another process works on it.
func (s *Service) Run(ctx context.Context, sweepID string) (*Sweep, error) {
	sw, err := s.claim(ctx, sweepID)
	if err != nil || sw.Status != Running {
		return sw, err
	}
	for _, phase := range []struct {
		is Phase
		do func(context.Context, *Sweep) error
	}{{Learning, s.learn}, {Indexing, s.index}, {Comparing, s.compareAll}} {
		if sw.Phase != phase.is {
			continue
		}
		if err := phase.do(ctx, sw); err != nil {
			return sw, errors.Join(err, s.letGo(context.WithoutCancel(ctx), sw))
		}
	}
	return sw, nil
}

func (s *Service) claim(ctx context.Context, sweepID string) (*Sweep, error) {
	var sw Sweep
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		q := tx
		if s.db.Dialect == db.Postgres {
			q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
		}
		if err := q.First(&sw, "id = ?", sweepID).Error; err != nil {
			return fmt.Errorf("read the sweep: %w", err)
		}
		now := s.clock.Now()
		if sw.Status == Finished || sw.Status == Failed {
			return nil
		}
		if sw.LeaseUntil != nil && sw.LeaseUntil.After(now) {
			e := fault.New(fault.Unavailable, "sweep_busy", "Another process looks for duplicates.")
			e.RetryAfter = sw.LeaseUntil.Sub(now) + time.Second
			return e
		}
		if sw.StartedAt == nil {
			sw.StartedAt = &now
		}
		sw.Status = Running
		return s.save(tx, &sw)
	})
	if err != nil {
		return nil, err
	}
	return &sw, nil
}

// save stores the sweep with a fresh lease, unless another process took it over.
func (s *Service) save(tx *gorm.DB, sw *Sweep) error {
	before := sw.Version
	sw.Version++
	until := s.clock.Now().Add(lease)
	if sw.LeaseUntil = &until; sw.Status != Running {
		sw.LeaseUntil = nil
	}
	res := tx.Model(&Sweep{}).Where("id = ? AND version = ?", sw.ID, before).Select("*").Omit("id", "created_at", "created_by").Updates(sw)
	if res.Error != nil {
		return fmt.Errorf("save the sweep: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return fault.New(fault.Unavailable, "sweep_busy", "Another process has taken over the look for duplicates.")
	}
	if sw.Status == Running && sw.Done%toldEvery != 0 {
		return nil
	}
	return s.log.Append(tx, event.Event{Type: EventSwept, SubjectKind: "sweep", SubjectID: sw.ID, Data: map[string]any{
		"status": string(sw.Status), "phase": string(sw.Phase), "done": sw.Done, "total": sw.Total, "found": sw.Found,
	}})
}

// letGo ends the lease, so that the next try need not wait for it.
func (s *Service) letGo(ctx context.Context, sw *Sweep) error {
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Sweep{}).Where("id = ? AND status = ?", sw.ID, Running).Update("lease_until", nil).Error
	})
}

// learn estimates the models from the leads, or as many of them as are enough, spread over all.
func (s *Service) learn(ctx context.Context, sw *Sweep) error {
	read := s.db.Read.WithContext(ctx)
	var total int64
	if err := read.Model(&lead.Lead{}).Count(&total).Error; err != nil {
		return fmt.Errorf("count leads: %w", err)
	}
	records := map[group][]linkage.Record{}
	every := max(1, int(total)/learnMax)
	n := 0
	err := s.each(ctx, "", func(leads []lead.Lead) error {
		for i := range leads {
			if g := groupOf(&leads[i]); g != "" && (n/perStep)%every == 0 {
				records[g] = append(records[g], recordOf(g, &leads[i]))
			}
			n++
		}
		return s.beat(ctx, sw)
	})
	if err != nil {
		return err
	}
	stop := s.keepLease(ctx, sw)
	models := map[group]*linkage.Model{}
	for g, rs := range records {
		if len(rs) >= leastLearned {
			models[g] = linkage.Learn(g.fields(), rs)
		}
	}
	stop()
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		for g, m := range models {
			if err := s.keep(tx, g, m, len(records[g])); err != nil {
				return err
			}
		}
		sw.Phase, sw.At, sw.Done, sw.Total = Indexing, "", 0, int(total)
		return s.save(tx, sw)
	})
}

// leastLearned is how many leads tell more than what is believed before.
const leastLearned = 200

func (s *Service) keep(tx *gorm.DB, g group, m *linkage.Model, leads int) error {
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode the model: %w", err)
	}
	row := storedModel{Name: string(g), Model: db.NewJSON(json.RawMessage(b)), Leads: leads, LearnedAt: s.clock.Now()}
	if err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, UpdateAll: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("store the model: %w", err)
	}
	return nil
}

// each reads all leads after one, in the order of their ids, perStep at a time.
func (s *Service) each(ctx context.Context, after string, f func([]lead.Lead) error) error {
	for {
		leads, err := s.next(s.db.Read.WithContext(ctx), after)
		if err != nil || len(leads) == 0 {
			return err
		}
		after = leads[len(leads)-1].ID
		if err := f(leads); err != nil {
			return err
		}
	}
}

func (s *Service) next(q *gorm.DB, after string) ([]lead.Lead, error) {
	q = q.Select(columns()).Order("id").Limit(perStep)
	if after != "" {
		q = q.Where("id > ?", after)
	}
	var leads []lead.Lead
	if err := q.Find(&leads).Error; err != nil {
		return nil, fmt.Errorf("read leads: %w", err)
	}
	return leads, nil
}

// index stores the keys of all leads, which depend on the model.
func (s *Service) index(ctx context.Context, sw *Sweep) error {
	return s.steps(ctx, sw, func(tx *gorm.DB, ms map[group]*matcher, leads []lead.Lead) error {
		return rekey(tx, idsOf(leads), prepare(ms, leads))
	}, func(tx *gorm.DB) error {
		sw.Phase, sw.At, sw.Done = Comparing, "", 0
		return s.save(tx, sw)
	})
}

// compareAll compares all leads with those that share a key.
func (s *Service) compareAll(ctx context.Context, sw *Sweep) error {
	err := s.steps(ctx, sw, func(tx *gorm.DB, ms map[group]*matcher, leads []lead.Lead) error {
		found, err := s.look(tx, ms, prepare(ms, leads), true)
		if err != nil {
			return err
		}
		n, err := s.pairs.Record(tx, found)
		sw.Found += n
		return err
	}, func(tx *gorm.DB) error {
		now := s.clock.Now()
		sw.Status, sw.FinishedAt = Finished, &now
		return s.save(tx, sw)
	})
	if err != nil {
		return err
	}
	_, err = s.pairs.Forget(ctx, *sw.StartedAt)
	return err
}

// steps does something with all leads, perStep in a transaction that also keeps the place, and then what ends the phase.
func (s *Service) steps(ctx context.Context, sw *Sweep, do func(*gorm.DB, map[group]*matcher, []lead.Lead) error, end func(*gorm.DB) error) error {
	for over := false; !over; {
		was := *sw
		err := s.db.Tx(ctx, func(tx *gorm.DB) error {
			leads, err := s.next(tx, sw.At)
			if err != nil {
				return err
			}
			if over = len(leads) == 0; over {
				return end(tx)
			}
			ms, err := s.current(tx)
			if err != nil {
				return err
			}
			if err := do(tx, ms, leads); err != nil {
				return err
			}
			sw.At, sw.Done = leads[len(leads)-1].ID, sw.Done+len(leads)
			return s.save(tx, sw)
		})
		if err != nil {
			*sw = was
			if db.IsBusy(err) && ctx.Err() == nil {
				over = false
				continue
			}
			return err
		}
	}
	return nil
}

// Recover queues sweeps again whose process died. It is called at start and now and then.
func (s *Service) Recover(ctx context.Context) error {
	if s.jobs == nil {
		return nil
	}
	now := s.clock.Now()
	lost := func(q *gorm.DB) *gorm.DB { return q.Where("status = ? AND lease_until < ?", Running, now) }
	var n int64
	if err := lost(s.db.Read.WithContext(ctx).Model(&Sweep{})).Count(&n).Error; err != nil || n == 0 {
		return err
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		var rows []Sweep
		if err := lost(tx).Find(&rows).Error; err != nil {
			return fmt.Errorf("look for sweeps without a process: %w", err)
		}
		for i := range rows {
			// Without a lease the next look does not find it again.
			if err := tx.Model(&Sweep{}).Where("id = ?", rows[i].ID).Update("lease_until", nil).Error; err != nil {
				return fmt.Errorf("let a sweep go: %w", err)
			}
			if err := s.jobs.InsertTx(tx, SweepArgs{SweepID: rows[i].ID}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

func idsOf(leads []lead.Lead) []string {
	out := make([]string, len(leads))
	for i := range leads {
		out[i] = leads[i].ID
	}
	return out
}

// beat renews the lease while leads are read.
func (s *Service) beat(ctx context.Context, sw *Sweep) error {
	if sw.LeaseUntil != nil && sw.LeaseUntil.Sub(s.clock.Now()) > lease/2 {
		return nil
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error { return s.save(tx, sw) })
}

// keepLease renews the lease while something long is computed; call what it answers when that is done.
func (s *Service) keepLease(ctx context.Context, sw *Sweep) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		t := time.NewTicker(lease / 3)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				_ = s.db.Tx(ctx, func(tx *gorm.DB) error { return s.save(tx, sw) }) // a missed beat is made good by the next
			}
		}
	}()
	return func() { cancel(); <-done }
}

// SweepArgs are the arguments of the job that sweeps.
type SweepArgs struct {
	SweepID string `json:"sweep_id"`
}

// Kind names the job.
func (SweepArgs) Kind() string { return "sweep_run" }

// SweepWorker is the job: one call.
type SweepWorker struct {
	river.WorkerDefaults[SweepArgs]
	service *Service
}

// NewSweepWorker makes the worker of sweeps.
func NewSweepWorker(s *Service) *SweepWorker { return &SweepWorker{service: s} }

// Timeout bounds one try; the next goes on where it stood.
func (*SweepWorker) Timeout(*river.Job[SweepArgs]) time.Duration { return 30 * time.Minute }

// Work sweeps.
func (w *SweepWorker) Work(ctx context.Context, job *river.Job[SweepArgs]) error {
	_, err := w.service.Run(ctx, job.Args.SweepID)
	return err
}

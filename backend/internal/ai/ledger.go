package ai

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// Ledger reserves money before it can be spent and settles it after. Every paid call of the product goes through one.
// For each budget at any time: spent + reserved <= limit, as long as nobody lowers the limit.
type Ledger struct {
	db       *db.DB
	clock    clock.Clock
	events   EventLog
	currency string
	log      *slog.Logger
	limited  atomic.Bool // the default ceilings are known to be written

	mu    sync.Mutex
	freed chan struct{} // closed by the next settlement in this process
}

// NewLedger makes a ledger that counts in currency (ISO 4217). events and log may be nil.
func NewLedger(d *db.DB, c clock.Clock, events EventLog, currency string, log *slog.Logger) *Ledger {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Ledger{db: d, clock: c, events: events, currency: currency, log: log, freed: make(chan struct{})}
}

// Reservation is a call that is about to be made.
type Reservation struct {
	CallID        string // fresh, from id.New
	Purpose       string
	LeadID        string
	BatchID       string
	Provider      string // host
	Model         string
	PromptVersion string
	Attempt       int
	Micros        int64         // the most the call can cost
	Lease         time.Duration // after that the call counts as lost (Recover)
}

// Settlement is how a call ended.
type Settlement struct {
	State     string // stateDone, stateFailed or stateUnknown
	Outcome   string // "ok" or a stable code
	Err       string // for the log; no secret, no text of a lead
	Micros    int64  // what it cost
	TokensIn  int
	TokensOut int
	Latency   time.Duration
}

// Reserve sets the worst-case cost aside in every budget of the call, or in none: then BudgetExceeded names the budget
// that refused and what is left.
func (l *Ledger) Reserve(ctx context.Context, r Reservation) error {
	now := l.clock.Now()
	until := now.Add(r.Lease)
	call := callRow{
		ID: r.CallID, Purpose: r.Purpose, LeadID: optional(r.LeadID), BatchID: optional(r.BatchID), Provider: r.Provider,
		Model: r.Model, PromptVersion: r.PromptVersion, State: stateReserved, ReservedMicros: r.Micros, Attempt: r.Attempt,
		StartedAt: now, LeaseUntil: &until,
	}
	err := l.tx(ctx, func(tx *gorm.DB) error {
		if !l.limited.Load() {
			if err := ensureLimits(ctx, tx, now); err != nil {
				return err
			}
		}
		if err := tx.Create(&call).Error; err != nil {
			return fmt.Errorf("log the call: %w", err)
		}
		if err := l.enter(tx, call, kindReserve, r.Micros, now); err != nil {
			return err
		}
		for _, p := range places(dayOf(now), monthOf(now), r.BatchID) {
			ok, err := p.take(tx, now, r.Micros)
			if err != nil {
				return err
			}
			if !ok {
				return p.refusal(tx, r.Micros, l.currency)
			}
		}
		return nil
	})
	if err == nil {
		l.limited.Store(true)
	}
	return err
}

func (l *Ledger) enter(tx *gorm.DB, call callRow, kind string, amount int64, now time.Time) error {
	e := entryRow{
		ID: id.New(), CallID: call.ID, Kind: kind, Purpose: call.Purpose, BatchID: call.BatchID, LeadID: call.LeadID,
		AmountMicros: amount, Currency: l.currency, Day: dayOf(call.StartedAt), Month: monthOf(call.StartedAt), At: now,
	}
	if err := tx.Create(&e).Error; err != nil {
		return fmt.Errorf("write the ledger: %w", err)
	}
	return nil
}

// ReservePatiently is Reserve, but while the budget only refuses because of calls under way it waits for them, at most
// for patience.
func (l *Ledger) ReservePatiently(ctx context.Context, r Reservation, patience time.Duration) error {
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		l.mu.Lock()
		freed := l.freed // taken before the try, so that no settlement is missed
		l.mu.Unlock()
		err := l.Reserve(ctx, r)
		if !errors.Is(err, errHeld) {
			return err
		}
		again := time.NewTimer(time.Second) // other processes settle too
		select {
		case <-freed:
		case <-again.C:
		case <-deadline.C:
			again.Stop()
			return err
		case <-ctx.Done():
			again.Stop()
			return stopped(ctx)
		}
		again.Stop()
	}
}

// Settle books what a reserved call cost, on the day it was reserved, and runs also (nil: nothing) in the same
// transaction. A call that Recover has given up in the meantime stays booked at its worst case; also runs all the same.
func (l *Ledger) Settle(ctx context.Context, callID string, s Settlement, also func(tx *gorm.DB) error) error {
	err := l.tx(ctx, func(tx *gorm.DB) error {
		if also != nil {
			if err := also(tx); err != nil {
				return err
			}
		}
		return l.settle(tx, callID, s) // last, as every other call waits for these rows
	})
	if err == nil {
		l.mu.Lock()
		close(l.freed)
		l.freed = make(chan struct{})
		l.mu.Unlock()
	}
	return err
}

func (l *Ledger) settle(tx *gorm.DB, callID string, s Settlement) error {
	now := l.clock.Now()
	res := tx.Model(&callRow{}).Where("id = ? AND state = ?", callID, stateReserved).Updates(map[string]any{
		"state": s.State, "outcome": s.Outcome, "error": s.Err, "cost_micros": s.Micros, "tokens_in": s.TokensIn,
		"tokens_out": s.TokensOut, "latency_ms": s.Latency.Milliseconds(), "finished_at": now, "lease_until": nil,
	})
	if res.Error != nil {
		return fmt.Errorf("log the call's end: %w", res.Error)
	}
	var call callRow
	if err := tx.Where("id = ?", callID).Take(&call).Error; err != nil {
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return fault.New(fault.NotFound, "ai_call_not_found", "No such call is in the ledger.")
		}
		return fmt.Errorf("read the call: %w", err)
	}
	if res.RowsAffected == 0 {
		l.log.WarnContext(tx.Statement.Context, "a call ended after it was given up; it stays booked at its worst case", slog.String("call_id", callID))
		return nil
	}
	if s.Micros > call.ReservedMicros {
		l.log.ErrorContext(tx.Statement.Context, "a call cost more than was reserved for it", slog.String("call_id", callID),
			slog.Int64("reserved_micros", call.ReservedMicros), slog.Int64("cost_micros", s.Micros))
	}
	kind := kindSettle
	if s.Micros == 0 && s.State == stateFailed {
		kind = kindRelease
	}
	if err := l.enter(tx, call, kind, s.Micros, now); err != nil {
		return err
	}
	return l.turnAll(tx, call, s.Micros, now)
}

func (l *Ledger) turnAll(tx *gorm.DB, call callRow, spent int64, now time.Time) error {
	batch := ""
	if call.BatchID != nil {
		batch = *call.BatchID
	}
	all := places(dayOf(call.StartedAt), monthOf(call.StartedAt), batch)
	for _, p := range all {
		if err := p.turn(tx, now, call.ReservedMicros, spent); err != nil {
			return err
		}
	}
	return warnOf(tx, now, all, l.events)
}

// Recover gives up the calls whose process died between Reserve and Settle, once their lease has run out: they may
// have been paid for, so they are booked at their worst case as state unknown. It returns how many there were. Safe to
// run anywhere at any time; run it at start and every minute.
func (l *Ledger) Recover(ctx context.Context) (int, error) {
	var lost []callRow
	err := l.db.Read.WithContext(ctx).Where("state = ? AND lease_until < ?", stateReserved, l.clock.Now()).
		Order("started_at").Limit(1000).Find(&lost).Error
	if err != nil {
		return 0, fmt.Errorf("find lost calls: %w", err)
	}
	for i, call := range lost {
		err := l.Settle(ctx, call.ID, Settlement{
			State: stateUnknown, Outcome: "lost", Micros: call.ReservedMicros, Latency: l.clock.Now().Sub(call.StartedAt),
			Err: "the process ended during the call; it is counted at its worst case",
		}, nil)
		if err != nil {
			return i, err
		}
	}
	return len(lost), nil
}

// tx runs f in a transaction, again when the database was only busy.
func (l *Ledger) tx(ctx context.Context, f func(tx *gorm.DB) error) error {
	var err error
	for range 4 {
		if err = l.db.Tx(ctx, f); err == nil || !db.IsBusy(err) {
			break
		}
	}
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if db.IsFull(err) {
		return fault.Wrap(err, fault.Unavailable, "disk_full", "The disk of the database is full; free some space and try again")
	}
	return fault.Wrap(err, fault.Unavailable, "ledger_unavailable", "The ledger of costs could not be written, so nothing is spent; try again in a moment")
}

package ai

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/config"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
)

// Scopes of budgets. Days and months are UTC.
const (
	ScopeBatch = "batch"
	ScopeDay   = "day"
	ScopeMonth = "month"
)

// Ceilings of a workspace that has set none, in micro-units of its currency: nobody should find a surprise on a bill.
const (
	DefaultDayLimit   int64 = 10 * million
	DefaultMonthLimit int64 = 100 * million
)

// Budget is a ceiling and what has gone against it.
type Budget struct {
	Scope          string
	Key            string // 2026-11-25, 2026-11, or the batch's id
	LimitMicros    *int64 // nil = no ceiling
	SpentMicros    int64
	ReservedMicros int64      // worst case of the calls under way
	WarnedAt       *time.Time // when 80 % were passed; nil = not yet
}

// Left is what may still be reserved, never below 0; false when there is no ceiling.
func (b Budget) Left() (int64, bool) {
	if b.LimitMicros == nil {
		return 0, false
	}
	return max(0, *b.LimitMicros-b.SpentMicros-b.ReservedMicros), true
}

// place is a budget that a call falls under.
type place struct{ scope, key string }

// places are the budgets of a call in the one order in which every transaction touches them, so that none waits for
// another in a ring.
func places(day, month, batch string) []place {
	all := []place{{ScopeDay, day}, {ScopeMonth, month}}
	if batch != "" {
		all = append([]place{{ScopeBatch, batch}}, all...)
	}
	return all
}

func dayOf(t time.Time) string   { return t.UTC().Format(time.DateOnly) }
func monthOf(t time.Time) string { return t.UTC().Format("2006-01") }

// The guards that no interleaving passes: a budget takes an amount only while ceiling, spent and reserved allow it, in
// one statement, so the row's lock decides between two takers. Days and months read their ceiling from budget_limits, as
// a scalar: written as NOT EXISTS it becomes an anti-join, and PostgreSQL, looking again at a row that it had to wait
// for, does not look again for the other side of such a join, so the one who waited would always get through.
const (
	takeFromBatch = `UPDATE budgets SET reserved_micros = reserved_micros + @amount, updated_at = @now
WHERE scope = @scope AND key = @key AND (limit_micros IS NULL OR spent_micros + reserved_micros + @amount <= limit_micros)`
	takeFromPeriod = `UPDATE budgets SET reserved_micros = reserved_micros + @amount, updated_at = @now
WHERE scope = @scope AND key = @key AND spent_micros + reserved_micros + @amount <=
  COALESCE((SELECT l.limit_micros FROM budget_limits l WHERE l.scope = @scope), 9223372036854775807)`
	giveBack = `UPDATE budgets SET reserved_micros = reserved_micros - @reserved, spent_micros = spent_micros + @spent, updated_at = @now
WHERE scope = @scope AND key = @key`
	// Rows that this transaction has changed, and so holds, whose 80 % are passed for the first time.
	warn = `UPDATE budgets SET warned_at = @now WHERE warned_at IS NULL AND ((scope = 'batch' AND key = @batch) OR (scope = 'day' AND key = @day)
  OR (scope = 'month' AND key = @month)) AND spent_micros > 0 AND spent_micros * 5 >= 4 * (CASE WHEN scope = 'batch' THEN limit_micros
  ELSE (SELECT l.limit_micros FROM budget_limits l WHERE l.scope = budgets.scope) END)`
)

func (p place) values(now time.Time, more map[string]any) map[string]any {
	v := map[string]any{"scope": p.scope, "key": p.key, "now": now}
	maps.Copy(v, more)
	return v
}

// open makes the budget's row, and tells whether it was missing.
func (p place) open(tx *gorm.DB, now time.Time) (bool, error) {
	row := budgetRow{Scope: p.scope, Key: p.key, UpdatedAt: now}
	res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if res.Error != nil {
		return false, fmt.Errorf("open budget: %w", res.Error)
	}
	return res.RowsAffected == 1, nil
}

// take reserves amount in the budget, or tells that it refuses. The first one opens it.
func (p place) take(tx *gorm.DB, now time.Time, amount int64) (bool, error) {
	sql := takeFromPeriod
	if p.scope == ScopeBatch {
		sql = takeFromBatch
	}
	for range 2 {
		res := tx.Exec(sql, p.values(now, map[string]any{"amount": amount}))
		if res.Error != nil {
			return false, fmt.Errorf("reserve in budget: %w", res.Error)
		}
		if res.RowsAffected == 1 {
			return true, nil
		}
		if fresh, err := p.open(tx, now); err != nil || !fresh {
			return false, err
		}
	}
	return false, nil
}

// turn ends a reservation and books what was spent.
func (p place) turn(tx *gorm.DB, now time.Time, reserved, spent int64) error {
	if err := tx.Exec(giveBack, p.values(now, map[string]any{"reserved": reserved, "spent": spent})).Error; err != nil {
		return fmt.Errorf("settle budget: %w", err)
	}
	return nil
}

// warnOf appends budget.warned for those of all, rows that tx has changed, whose 80 % are spent for the first time.
func warnOf(tx *gorm.DB, now time.Time, all []place, events EventLog) error {
	keys := map[string]any{"now": now, ScopeBatch: "", ScopeDay: "", ScopeMonth: ""}
	for _, p := range all {
		keys[p.scope] = p.key
	}
	res := tx.Exec(warn, keys)
	if res.Error != nil {
		return fmt.Errorf("check the budgets' warnings: %w", res.Error)
	}
	if res.RowsAffected == 0 || events == nil {
		return nil
	}
	for _, p := range all {
		b, err := p.read(tx)
		if err != nil {
			return err
		}
		if b.WarnedAt == nil || !b.WarnedAt.Equal(now) {
			continue
		}
		err = events.Append(tx, event.Event{
			Type: "budget.warned", SubjectKind: "budget", SubjectID: p.scope + ":" + p.key,
			Data: map[string]any{"scope": p.scope, "key": p.key, "limit_micros": b.LimitMicros, "spent_micros": b.SpentMicros},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// read is the budget as it stands; an unopened one is empty.
func (p place) read(g *gorm.DB) (Budget, error) {
	row := budgetRow{Scope: p.scope, Key: p.key}
	err := g.Where("scope = ? AND key = ?", p.scope, p.key).Take(&row).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return Budget{}, fmt.Errorf("read budget: %w", err)
	}
	b := Budget{
		Scope: p.scope, Key: p.key, LimitMicros: row.LimitMicros, SpentMicros: row.SpentMicros,
		ReservedMicros: row.ReservedMicros, WarnedAt: row.WarnedAt,
	}
	if p.scope == ScopeBatch {
		return b, nil
	}
	var limit limitRow
	err = g.Where("scope = ?", p.scope).Take(&limit).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		b.LimitMicros = defaultLimit(p.scope)
		return b, nil
	}
	if err != nil {
		return Budget{}, fmt.Errorf("read budget limit: %w", err)
	}
	b.LimitMicros = limit.LimitMicros
	return b, nil
}

func defaultLimit(scope string) *int64 {
	n := DefaultMonthLimit
	if scope == ScopeDay {
		n = DefaultDayLimit
	}
	return &n
}

// refusal says which budget refused and what can be done. It looks in the refused transaction, so the figures are
// those that refused.
func (p place) refusal(tx *gorm.DB, amount int64, currency string) error {
	b, err := p.read(tx)
	if err != nil {
		return err
	}
	left, _ := b.Left()
	what, next := "The budget of this batch", "Raise the batch's budget, or start a smaller batch."
	switch p.scope {
	case ScopeDay:
		what, next = "The budget of the day "+p.key+" (UTC)", "Wait until tomorrow, or let an admin raise it under Settings, Budgets."
	case ScopeMonth:
		what, next = "The budget of the month "+p.key, "Let an admin raise it under Settings, Budgets."
	}
	refused := fault.Newf(fault.BudgetExceeded, "budget_"+p.scope+"_exceeded",
		"%s would be passed: %s %s are left and this call may cost up to %s, so it was not made. %s",
		what, config.Micros(left), currency, config.Micros(amount), next)
	if b.LimitMicros != nil && b.SpentMicros+amount <= *b.LimitMicros {
		refused.Err = errHeld
	}
	return refused
}

// errHeld marks a refusal that is due to calls under way alone: they rarely cost what is set aside for them.
var errHeld = errors.New("the rest is set aside for calls under way")

// ensureLimits writes the default ceilings where a workspace has none, so that the guards find them.
func ensureLimits(ctx context.Context, g *gorm.DB, now time.Time) error {
	rows := []limitRow{
		{Scope: ScopeDay, LimitMicros: defaultLimit(ScopeDay), UpdatedAt: now},
		{Scope: ScopeMonth, LimitMicros: defaultLimit(ScopeMonth), UpdatedAt: now},
	}
	if err := g.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error; err != nil {
		return fmt.Errorf("write default budget limits: %w", err)
	}
	return nil
}

package ai

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/fault"
)

// Budgets are the budgets of today and of this month (UTC), in this order.
func (l *Ledger) Budgets(ctx context.Context) ([]Budget, error) {
	now := l.clock.Now()
	out := make([]Budget, 0, 2)
	for _, p := range places(dayOf(now), monthOf(now), "") {
		b, err := p.read(l.db.Read.WithContext(ctx))
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// BatchBudget is the budget of a batch; one without a ceiling has LimitMicros nil.
func (l *Ledger) BatchBudget(ctx context.Context, batchID string) (Budget, error) {
	return place{ScopeBatch, batchID}.read(l.db.Read.WithContext(ctx))
}

// Currency is the ISO 4217 code that the ledger counts in.
func (l *Ledger) Currency() string { return l.currency }

// OpenBatch gives a batch its ceiling inside the transaction that creates or changes it; nil takes it away.
func (l *Ledger) OpenBatch(tx *gorm.DB, batchID string, limit *int64) error {
	if err := checkLimit(limit); err != nil {
		return err
	}
	now := l.clock.Now()
	row := budgetRow{Scope: ScopeBatch, Key: batchID, LimitMicros: limit, UpdatedAt: now}
	set := clause.Assignments(map[string]any{"limit_micros": limit, "warned_at": nil, "updated_at": now})
	conflict := clause.OnConflict{Columns: []clause.Column{{Name: "scope"}, {Name: "key"}}, DoUpdates: set}
	if err := tx.Clauses(conflict).Create(&row).Error; err != nil {
		return fmt.Errorf("set the batch's budget: %w", err)
	}
	return nil
}

// SetLimit changes the ceiling of every day or month from now on; nil takes it away. userID may be "". The warning of
// the current period may come again. Faults: NotFound for another scope, Invalid for a negative limit.
func (l *Ledger) SetLimit(ctx context.Context, scope string, limit *int64, userID string) (Budget, error) {
	now := l.clock.Now()
	p := place{ScopeDay, dayOf(now)}
	switch scope {
	case ScopeDay:
	case ScopeMonth:
		p = place{ScopeMonth, monthOf(now)}
	default:
		return Budget{}, fault.New(fault.NotFound, "budget_not_found", "There are two budgets: day and month.")
	}
	if err := checkLimit(limit); err != nil {
		return Budget{}, err
	}
	err := l.tx(ctx, func(tx *gorm.DB) error {
		row := limitRow{Scope: scope, LimitMicros: limit, UpdatedBy: optional(userID), UpdatedAt: now}
		conflict := clause.OnConflict{Columns: []clause.Column{{Name: "scope"}}, UpdateAll: true}
		if err := tx.Clauses(conflict).Create(&row).Error; err != nil {
			return fmt.Errorf("set the budget: %w", err)
		}
		if err := tx.Model(&budgetRow{}).Where("scope = ? AND key = ?", p.scope, p.key).Update("warned_at", nil).Error; err != nil {
			return fmt.Errorf("reset the budget's warning: %w", err)
		}
		return warnOf(tx, now, []place{p}, l.events)
	})
	if err != nil {
		return Budget{}, err
	}
	return p.read(l.db.Read.WithContext(ctx))
}

// maxLimit keeps sums of money far from overflow: a billion units.
const maxLimit = 1_000_000_000 * int64(million)

func checkLimit(limit *int64) error {
	if limit == nil || (*limit >= 0 && *limit <= maxLimit) {
		return nil
	}
	return fault.InvalidFields("budget_invalid", "The budget cannot be used.",
		fault.Field{Name: "limit_micros", Code: "out_of_range", Message: "give millionths of the currency's unit, from 0 to 1000000000000000, or null for no ceiling"})
}

package llm

import (
	"context"

	"winnow/backend/internal/ai"
	"winnow/backend/internal/qualify/batch"
)

// Money shows the ledger to batches.
type Money struct{ *ai.Ledger }

var _ batch.Money = Money{}

// Left is the tighter of the day's and the month's budgets.
func (m Money) Left(ctx context.Context) (batch.Budget, error) {
	all, err := m.Budgets(ctx)
	if err != nil {
		return batch.Budget{}, err
	}
	var tightest batch.Budget
	for _, b := range all {
		one := batch.Budget{Limit: b.LimitMicros, Spent: b.SpentMicros, Reserved: b.ReservedMicros}
		left, bounded := one.Left()
		least, have := tightest.Left()
		if !have || (bounded && left < least) {
			tightest = one
		}
	}
	return tightest, nil
}

package intake

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/platform/db"
)

// Right after a big import PostgreSQL's statistics still say that the tables are empty; the planner would then read them
// from end to end for every chunk and for every foreign key. Every look-up here has its index, so it is told to use it,
// for this transaction alone. Plans are made afresh for the look-ups, whose lists differ in length, and kept for the
// checks of foreign keys, of which there is one a row. Compiling plans (jit) would cost more than any of them takes.

func (s *Service) planLookups(tx *gorm.DB) error {
	return s.configure(tx, "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true), set_config('lock_timeout', '15s', true)")
}

func (s *Service) planWrites(tx *gorm.DB) error {
	return s.configure(tx, "SELECT set_config('plan_cache_mode', 'auto', true)")
}

func (s *Service) configure(tx *gorm.DB, query string) error {
	if s.db.Dialect != db.Postgres {
		return nil
	}
	if err := tx.Exec(query).Error; err != nil {
		return fmt.Errorf("set up the planner: %w", err)
	}
	return nil
}

// manyLeads is from how many new leads on PostgreSQL is told that the table has grown.
const manyLeads = 5000

// tellPlanner renews what PostgreSQL knows of the leads after a large import.
func (s *Service) tellPlanner(ctx context.Context, imp *Import) error {
	if imp.Created < manyLeads {
		return nil
	}
	return s.db.Analyze(ctx, "leads")
}

package intake

import (
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/platform/db"
)

// insert writes the new rows of a plan.
func (s *Service) insert(tx *gorm.DB, p *plan, o Origin) error {
	if s.db.Dialect == db.Postgres {
		return s.insertPostgres(tx, p, o)
	}
	if err := create(tx, p.leads); err != nil {
		return fmt.Errorf("store leads: %w", err)
	}
	if err := create(tx, p.identities); err != nil {
		return fmt.Errorf("store identities: %w", err)
	}
	if err := create(tx, p.sightings); err != nil {
		return fmt.Errorf("store sightings: %w", err)
	}
	if err := create(tx, p.provenance); err != nil {
		return fmt.Errorf("store provenance: %w", err)
	}
	return nil
}

func (s *Service) insertPostgres(tx *gorm.DB, p *plan, o Origin) error {
	now := s.clock.Now()
	if len(p.leads) > 0 {
		if err := pgInsertLeads(tx, p.leads, o.OwnerID, now); err != nil {
			return fmt.Errorf("store leads: %w", err)
		}
	}
	if len(p.identities) > 0 {
		if err := pgInsertIdentities(tx, p.identities, now); err != nil {
			return fmt.Errorf("store identities: %w", err)
		}
	}
	if len(p.sightings) > 0 {
		if err := pgInsertSightings(tx, p.sightings, o, now); err != nil {
			return fmt.Errorf("store sightings: %w", err)
		}
	}
	if len(p.provenance) > 0 {
		if err := pgInsertProvenance(tx, p.provenance, now); err != nil {
			return fmt.Errorf("store provenance: %w", err)
		}
	}
	return p.settleHomes(tx)
}

// settleHomes tells the few new rows that are about leads which were merged into others so; the statements for many rows
// leave that out.
func (p *plan) settleHomes(tx *gorm.DB) error {
	homes := map[string]map[string][]string{"lead_identities": {}, "lead_sightings": {}, "field_provenance": {}}
	put := func(table, id string, home *string) {
		if home != nil {
			homes[table][*home] = append(homes[table][*home], id)
		}
	}
	for _, r := range p.identities {
		put("lead_identities", r.ID, r.FirstLeadID)
	}
	for _, r := range p.sightings {
		put("lead_sightings", r.ID, r.FirstLeadID)
	}
	for _, r := range p.provenance {
		put("field_provenance", r.ID, r.FirstLeadID)
	}
	for table, byHome := range homes {
		for home, ids := range byHome {
			if err := tx.Table(table).Where("id IN ?", ids).Update("first_lead_id", home).Error; err != nil {
				return fmt.Errorf("tell whose %s are: %w", table, err)
			}
		}
	}
	return nil
}

func (s *Service) insertFates(tx *gorm.DB, rows []ImportRow) error {
	if s.db.Dialect == db.Postgres && len(rows) > 0 {
		return pgInsertFates(tx, rows)
	}
	return create(tx, rows)
}

// create inserts rows in statements of at most batchRows.
func create[T any](tx *gorm.DB, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(rows, batchRows).Error
}

// among narrows q to rows whose column, a constant of ours, is one of values.
func among(q *gorm.DB, dialect db.Dialect, column string, values []string) *gorm.DB {
	if dialect == db.Postgres {
		return q.Where(clause.Expr{SQL: "? = ANY(?)", Vars: []any{clause.Column{Name: column}, pgArray(values)}})
	}
	return q.Where(clause.IN{Column: column, Values: anys(values)})
}

func anys(values []string) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

package company

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/duplicate"
)

// merge lets one company go into another in tx: its leads follow, it stays as a tombstone. pair may be "".
func (s *Service) merge(ctx context.Context, tx *gorm.DB, survivor, from, pair string, automatic bool) (*Merge, error) {
	rows, err := s.lock(tx, survivor, from)
	if err != nil {
		return nil, err
	}
	for _, one := range []string{survivor, from} {
		if c, ok := rows[one]; !ok || c.DeletedAt != nil {
			return nil, fault.New(fault.Conflict, "company_over", "One of these companies was merged since, so there is no pair to judge any more.")
		}
	}
	now := s.clock.Now()
	m := &Merge{ID: id.New(), SurvivorID: survivor, MergedID: from, State: Done, Automatic: automatic, ActorID: lead.Actor(ctx), CreatedAt: now}
	if pair != "" {
		m.PairID = &pair
	}
	if err := tx.Create(m).Error; err != nil {
		return nil, fmt.Errorf("store merge of companies: %w", err)
	}
	res := tx.Exec("INSERT INTO company_merge_leads (merge_id, lead_id) SELECT ?, id FROM leads WHERE company_id = ?", m.ID, from)
	if res.Error != nil {
		return nil, fmt.Errorf("note leads of a company: %w", res.Error)
	}
	m.Leads = int(res.RowsAffected)
	if err := tx.Model(m).UpdateColumn("leads", m.Leads).Error; err != nil {
		return nil, fmt.Errorf("store merge of companies: %w", err)
	}
	if err := tx.Unscoped().Model(&lead.Lead{}).Where("company_id = ?", from).UpdateColumn("company_id", survivor).Error; err != nil {
		return nil, fmt.Errorf("move leads of a company: %w", err)
	}
	gone := map[string]any{"merged_into": survivor, "deleted_at": now, "updated_at": now, "version": gorm.Expr("version + 1")}
	if err := tx.Model(&lead.Company{}).Where("id = ?", from).UpdateColumns(gone).Error; err != nil {
		return nil, fmt.Errorf("mark merged company: %w", err)
	}
	if err := s.fill(tx, rows[survivor], rows[from]); err != nil {
		return nil, err
	}
	return m, s.events.Append(tx, note(EventMerged, survivor, map[string]any{"other": from, "merge_id": m.ID, "automatic": automatic}))
}

// fill gives the survivor the site that it lacks, by which its leads are known. Undoing leaves it: a firm that has a site
// loses nothing by it being known.
func (s *Service) fill(tx *gorm.DB, to, from lead.Company) error {
	if to.Domain != "" || from.Domain == "" {
		return nil
	}
	return tx.Model(&lead.Company{}).Where("id = ?", to.ID).UpdateColumn("domain", from.Domain).Error
}

// Undo takes a merge back: the company stands alone again with the leads that came along, as far as they still belong to
// the one that stands for it, and with those that came since under its name. The two are different from then on. Faults:
// Forbidden, NotFound, Conflict (undone already).
func (s *Service) Undo(ctx context.Context, mergeID string) (*Merge, error) {
	if err := mayJudge(ctx); err != nil {
		return nil, err
	}
	var m Merge
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.find(tx, mergeID, &m); err != nil {
			return err
		}
		rows, err := s.lock(tx, m.SurvivorID, m.MergedID)
		if err != nil {
			return err
		}
		if err := s.find(tx, mergeID, &m); err != nil { // again, now that nobody else can change it
			return err
		}
		if m.State != Done {
			return fault.New(fault.Conflict, "merge_undone", "This merge is undone already.")
		}
		return s.split(ctx, tx, &m, rows[m.MergedID])
	})
	if err != nil {
		return nil, err
	}
	return &m, nil
}

func (s *Service) find(tx *gorm.DB, mergeID string, m *Merge) error {
	var rows []Merge
	if id.Valid(mergeID) {
		if err := tx.Where("id = ?", mergeID).Find(&rows).Error; err != nil {
			return fmt.Errorf("read merge of companies: %w", err)
		}
	}
	if len(rows) == 0 {
		return fault.New(fault.NotFound, "merge_not_found", "There is no such merge of companies.")
	}
	*m = rows[0]
	return nil
}

func (s *Service) split(ctx context.Context, tx *gorm.DB, m *Merge, back lead.Company) error {
	root, err := Root(tx, m.SurvivorID)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	live := map[string]any{"merged_into": nil, "deleted_at": nil, "updated_at": now, "version": gorm.Expr("version + 1")}
	if err := tx.Model(&lead.Company{}).Where("id = ?", m.MergedID).UpdateColumns(live).Error; err != nil {
		return fmt.Errorf("bring company back: %w", err)
	}
	home := tx.Unscoped().Model(&lead.Lead{}).Where("company_id = ?", root)
	if err := home.Where("id IN (?)", tx.Model(&moved{}).Select("lead_id").Where("merge_id = ?", m.ID)).UpdateColumn("company_id", m.MergedID).Error; err != nil {
		return fmt.Errorf("give leads back to a company: %w", err)
	}
	if err := s.since(tx, m, root, back); err != nil {
		return err
	}
	m.State, m.UndoneAt, m.UndoneBy = Undone, &now, lead.Actor(ctx)
	if err := tx.Save(m).Error; err != nil {
		return fmt.Errorf("store undone merge: %w", err)
	}
	if err := s.differ(ctx, tx, m.SurvivorID, m.MergedID); err != nil {
		return err
	}
	return s.events.Append(tx, note(EventUnmerged, m.MergedID, map[string]any{"other": root, "merge_id": m.ID}))
}

// since gives a company that came back the leads that came after the merge and name it.
func (s *Service) since(tx *gorm.DB, m *Merge, root string, back lead.Company) error {
	var ls []lead.Lead
	err := tx.Unscoped().Select("id", "company").Where("company_id = ? AND created_at >= ? AND company <> ''", root, m.CreatedAt).FindInBatches(&ls, 500, func(q *gorm.DB, _ int) error {
		var mine []string
		for i := range ls {
			if s.key(ls[i].Company) == back.NameKey {
				mine = append(mine, ls[i].ID)
			}
		}
		if len(mine) == 0 {
			return nil
		}
		return tx.Unscoped().Model(&lead.Lead{}).Where("id IN ?", mine).UpdateColumn("company_id", back.ID).Error
	}).Error
	if err != nil {
		return fmt.Errorf("give newer leads to a company: %w", err)
	}
	return nil
}

// differ keeps that two companies are different.
func (s *Service) differ(ctx context.Context, tx *gorm.DB, one, other string) error {
	if _, err := s.Record(tx, []Found{{A: one, B: other}}); err != nil {
		return err
	}
	var ps []Pair
	if err := tx.Where("company_a = ? AND company_b = ?", min(one, other), max(one, other)).Find(&ps).Error; err != nil {
		return fmt.Errorf("read pair of companies: %w", err)
	}
	return s.set(ctx, tx, ps, duplicate.Different)
}

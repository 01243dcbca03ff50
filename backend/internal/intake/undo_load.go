package intake

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// undoing is a run of an import's rows, the last ones first, and all that decides what becomes of them.
type undoing struct {
	importID string
	rows     []ImportRow
	leads    map[string]*lead.Lead
	changes  map[int]rowChange
	later    []importChange             // of rows that come before these in the undo, for the same leads
	met      map[string][]lead.Sighting // the leads' sightings, first to last
	worked   map[string]bool            // leads that somebody did something with after the import
	mine     func(*lead.Lead) bool
	all      bool // also leads that were worked with

	changed map[string]*lead.Lead // whose fields go back
	removed map[string]*lead.Lead
	keys    map[string][]lead.Key // that leads lose
}

// loadUndo reads the rows below row before (0: from the end) that made or changed a lead, and locks their leads unless it
// is only a plan.
func (s *Service) loadUndo(ctx context.Context, tx *gorm.DB, imp *Import, before, limit int, plan bool) (*undoing, error) {
	u := &undoing{
		importID: imp.ID, leads: map[string]*lead.Lead{}, changes: map[int]rowChange{}, met: map[string][]lead.Sighting{}, worked: map[string]bool{},
		mine: mayTouch(ctx).change, all: imp.Options.V.UndoAll, changed: map[string]*lead.Lead{}, removed: map[string]*lead.Lead{}, keys: map[string][]lead.Key{},
	}
	q := tx.Where("import_id = ? AND fate IN ?", imp.ID, []Fate{Created, Updated}).Order("row_no DESC").Limit(limit)
	if before > 0 {
		q = q.Where("row_no < ?", before)
	}
	if err := q.Omit("raw").Find(&u.rows).Error; err != nil {
		return nil, fmt.Errorf("read rows to undo: %w", err)
	}
	if len(u.rows) == 0 {
		return u, nil
	}
	ids := u.ids()
	if err := u.loadLeads(tx, s.db.Dialect, ids, plan); err != nil {
		return nil, err
	}
	if err := u.loadChanges(tx, ids, plan); err != nil {
		return nil, err
	}
	events, err := s.log.ByPeople(tx, lead.EventKind, ids)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if e.Data["import_id"] != imp.ID && !judged(e.Type) {
			u.worked[e.SubjectID] = true
		}
	}
	return u, nil
}

// judged reports whether an event only says what an analysis found. A person starts it for many leads at once; it is no
// work on one of them.
func judged(typ string) bool {
	return typ == "lead.analyzed" || typ == "lead.qualified" || typ == "lead.disqualified"
}

func (u *undoing) ids() []string {
	ids := make([]string, 0, len(u.rows))
	for _, r := range u.rows {
		if r.LeadID != nil {
			ids = append(ids, *r.LeadID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (u *undoing) loadLeads(tx *gorm.DB, dialect db.Dialect, ids []string, plan bool) error {
	q := tx.Unscoped().Where("id IN ?", ids).Order("id")
	if !plan && dialect == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	var leads []lead.Lead
	if err := q.Find(&leads).Error; err != nil {
		return fmt.Errorf("read leads to undo: %w", err)
	}
	for i := range leads {
		u.leads[leads[i].ID] = &leads[i]
	}
	var met []lead.Sighting
	if err := tx.Select("id", "lead_id", "import_id", "row_no").Where("lead_id IN ?", ids).Order("id").Find(&met).Error; err != nil {
		return fmt.Errorf("read where leads were met: %w", err)
	}
	for _, m := range met {
		u.met[m.LeadID] = append(u.met[m.LeadID], m)
	}
	return nil
}

func (u *undoing) loadChanges(tx *gorm.DB, ids []string, plan bool) error {
	last, first := u.rows[0].RowNo, u.rows[len(u.rows)-1].RowNo
	q := tx.Where("import_id = ? AND row_no BETWEEN ? AND ?", u.importID, first, last)
	if plan {
		q = tx.Where("import_id = ? AND lead_id IN ? AND row_no >= ?", u.importID, ids, first)
	}
	var changes []importChange
	if err := q.Order("row_no DESC").Find(&changes).Error; err != nil {
		return fmt.Errorf("read what was changed: %w", err)
	}
	for _, c := range changes {
		if c.RowNo > last {
			u.later = append(u.later, c)
		} else {
			u.changes[c.RowNo] = c.Change.V
		}
	}
	return nil
}

// made reports whether this import brought the lead first.
func (u *undoing) made(leadID string) bool {
	met := u.met[leadID]
	return len(met) > 0 && met[0].ImportID != nil && *met[0].ImportID == u.importID
}

// metAgain reports whether another import or source brought the lead too.
func (u *undoing) metAgain(leadID string) bool {
	return slices.ContainsFunc(u.met[leadID], func(m lead.Sighting) bool { return m.ImportID == nil || *m.ImportID != u.importID })
}

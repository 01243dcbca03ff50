package intake

import (
	"context"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
)

// Pause stops an import that waits or runs after the rows that are being stored now; a running worker finds its lease gone
// at its next checkpoint. Faults: Forbidden, NotFound, Conflict when it neither waits nor runs.
func (s *Service) Pause(ctx context.Context, importID string) (*Import, error) {
	return s.turnTo(ctx, importID, Paused, "import_not_running", "This import is not running, so there is nothing to pause.", Queued, Running)
}

// Resume lets a paused import go on at the next row. Faults: Forbidden, NotFound, Conflict when it is not paused.
func (s *Service) Resume(ctx context.Context, importID string) (*Import, error) {
	return s.turnTo(ctx, importID, Queued, "import_not_paused", "This import is not paused.", Paused)
}

// turnTo changes the status of an import that has one of the statuses from.
func (s *Service) turnTo(ctx context.Context, importID string, to Status, code, otherwise string, from ...Status) (*Import, error) {
	if !account.CanWrite(ctx) {
		return nil, fault.New(fault.Forbidden, "import_forbidden", "You may look at imports but not change any. Ask an administrator for the role user.")
	}
	if _, err := s.Get(ctx, importID); err != nil {
		return nil, err
	}
	var imp Import
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		res := tx.Model(&Import{}).Where("id = ? AND status IN ?", importID, from).
			Updates(map[string]any{"status": to, "lease_until": nil, "lease_by": "", "version": gorm.Expr("version + 1")})
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return fault.New(fault.Conflict, code, otherwise)
		}
		if err := tx.First(&imp, "id = ?", importID).Error; err != nil {
			return err
		}
		if to == Queued && s.jobs != nil {
			if err := s.jobs.InsertTx(tx, imp.job(true), nil); err != nil {
				return err
			}
		}
		return s.log.Append(tx, event.Event{Type: "import.progressed", SubjectKind: "import", SubjectID: imp.ID, Data: counts(&imp)})
	})
	if err != nil {
		return nil, err
	}
	imp.utc()
	return &imp, nil
}

// paused answers the import as it stands when a person paused it while it was worked on, else nil.
func (s *Service) paused(ctx context.Context, importID string) *Import {
	var now Import
	if err := s.db.Write.WithContext(context.WithoutCancel(ctx)).First(&now, "id = ? AND status = ?", importID, Paused).Error; err != nil {
		return nil
	}
	now.utc()
	return &now
}

package app

import (
	"context"

	"gorm.io/gorm"

	"winnow/backend/internal/compose"
	"winnow/backend/internal/event"
	"winnow/backend/internal/intake/resolution"
	"winnow/backend/internal/lead/merging"
)

// wire is the one table "when this event happens, do that job". A handler runs in the transaction of its event, so the
// job exists exactly when the fact does.
func (a *App) wire() {
	a.Events.On("lead.qualified", a.draftMessage)
	a.Events.On("lead.found", a.autoLead)
	a.Events.On("import.finished", a.autoImport)
	a.Events.On(merging.EventMerged, a.Twins.Merged)
	a.Events.On(merging.EventUnmerged, a.Twins.Unmerged)
	a.Events.On(resolution.EventSwept, a.Firms.Swept)
}

// draftMessage asks for the first message of a lead that a batch qualified, when the batch was to draft.
func (a *App) draftMessage(_ context.Context, tx *gorm.DB, e event.Event) error {
	if e.Data["draft"] != true {
		return nil
	}
	args := compose.DraftArgs{LeadID: e.SubjectID}
	if e.ActorID != nil {
		args.UserID = *e.ActorID
	}
	return a.Jobs.InsertTx(tx, args, nil)
}

// mergesSure reports whether what is beyond doubt is merged without a person's word.
func (a *App) mergesSure(ctx context.Context) (bool, error) {
	p, _, err := a.Twins.Policy(ctx)
	return p.MergeSure, err
}

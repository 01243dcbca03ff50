package compose

import (
	"context"
	"log/slog"

	"github.com/riverqueue/river"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/lead"
)

// DraftArgs is the job that drafts the message of a qualified lead on behalf of a user ("" = the product).
type DraftArgs struct {
	LeadID string `json:"lead_id"`
	UserID string `json:"user_id"`
	Writer string `json:"writer"`
}

// Kind names the job.
func (DraftArgs) Kind() string { return "message_draft" }

// Worker is the River worker of DraftArgs.
type Worker struct {
	river.WorkerDefaults[DraftArgs]
	Service *Service
	Actors  interface {
		ViewerOf(ctx context.Context, userID string) (account.Viewer, error)
	}
	Log *slog.Logger
}

// Work drafts, unless a person has already edited the lead's message. A lead whose variables are missing is told in the
// log and by its empty message box; trying again would not help.
func (w *Worker) Work(ctx context.Context, job *river.Job[DraftArgs]) error {
	v := account.System()
	if job.Args.UserID != "" {
		now, err := w.Actors.ViewerOf(ctx, job.Args.UserID)
		if fault.Is(err, fault.Unauthenticated) || (err == nil && now.Role == account.RoleViewer) {
			return nil // whoever asked may no longer write
		}
		if err != nil {
			return err
		}
		v = now
	}
	ctx = account.With(ctx, v)
	leadID := job.Args.LeadID
	old, err := w.Service.Get(ctx, leadID)
	if into := lead.MergedInto(err); into != "" {
		leadID = into
		old, err = w.Service.Get(ctx, leadID)
	}
	if err == nil && old.Writer == WriterPerson {
		return nil
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	_, err = w.Service.Draft(ctx, leadID, Order{Writer: job.Args.Writer})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound) {
		w.Log.WarnContext(ctx, "no draft for a lead", slog.String("lead", leadID), slog.String("code", fault.CodeOf(err)))
		return nil
	}
	return err
}

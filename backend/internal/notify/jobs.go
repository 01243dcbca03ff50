package notify

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
)

// LinkArgs is the job that mails a link; it holds the link's id, never the link.
type LinkArgs struct {
	LinkID string `json:"link_id"`
}

// Kind names the job.
func (LinkArgs) Kind() string { return "notify.link" }

// LinkWorker mails links. A retry after a crash may mail a link twice, which harms nobody.
type LinkWorker struct {
	river.WorkerDefaults[LinkArgs]
	Service *Service
}

// Work mails one link.
func (w *LinkWorker) Work(ctx context.Context, j *river.Job[LinkArgs]) error {
	return w.Service.SendLink(ctx, j.Args.LinkID)
}

// Queue takes jobs in a transaction; *jobs.Jobs is one.
type Queue interface {
	InsertTx(tx *gorm.DB, args river.JobArgs, opts *river.InsertOpts) error
}

// Follow mails the link of every invitation and reset from now on; call it only where mail is set up.
func Follow(log *event.Log, q Queue) {
	for _, typ := range []string{account.EventInvited, account.EventResetAsked} {
		log.On(typ, func(_ context.Context, tx *gorm.DB, e event.Event) error {
			id, ok := e.Data["link_id"].(string)
			if !ok {
				return fmt.Errorf("event %s without link_id", e.Type)
			}
			return q.InsertTx(tx, LinkArgs{LinkID: id}, nil)
		})
	}
}

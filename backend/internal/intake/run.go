package intake

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"winnow/backend/internal/account"
	"winnow/backend/internal/event"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// Run imports a file from its checkpoint to its end, in chunks of one transaction each: leads, fates and checkpoint
// stand or fall together, so that a killed import goes on at the right row and brings no row twice. progress is told
// after each chunk; it may be nil. Run may be called again for an import that is finished: it changes nothing.
// Faults: Unavailable with RetryAfter while another process works on it; those of the file and the database.
func (s *Service) Run(ctx context.Context, importID string, progress func(Import)) (*Import, error) {
	worker := id.New()
	imp, err := s.claim(ctx, importID, worker)
	if err != nil || imp.Status != Running {
		return imp, err
	}
	ctx, err = s.asStarter(ctx, imp)
	if err != nil {
		return imp, errors.Join(err, s.settle(ctx, imp, err))
	}
	err = s.holding(ctx, imp, func() error { return s.work(ctx, imp, progress) })
	if err == nil {
		return imp, s.tellPlanner(ctx, imp)
	}
	if now := s.paused(ctx, importID); now != nil {
		return now, nil
	}
	return imp, errors.Join(err, s.settle(ctx, imp, err))
}

// settle ends an import for good, or gives it back for another try.
func (s *Service) settle(ctx context.Context, imp *Import, cause error) error {
	if permanent(cause) {
		return s.fail(context.WithoutCancel(ctx), imp, cause)
	}
	return s.release(context.WithoutCancel(ctx), imp)
}

// permanent: trying again would give the same.
func permanent(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.TooLarge, fault.NotFound, fault.Forbidden:
		return true
	default:
		return false
	}
}

// asStarter gives the context the rights that whoever started the import has now, also inside a job (A23). Fault:
// Forbidden when they may no longer import.
func (s *Service) asStarter(ctx context.Context, imp *Import) (context.Context, error) {
	o := imp.Options.V
	if o.System {
		return account.With(ctx, account.System()), nil
	}
	v := account.Viewer{UserID: o.UserID, Role: account.Role(o.Role), Kind: account.KindSession}
	if s.actors == nil {
		return account.With(ctx, v), nil
	}
	v, err := s.actors.ViewerOf(ctx, o.UserID)
	if err != nil && !fault.Is(err, fault.Unauthenticated) {
		return ctx, err
	}
	if err != nil || v.Role == account.RoleViewer {
		return ctx, fault.New(fault.Forbidden, "import_starter_gone", "Whoever started this import may no longer import leads. Somebody who may can start it again.")
	}
	return account.With(ctx, v), nil
}

func (s *Service) work(ctx context.Context, imp *Import, progress func(Import)) error {
	o := imp.Options.V.Options
	in, err := s.inspect(imp.Path, imp.Filename, o)
	if err != nil {
		return err
	}
	if f := in.noLeads(imp.Filename, o.Force); f != nil {
		return f
	}
	if err := s.begin(ctx, imp, in); err != nil {
		return err
	}
	t, err := s.open(imp.Path, imp.Filename, o)
	if err != nil {
		return err
	}
	defer t.Close()
	sh := newShaper(in.mapping, t.Columns, in.orders, o, s.countries)
	ahead, stop := context.WithCancel(ctx)
	feed := chunks(ahead, t, sh, imp.NextRow)
	err = s.storeChunks(ctx, imp, feed, progress)
	stop()
	for range feed { // until the reader has let go of the file
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	return s.finish(ctx, imp)
}

// ownerOf is the owner of new leads: as asked for, else what a user brings in is theirs.
func ownerOf(ctx context.Context, asked *string) *string {
	if asked != nil {
		return asked
	}
	if v, ok := account.From(ctx); ok && v.Role == account.RoleUser && v.UserID != "" {
		return &v.UserID
	}
	return nil
}

// fates makes a row of the ledger for each row of the file.
func fates(importID string, outcomes []Outcome, cands []*Candidate) []ImportRow {
	warned := map[int]Warning{}
	for _, c := range cands {
		if len(c.Warnings) > 0 {
			warned[c.Row] = c.Warnings[0]
		}
	}
	rows := make([]ImportRow, 0, len(outcomes))
	for _, o := range outcomes {
		r := ImportRow{ImportID: importID, RowNo: o.Row, Fate: o.Fate}
		if o.LeadID != "" {
			lead := o.LeadID
			r.LeadID = &lead
		}
		if w, ok := warned[o.Row]; ok {
			r.Col, r.Code, r.Reason = w.Column, w.Code, w.Message
		}
		if o.Note != nil {
			r.Code, r.Reason = o.Note.Code, o.Note.Message
		}
		if o.Reject != nil {
			r.Col, r.Code, r.Reason, r.Raw = o.Reject.Column, o.Reject.Code, o.Reject.Message, o.Reject.text
		}
		rows = append(rows, r)
	}
	return rows
}

func (s *Service) finish(ctx context.Context, imp *Import) error {
	after := *imp
	after.Status, after.LeaseUntil, after.LeaseBy = Finished, nil, ""
	after.RowsTotal = after.Done()
	now := s.clock.Now()
	after.FinishedAt = &now
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.save(tx, imp, &after); err != nil {
			return err
		}
		return s.log.Append(tx, event.Event{Type: "import.finished", SubjectKind: "import", SubjectID: imp.ID, Data: counts(&after)})
	})
	if err != nil {
		return err
	}
	*imp = after
	return nil
}

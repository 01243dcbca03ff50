// Package event is the append-only log of what happened: timeline of a lead, audit trail and feed of live updates in
// one table. A change and its event are written in one transaction; what follows from an event is registered with On.
package event

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/id"
	"winnow/backend/internal/platform/db"
)

// Event is one fact. Data holds ids, counts and field names only, never personal values: those live in rows that can
// be erased.
type Event struct {
	Seq         int64          // place in the feed; given by Append
	ID          string         // UUIDv7; given by Append
	Type        string         // "noun.past", e.g. "lead.found"
	At          time.Time      // given by Append
	SubjectKind string         // "lead", "batch", …
	SubjectID   string         // text, as its table has it
	OwnerID     *string        // who alone may see it besides admins and viewers; nil = everyone
	ActorID     *string        // the user who did it; nil = the product itself
	Data        map[string]any // small
}

type subject struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// MarshalJSON writes the envelope of the contract: {seq, type, at, subject: {kind, id}, data}.
func (e Event) MarshalJSON() ([]byte, error) {
	data := e.Data
	if data == nil {
		data = map[string]any{}
	}
	return json.Marshal(struct {
		Seq     int64          `json:"seq"`
		Type    string         `json:"type"`
		At      time.Time      `json:"at"`
		Subject subject        `json:"subject"`
		Data    map[string]any `json:"data"`
	}{e.Seq, e.Type, e.At.UTC(), subject{e.SubjectKind, e.SubjectID}, data})
}

// Handler acts on an event inside the transaction that appended it: it may write with tx alone, and its error undoes
// the whole transaction.
type Handler func(ctx context.Context, tx *gorm.DB, e Event) error

// Log is the event log. Make one with New; safe for concurrent use once every handler is registered.
type Log struct {
	db       *db.DB
	clock    clock.Clock
	actor    func(context.Context) *string
	handlers map[string][]Handler
	appended atomic.Int64
}

// New makes a log over d. actor tells the acting user's id of a context (nil: nobody); it may be nil itself.
func New(d *db.DB, c clock.Clock, actor func(context.Context) *string) *Log {
	return &Log{db: d, clock: c, actor: actor, handlers: map[string][]Handler{}}
}

// On registers h for events of a type; "" means every type. Register before the first Append.
func (l *Log) On(typ string, h Handler) { l.handlers[typ] = append(l.handlers[typ], h) }

// Appended counts the events given to Append so far in this process, committed or not; it only tells whether it is
// worth looking for new ones.
func (l *Log) Appended() int64 { return l.appended.Load() }

// Append writes events in tx, fills Seq, ID, At and (when nil) ActorID, and runs their handlers.
func (l *Log) Append(tx *gorm.DB, evs ...Event) error {
	if len(evs) == 0 {
		return nil
	}
	ctx := tx.Statement.Context
	rows := make([]row, len(evs))
	for i, e := range evs {
		e.ID, e.At = id.New(), l.clock.Now()
		if e.ActorID == nil && l.actor != nil {
			e.ActorID = l.actor(ctx)
		}
		rows[i] = rowOf(e)
	}
	if l.db.Dialect == db.Postgres {
		if err := announce(tx); err != nil {
			return err
		}
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("append events: %w", err)
	}
	l.appended.Add(int64(len(rows)))
	for _, r := range rows {
		if err := l.handle(ctx, tx, r.event()); err != nil {
			return err
		}
	}
	return nil
}

// AppendOver is Append of an event that may be a further step of what the newest of its type and subject tells: when over
// says so, that one goes, so that one doing is one fact. Who has read it gets the new one as well.
func (l *Log) AppendOver(tx *gorm.DB, e Event, over func(before Event) bool) error {
	var before []row
	err := tx.Where("subject_kind = ? AND subject_id = ? AND type = ?", e.SubjectKind, e.SubjectID, e.Type).Order("seq DESC").Limit(1).Find(&before).Error
	if err != nil {
		return fmt.Errorf("read the event before: %w", err)
	}
	if err := l.Append(tx, e); err != nil {
		return err
	}
	if len(before) == 0 || !over(before[0].event()) {
		return nil
	}
	if err := tx.Where("seq = ?", before[0].Seq).Delete(&row{}).Error; err != nil {
		return fmt.Errorf("replace the event before: %w", err)
	}
	return nil
}

func (l *Log) handle(ctx context.Context, tx *gorm.DB, e Event) error {
	for _, typ := range []string{e.Type, ""} {
		for _, h := range l.handlers[typ] {
			if err := h(ctx, tx, e); err != nil {
				return fmt.Errorf("handle %s: %w", e.Type, err)
			}
		}
	}
	return nil
}

package event

import (
	"context"
	"encoding/json"
	"fmt"

	"winnow/backend/internal/platform/live"
)

// Feed is the log as the live hub reads it. It implements live.Source.
type Feed struct{ log *Log }

// Feed makes the log readable for live.New.
func (l *Log) Feed() Feed { return Feed{l} }

// Since is Log.Since with the envelopes encoded.
func (f Feed) Since(ctx context.Context, seq int64, limit int) ([]live.Message, error) {
	evs, err := f.log.Since(ctx, seq, limit)
	if err != nil {
		return nil, err
	}
	out := make([]live.Message, len(evs))
	for i, e := range evs {
		b, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("encode event %d: %w", e.Seq, err)
		}
		out[i] = live.Message{Seq: e.Seq, OwnerID: e.OwnerID, JSON: b}
	}
	return out, nil
}

// Last is Log.Last.
func (f Feed) Last(ctx context.Context) (int64, error) { return f.log.Last(ctx) }

// Appended is Log.Appended.
func (f Feed) Appended() int64 { return f.log.Appended() }

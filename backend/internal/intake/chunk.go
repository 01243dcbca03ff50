package intake

import (
	"context"
	"errors"
	"io"

	"winnow/backend/internal/intake/read"
)

const (
	chunkRows  = 500
	chunkBytes = 8 << 20 // a chunk with large rows ends earlier
)

// chunk is a run of rows, ready to be stored.
type chunk struct {
	cands   []*Candidate
	rejects []*Reject
	last    int // number of its last row
	err     error
}

// nextChunk reads and normalises rows after the checkpoint; io.EOF when there are none.
func nextChunk(ctx context.Context, t *read.Table, sh *shaper, done int) (*chunk, error) {
	ch := &chunk{last: done}
	size := 0
	for len(ch.cands)+len(ch.rejects) < chunkRows && size < chunkBytes {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if row.Number <= done {
			continue
		}
		ch.last = row.Number
		for _, c := range row.Cells {
			size += len(c)
		}
		if c, rej := sh.row(row); rej != nil {
			ch.rejects = append(ch.rejects, rej)
		} else {
			ch.cands = append(ch.cands, c)
		}
	}
	if len(ch.cands)+len(ch.rejects) == 0 {
		return nil, io.EOF
	}
	return ch, nil
}

// chunks reads one chunk ahead of the one that is being stored. The channel is closed after the last chunk or the
// first error; it ends when ctx does.
func chunks(ctx context.Context, t *read.Table, sh *shaper, done int) <-chan *chunk {
	out := make(chan *chunk)
	go func() {
		defer close(out)
		for {
			ch, err := nextChunk(ctx, t, sh, done)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				ch = &chunk{err: err}
			}
			select {
			case out <- ch:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
			done = ch.last
		}
	}()
	return out
}

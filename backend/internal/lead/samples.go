package lead

import (
	"bufio"
	"bytes"
	"context"
	_ "embed" // the sample leads
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
)

// SourceSample is the source of the sample leads.
const SourceSample = "sample"

//go:embed samples/leads.jsonl
var sampleFile []byte

// Samples are invented leads to try the product with: field names and values, as the door in takes them.
func Samples() ([]map[string]string, error) {
	var out []map[string]string
	lines := bufio.NewScanner(bytes.NewReader(sampleFile))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var m map[string]string
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("sample %d: %w", len(out)+1, err)
		}
		out = append(out, m)
	}
	return out, lines.Err()
}

// DeleteSamples takes the sample leads that the viewer sees out of every list, those that nobody owns too, and answers
// how many. Fault: Forbidden.
func (s *Service) DeleteSamples(ctx context.Context) (int, error) {
	return s.samples(ctx, false, s.remove)
}

// RestoreSamples brings deleted sample leads back and answers how many. Faults: Forbidden, Conflict.
func (s *Service) RestoreSamples(ctx context.Context) (int, error) {
	return s.samples(ctx, true, s.revive)
}

func (s *Service) samples(ctx context.Context, deleted bool, do func(*gorm.DB, []Lead) error) (int, error) {
	if err := mayWrite(ctx); err != nil {
		return 0, err
	}
	var leads []Lead
	err := s.db.Tx(ctx, func(tx *gorm.DB) error {
		q := visible(ctx, tx.Session(&gorm.Session{QueryFields: true}).Model(&Lead{})).Where("leads.source = ?", SourceSample)
		if deleted {
			q = q.Unscoped().Where("leads.deleted_at IS NOT NULL")
		}
		if err := q.Omit("content").Order("leads.id").Limit(MaxBulk).Find(&leads).Error; err != nil {
			return fmt.Errorf("read samples: %w", err)
		}
		return chunked(leads, func(c []Lead) error { return do(tx, c) })
	})
	if err != nil {
		return 0, err
	}
	return len(leads), nil
}

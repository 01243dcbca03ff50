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
	if err := mayWrite(ctx); err != nil {
		return 0, err
	}
	n := 0
	err := s.db.TxAgain(ctx, func(tx *gorm.DB) (err error) {
		n, err = s.samplesIn(ctx, tx, false, s.remove)
		return err
	})
	return n, err
}

// RestoreSamples brings deleted sample leads back within tx and answers how many. Faults: Forbidden, Conflict.
func (s *Service) RestoreSamples(ctx context.Context, tx *gorm.DB) (int, error) {
	if err := mayWrite(ctx); err != nil {
		return 0, err
	}
	return s.samplesIn(ctx, tx, true, s.revive)
}

func (s *Service) samplesIn(ctx context.Context, tx *gorm.DB, deleted bool, do func(*gorm.DB, []Lead) error) (int, error) {
	var leads []Lead
	q := visible(ctx, tx.Session(&gorm.Session{QueryFields: true}).Model(&Lead{})).Where("leads.source = ?", SourceSample)
	if deleted {
		q = q.Unscoped().Where("leads.deleted_at IS NOT NULL AND leads.merged_into IS NULL")
	}
	if err := q.Omit("content").Order("leads.id").Limit(MaxBulk).Find(&leads).Error; err != nil {
		return 0, fmt.Errorf("read samples: %w", err)
	}
	return len(leads), chunked(leads, func(c []Lead) error { return do(tx, c) })
}

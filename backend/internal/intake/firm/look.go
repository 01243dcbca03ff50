package firm

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/company"
	"winnow/backend/internal/lead/duplicate"
)

// maxShared is how many companies may share a key for it to tell anything.
const maxShared = 40

// keyRow is a key of a company.
type keyRow struct {
	Hash      int64
	CompanyID string
}

// TableName names the table.
func (keyRow) TableName() string { return "company_keys" }

// ready is a company that can be compared.
type ready struct {
	facts
	prepared *linkage.Prepared
	keys     []int64
}

func prepare(m *linkage.Matcher, fs []facts) []ready {
	out := make([]ready, len(fs))
	for i, f := range fs {
		out[i] = ready{facts: f, prepared: m.Prepare(f.record)}
		for _, l := range m.Lookups(out[i].prepared) {
			out[i].keys = append(out[i].keys, int64(l.Hash)) //nolint:gosec // any bits
		}
		slices.Sort(out[i].keys)
		out[i].keys = slices.Compact(out[i].keys)
	}
	return out
}

// Look compares some companies with all that share a key, in tx: what may be one goes to the queue, and what is beyond
// doubt is merged, when that is the policy.
func (s *Service) Look(ctx context.Context, tx *gorm.DB, ids []string) error {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return nil
	}
	m, model, err := s.Matcher(tx)
	if err != nil {
		return err
	}
	fs, err := gather(tx, ids)
	if err != nil {
		return err
	}
	mine := prepare(m, fs)
	if err := keep(tx, ids, mine); err != nil {
		return err
	}
	others, err := near(tx, m, mine)
	if err != nil {
		return err
	}
	var found []company.Found
	done := map[[2]string]bool{}
	for i := range mine {
		for j := range others {
			a, b := &mine[i], &others[j]
			pair := [2]string{min(a.row.ID, b.row.ID), max(a.row.ID, b.row.ID)}
			if a.row.ID == b.row.ID || done[pair] || !share(a.keys, b.keys) {
				continue
			}
			done[pair] = true
			if f := compare(m, model, a, b); f != nil {
				found = append(found, *f)
			}
		}
	}
	pairs, err := s.Pairs.Renew(tx, ids, found)
	if err != nil || len(pairs) == 0 {
		return err
	}
	if on, err := s.Auto(ctx); err != nil || !on {
		return err
	}
	_, err = s.Pairs.MergeSure(ctx, tx, pairs, linkage.SureFrom())
	return err
}

// keep stores the keys of companies, and the site of one that has none and whose leads agree on it.
func keep(tx *gorm.DB, ids []string, rs []ready) error {
	if err := tx.Where("company_id IN ?", ids).Delete(&keyRow{}).Error; err != nil {
		return fmt.Errorf("drop keys of companies: %w", err)
	}
	var rows []keyRow
	for _, r := range rs {
		for _, k := range r.keys {
			rows = append(rows, keyRow{k, r.row.ID})
		}
		if r.row.Domain == "" && r.site != "" {
			if err := tx.Model(&lead.Company{}).Where("id = ?", r.row.ID).UpdateColumn("domain", r.site).Error; err != nil {
				return fmt.Errorf("note a company's site: %w", err)
			}
		}
	}
	slices.SortFunc(rows, func(a, b keyRow) int { // one order everywhere
		if a.Hash != b.Hash {
			if a.Hash < b.Hash {
				return -1
			}
			return 1
		}
		if a.CompanyID < b.CompanyID {
			return -1
		}
		return 1
	})
	if len(rows) == 0 {
		return nil
	}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(rows, 500).Error; err != nil {
		return fmt.Errorf("store keys of companies: %w", err)
	}
	return nil
}

// near readies the companies that share a telling key with some.
func near(tx *gorm.DB, m *linkage.Matcher, mine []ready) ([]ready, error) {
	var hashes []int64
	for _, r := range mine {
		hashes = append(hashes, r.keys...)
	}
	slices.Sort(hashes)
	var ids []string
	for _, h := range slices.Compact(hashes) {
		var under []string
		if err := tx.Model(&keyRow{}).Where("hash = ?", h).Limit(maxShared+1).Pluck("company_id", &under).Error; err != nil {
			return nil, fmt.Errorf("look keys of companies up: %w", err)
		}
		if len(under) > 1 && len(under) <= maxShared {
			ids = append(ids, under...)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	slices.Sort(ids)
	fs, err := gather(tx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	return prepare(m, fs), nil
}

// share reports whether two sorted lists have a key in common.
func share(a, b []int64) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			return true
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return false
}

// compare is the pair for the queue, nil when the two are different.
func compare(m *linkage.Matcher, model string, a, b *ready) *company.Found {
	match := m.Match(a.prepared, b.prepared)
	if match.Outcome == linkage.Different {
		return nil
	}
	f := &company.Found{A: a.row.ID, B: b.row.ID, Score: match.Probability, Model: model, Held: match.Held}
	for _, e := range match.Fields {
		f.Weights = append(f.Weights, duplicate.Weight{Field: e.Field, Agreement: agreement(e.Label), Bits: e.Bits})
	}
	return f
}

func agreement(label string) string {
	switch label {
	case "same", "same address":
		return "same"
	case "different":
		return "differs"
	}
	return "similar"
}

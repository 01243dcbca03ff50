package resolution

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// maxShared is how many leads may share a key for it to tell anything.
const maxShared = 40

// perStatement bounds the values of one statement.
const perStatement = 500

// keyRow is a key of a lead.
type keyRow struct {
	Hash   int64
	LeadID string
}

// TableName names the table.
func (keyRow) TableName() string { return "lead_keys" }

// hashOf keeps the keys of people and of companies apart.
func hashOf(g group, l linkage.Lookup) int64 {
	h := l.Hash &^ 1
	if g == companies {
		h |= 1
	}
	return int64(h) //nolint:gosec // any bits
}

// rekey stores the keys of leads in place of those that they had; leads that are gone lose theirs.
func rekey(tx *gorm.DB, ids []string, ready []*prepared) error {
	for chunk := range slices.Chunk(ids, perStatement) {
		if err := tx.Where("lead_id IN ?", chunk).Delete(&keyRow{}).Error; err != nil {
			return fmt.Errorf("drop keys: %w", err)
		}
	}
	var rows []keyRow
	for _, p := range ready {
		for _, h := range p.keys {
			rows = append(rows, keyRow{h, p.lead.ID})
		}
	}
	slices.SortFunc(rows, func(a, b keyRow) int { // one order everywhere
		if a.Hash != b.Hash {
			if a.Hash < b.Hash {
				return -1
			}
			return 1
		}
		return strings.Compare(a.LeadID, b.LeadID)
	})
	if len(rows) == 0 {
		return nil
	}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(rows, perStatement).Error; err != nil {
		return fmt.Errorf("store keys: %w", err)
	}
	return nil
}

// sharing lists the leads under each of the hashes, at most maxShared+1 of each.
func sharing(tx *gorm.DB, d db.Dialect, hashes []int64) (map[int64][]string, error) {
	out := map[int64][]string{}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	if d == db.Postgres {
		var rows []keyRow
		err := tx.Raw(`SELECT h.hash, k.lead_id FROM unnest(CAST(? AS bigint[])) AS h (hash)
CROSS JOIN LATERAL (SELECT lead_id FROM lead_keys WHERE lead_keys.hash = h.hash LIMIT ?) AS k`, array(hashes), maxShared+1).Scan(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("look keys up: %w", err)
		}
		for _, r := range rows {
			out[r.Hash] = append(out[r.Hash], r.LeadID)
		}
		return out, nil
	}
	for _, h := range hashes {
		var ids []string
		if err := tx.Model(&keyRow{}).Where("hash = ?", h).Limit(maxShared+1).Pluck("lead_id", &ids).Error; err != nil {
			return nil, fmt.Errorf("look keys up: %w", err)
		}
		out[h] = ids
	}
	return out, nil
}

// array is a list of numbers as PostgreSQL reads one.
func array(ns []int64) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, n := range ns {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(n, 10))
	}
	b.WriteByte('}')
	return b.String()
}

// prepared is a lead ready to be compared.
type prepared struct {
	lead  *lead.Lead
	group group
	ready *linkage.Prepared
	keys  []int64
}

// prepare readies leads; those that cannot be compared are left out.
func prepare(ms map[group]*matcher, leads []lead.Lead) []*prepared {
	out := make([]*prepared, 0, len(leads))
	for i := range leads {
		l := &leads[i]
		g := groupOf(l)
		if g == "" {
			continue
		}
		m := ms[g]
		p := &prepared{lead: l, group: g, ready: m.Prepare(recordOf(g, l))}
		for _, k := range m.Lookups(p.ready) {
			p.keys = append(p.keys, hashOf(g, k))
		}
		out = append(out, p)
	}
	return out
}

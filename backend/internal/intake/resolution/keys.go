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
	Hash int64
	Lead int64 // its number
}

// TableName names the table.
func (keyRow) TableName() string { return "lead_keys" }

func (a keyRow) before(b keyRow) int {
	switch {
	case a.Hash < b.Hash || a.Hash == b.Hash && a.Lead < b.Lead:
		return -1
	case a == b:
		return 0
	}
	return 1
}

// keySet is all keys of a lead: what must go when they change. Deleting it deletes the keys.
type keySet struct {
	Lead   int64 `gorm:"primaryKey;autoIncrement:false"`
	Hashes db.JSON[[]int64]
}

// TableName names the table.
func (keySet) TableName() string { return "lead_key_sets" }

// hashOf keeps the keys of people and of companies apart.
func hashOf(g group, l linkage.Lookup) int64 {
	h := l.Hash &^ 1
	if g == companies {
		h |= 1
	}
	return int64(h) //nolint:gosec // any bits
}

// rekey stores the keys of leads in place of those that they had; leads that are gone lose theirs.
func (s *Service) rekey(tx *gorm.DB, ids []string, ready []*prepared) error {
	for chunk := range slices.Chunk(ids, perStatement) {
		numbers := tx.Unscoped().Model(&lead.Lead{}).Select("seq").Where("id IN ?", chunk)
		if err := tx.Where("lead IN (?)", numbers).Delete(&keySet{}).Error; err != nil {
			return fmt.Errorf("drop keys: %w", err)
		}
	}
	var rows []keyRow
	for _, p := range ready {
		for _, h := range p.keys {
			rows = append(rows, keyRow{h, p.lead.Seq})
		}
	}
	slices.SortFunc(rows, keyRow.before) // one order everywhere
	if err := keepSets(tx, ready); err != nil {
		return err
	}
	return s.insert(tx, rows)
}

// keepSets stores what keys leads have.
func keepSets(tx *gorm.DB, ready []*prepared) error {
	sets := make([]keySet, 0, len(ready))
	for _, p := range ready {
		sets = append(sets, keySet{p.lead.Seq, db.NewJSON(p.keys)})
	}
	if len(sets) == 0 {
		return nil
	}
	if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).CreateInBatches(sets, perStatement).Error; err != nil {
		return fmt.Errorf("store sets of keys: %w", err)
	}
	return nil
}

// insert stores keys; those that are there stay.
func (s *Service) insert(tx *gorm.DB, rows []keyRow) error {
	if len(rows) == 0 {
		return nil
	}
	var err error
	if s.db.Dialect == db.Postgres {
		err = tx.Exec("INSERT INTO lead_keys (hash, lead) SELECT * FROM unnest(CAST(? AS bigint[]), CAST(? AS bigint[])) ON CONFLICT DO NOTHING",
			list('{', '}', rows, func(r keyRow) int64 { return r.Hash }), list('{', '}', rows, func(r keyRow) int64 { return r.Lead })).Error
	} else {
		err = tx.Exec("INSERT OR IGNORE INTO lead_keys (hash, lead) SELECT value ->> 0, value ->> 1 FROM json_each(?)", pairsOf(rows)).Error
	}
	if err != nil {
		return fmt.Errorf("store keys: %w", err)
	}
	return nil
}

// sharing lists the leads under each of the hashes, at most maxShared+1 of each.
func sharing(tx *gorm.DB, d db.Dialect, hashes []int64) (map[int64][]int64, error) {
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	q := tx.Raw(`SELECT h.value AS hash, k.lead FROM json_each(?) AS h
JOIN lead_keys AS k ON k.hash = h.value AND k.lead IN (SELECT some.lead FROM lead_keys AS some WHERE some.hash = h.value LIMIT ?)`,
		list('[', ']', hashes, self), maxShared+1)
	if d == db.Postgres {
		q = tx.Raw(`SELECT h.hash, k.lead FROM unnest(CAST(? AS bigint[])) AS h (hash)
CROSS JOIN LATERAL (SELECT lead FROM lead_keys WHERE lead_keys.hash = h.hash LIMIT ?) AS k`, list('{', '}', hashes, self), maxShared+1)
	}
	var rows []keyRow
	if err := q.Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("look keys up: %w", err)
	}
	out := make(map[int64][]int64, len(hashes))
	for _, r := range rows {
		out[r.Hash] = append(out[r.Hash], r.Lead)
	}
	return out, nil
}

func self(n int64) int64 { return n }

// list is a list of numbers as a database reads one: PostgreSQL between braces, JSON between brackets.
func list[T any](from, to byte, all []T, number func(T) int64) string {
	b := make([]byte, 0, 20*len(all)+2)
	b = append(b, from)
	for i, one := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, number(one), 10)
	}
	return string(append(b, to))
}

// pairsOf is keys as JSON: [[hash,lead],…].
func pairsOf(rows []keyRow) string {
	var b strings.Builder
	b.Grow(32 * len(rows))
	var n []byte
	for i, r := range rows {
		b.WriteByte("[,"[min(i, 1)])
		n = append(strconv.AppendInt(append(n[:0], '['), r.Hash, 10), ',')
		b.Write(append(strconv.AppendInt(n, r.Lead, 10), ']'))
	}
	b.WriteByte(']')
	return b.String()
}

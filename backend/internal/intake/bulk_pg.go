package intake

import (
	"database/sql/driver"
	"encoding/json"
	"strings"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// PostgreSQL takes a column as one array parameter: a statement of nine parameters instead of nine a row, which it
// plans once and runs several times faster.
const (
	pgLeads = `INSERT INTO leads (id, name, title, company, company_id, email, phone, linkedin_url, url, source, source_id, content, industry,
 location, country, company_size, language, value_micros, tags, custom, posted_at, status, score, owner_id, last_activity_at, created_at, updated_at)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19::jsonb, c20::jsonb, c21, 'new', -1, $22, $23, $23, $23
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
 $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::bigint[], $19::text[], $20::text[], $21::timestamptz[])
 AS x (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21)`
	pgIdentities = `INSERT INTO lead_identities (id, lead_id, kind, value, live, created_at)
SELECT i, l, k, v, true, $5 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS x (i, l, k, v)`
	pgSightings = `INSERT INTO lead_sightings (id, lead_id, source, run_id, import_id, row_no, raw_hash, raw, at)
SELECT i, l, s, $8, $9, r, h, w::jsonb, $7 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[]) AS x (i, l, s, r, h, w)`
	pgProvenance = `INSERT INTO field_provenance (id, lead_id, field, value, source, sighting_id, current, at)
SELECT i, l, f, v, s, g, c, $8 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::bool[]) AS x (i, l, f, v, s, g, c)`
	pgFates = `INSERT INTO import_rows (import_id, row_no, fate, lead_id, col, code, reason, raw)
SELECT $1, n, f, l, c, d, r, w FROM unnest($2::int[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[]) AS x (n, f, l, c, d, r, w)`
)

// pgExec runs one of the statements above in tx.
func pgExec(tx *gorm.DB, query string, args ...any) error {
	_, err := db.SQLTx(tx).ExecContext(tx.Statement.Context, query, args...)
	return err
}

func pgInsertLeads(tx *gorm.DB, rows []*lead.Lead, owner *string, now time.Time) error {
	n := len(rows)
	fields := textFields()
	ids, companies, tags, custom := make([]string, n), make([]*string, n), make([]string, n), make([]string, n)
	values, posted := make([]*int64, n), make([]*time.Time, n)
	texts := make([][]string, len(fields))
	for f := range fields {
		texts[f] = make([]string, n)
	}
	for i, l := range rows {
		for f := range fields {
			texts[f][i] = *fields[f].at(l)
		}
		t, err := json.Marshal(l.Tags.V)
		if err != nil {
			return err
		}
		c, err := json.Marshal(l.Custom.V)
		if err != nil {
			return err
		}
		ids[i], companies[i], tags[i], custom[i], values[i], posted[i] = l.ID, l.CompanyID, string(t), string(c), l.ValueMicros, l.PostedAt
	}
	return pgExec(tx, pgLeads, ids, texts[0], texts[1], texts[2], companies, texts[3], texts[4], texts[5], texts[6], texts[7], texts[8], texts[9],
		texts[10], texts[11], texts[12], texts[13], texts[14], values, tags, custom, posted, owner, now)
}

func pgInsertIdentities(tx *gorm.DB, rows []lead.Identity, now time.Time) error {
	n := len(rows)
	ids, leads, kinds, values := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, r := range rows {
		ids[i], leads[i], kinds[i], values[i] = r.ID, r.LeadID, r.Kind, r.Value
	}
	return pgExec(tx, pgIdentities, ids, leads, kinds, values, now)
}

func pgInsertSightings(tx *gorm.DB, rows []lead.Sighting, o Origin, now time.Time) error {
	n := len(rows)
	ids, leads, sources, hashes, raws := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	numbers := make([]*int, n)
	for i, r := range rows {
		raw, err := json.Marshal(r.Raw.V)
		if err != nil {
			return err
		}
		ids[i], leads[i], sources[i], numbers[i], hashes[i], raws[i] = r.ID, r.LeadID, r.Source, r.RowNo, r.RawHash, string(raw)
	}
	return pgExec(tx, pgSightings, ids, leads, sources, numbers, hashes, raws, now, o.RunID, o.ImportID)
}

func pgInsertProvenance(tx *gorm.DB, rows []lead.Provenance, now time.Time) error {
	n := len(rows)
	ids, leads, fields, values, sources := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	sightings, current := make([]*string, n), make([]bool, n)
	for i, r := range rows {
		ids[i], leads[i], fields[i], values[i], sources[i], sightings[i], current[i] = r.ID, r.LeadID, r.Field, r.Value, r.Source, r.SightingID, r.Current
	}
	return pgExec(tx, pgProvenance, ids, leads, fields, values, sources, sightings, current, now)
}

func pgInsertFates(tx *gorm.DB, rows []ImportRow) error {
	n := len(rows)
	numbers, fates, leads := make([]int, n), make([]string, n), make([]*string, n)
	cols, codes, reasons, raws := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, r := range rows {
		numbers[i], fates[i], leads[i] = r.RowNo, string(r.Fate), r.LeadID
		cols[i], codes[i], reasons[i], raws[i] = r.Col, r.Code, r.Reason, r.Raw
	}
	return pgExec(tx, pgFates, rows[0].ImportID, numbers, fates, leads, cols, codes, reasons, raws)
}

// pgArray is a list of texts as one parameter.
type pgArray []string

// Value writes the list as an array literal.
func (a pgArray) Value() (driver.Value, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, s := range a {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		for j := 0; j < len(s); j++ {
			if s[j] == '"' || s[j] == '\\' {
				b.WriteByte('\\')
			}
			b.WriteByte(s[j])
		}
		b.WriteByte('"')
	}
	b.WriteByte('}')
	return b.String(), nil
}

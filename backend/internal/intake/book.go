package intake

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// book is what is known about the leads that a chunk of candidates may be: read once, kept up to date while the chunk
// is resolved, so that two rows of one chunk find each other.
type book struct {
	byKey  map[identity]string // live identity → lead
	dead   map[identity]string // identity of a deleted lead → lead
	home   map[identity]string // identity of a lead that was merged into another → that first lead
	leads  map[string]*lead.Lead
	hashes map[string]map[string]bool // lead → hashes of rows that were seen before
	here   map[string]bool            // leads that an earlier row of this import made or told something about
}

// errMerged says that a lead was merged into another between looking up its identities and locking it; the next try sees
// the other lead.
var errMerged = errors.New("a lead of this chunk was merged at the same moment")

func newBook() *book {
	return &book{
		byKey: map[identity]string{}, dead: map[identity]string{}, home: map[identity]string{}, leads: map[string]*lead.Lead{},
		hashes: map[string]map[string]bool{}, here: map[string]bool{},
	}
}

// load reads everything about the candidates' identities in a handful of queries, whatever their number.
func (b *book) load(tx *gorm.DB, dialect db.Dialect, cands []*Candidate, importID *string, lock bool) error {
	values := map[string][]string{}
	seen := map[identity]bool{}
	for _, c := range cands {
		for _, k := range c.identities() {
			if !seen[k] {
				seen[k] = true
				values[k.Kind] = append(values[k.Kind], k.Value)
			}
		}
	}
	ids := map[string]bool{}
	for kind, vals := range values {
		for _, live := range []string{"live", "NOT live"} { // each has its own partial index
			var rows []lead.Identity
			q := tx.Select("kind", "value", "lead_id", "first_lead_id", "live").Where("kind = ?", kind).Where(live)
			if err := among(q, dialect, "value", vals).Find(&rows).Error; err != nil {
				return err
			}
			for _, r := range rows {
				if k := (identity{r.Kind, r.Value}); r.Live {
					b.byKey[k] = r.LeadID
				} else {
					b.dead[k] = r.LeadID
				}
				if r.FirstLeadID != nil {
					b.home[identity{r.Kind, r.Value}] = *r.FirstLeadID
				}
				ids[r.LeadID] = true
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return b.loadLeads(tx, dialect, keysOf(ids), importID, lock)
}

func (b *book) loadLeads(tx *gorm.DB, dialect db.Dialect, ids []string, importID *string, lock bool) error {
	q := tx.Unscoped().Where("id IN ?", ids).Order("id") // one order everywhere, so that two imports do not deadlock
	if lock && dialect == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	var leads []lead.Lead
	if err := q.Find(&leads).Error; err != nil {
		return err
	}
	for i := range leads {
		if leads[i].MergedInto != nil {
			return errMerged
		}
		b.leads[leads[i].ID] = &leads[i]
	}
	var sightings []lead.Sighting
	if err := tx.Select("lead_id", "raw_hash", "import_id").Where("lead_id IN ?", ids).Find(&sightings).Error; err != nil {
		return err
	}
	for _, s := range sightings {
		b.saw(s.LeadID, s.RawHash)
		if importID != nil && s.ImportID != nil && *s.ImportID == *importID {
			b.here[s.LeadID] = true
		}
	}
	return nil
}

func (b *book) saw(leadID, hash string) {
	if b.hashes[leadID] == nil {
		b.hashes[leadID] = map[string]bool{}
	}
	b.hashes[leadID][hash] = true
}

func keysOf(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

package intake

import (
	"strings"

	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/lead"
)

// match is what the book says about a candidate.
type match struct {
	leadID   string     // empty: a new lead
	home     *string    // the lead that was merged into leadID and by whose identity the row was found; nil: leadID's own
	deleted  bool       // the lead is in the bin: the row brings it back
	free     []identity // identities that the lead gains
	conflict bool       // another of its identities belongs to another lead
	taken    []string   // kinds of identity that belong to another lead
}

// find decides which lead a candidate is. The most telling identity wins; the others stay with whom they belong to.
// A phone alone joins nobody to a person of another name, for people share lines; nor does a source's id when name and
// address both differ, for two accounts of one tool count from the same number.
func (b *book) find(c *Candidate, o Options) match {
	var m match
	keys := c.identities()
	for _, k := range keys {
		id, known := b.byKey[k]
		if !known || !k.decides(o) || !b.holds(k, id, c) {
			continue
		}
		if m.leadID == "" {
			m.leadID = id
			if home, merged := b.home[k]; merged {
				m.home = &home
			}
		} else if m.leadID != id {
			m.conflict = true
		}
	}
	if m.leadID == "" {
		for _, k := range keys {
			if id, known := b.dead[k]; known && k.decides(o) && b.holds(k, id, c) {
				m.leadID, m.deleted = id, true
				if home, merged := b.home[k]; merged {
					m.home = &home
				}
				break
			}
		}
	}
	for _, k := range keys {
		switch owner, taken := b.byKey[k]; {
		case taken && owner != m.leadID:
			m.taken = append(m.taken, k.Kind)
		case !taken && (!m.deleted || b.dead[k] != m.leadID):
			m.free = append(m.free, k)
		}
	}
	return m
}

// decides reports whether an identity of this kind may say which lead a row is. A row that only its own content
// identifies is always found again.
func (k identity) decides(o Options) bool {
	return o.matches(k.Kind) || k.Kind == lead.IdentitySource && strings.HasPrefix(k.Value, lead.SourceIdentity(identityRow, ""))
}

// holds reports whether an identity that a known lead has makes the candidate that lead.
func (b *book) holds(k identity, leadID string, c *Candidate) bool {
	switch k.Kind {
	case lead.IdentityPhone:
		return b.agrees(leadID, c)
	case lead.IdentitySource:
		l := b.leads[leadID]
		return l == nil || b.agrees(leadID, c) || l.Email == "" || c.Lead.Email == "" || l.Email == c.Lead.Email
	}
	return true
}

func (b *book) agrees(leadID string, c *Candidate) bool {
	l := b.leads[leadID]
	if l == nil {
		return false
	}
	if l.Name == "" && c.Lead.Name == "" {
		return l.Company == "" || c.Lead.Company == "" || normalise.CompanyKey(l.Company) == normalise.CompanyKey(c.Lead.Company)
	}
	return normalise.NamesAgree(l.Name, c.Lead.Name)
}

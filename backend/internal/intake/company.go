package intake

import (
	"maps"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/id"
	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/intake/normalise"
	"winnow/backend/internal/lead"
	"winnow/backend/internal/lead/company"
	"winnow/backend/internal/platform/db"
)

// companies joins new and changed leads to their firms, made when they are new: by the name without legal form, also of a
// firm that was merged into another, else by the site of their address, when the firm is known by it.
func (s *Service) companies(tx *gorm.DB, p *plan) error {
	wanted, nameless := map[string][]*lead.Lead{}, map[string][]*lead.Lead{}
	want := func(l *lead.Lead) {
		if l.CompanyID != nil {
			return
		}
		if key := normalise.CompanyKey(l.Company); key != "" {
			wanted[key] = append(wanted[key], l)
		} else if host := linkage.OwnHost(l.Email); host != "" {
			nameless[host] = append(nameless[host], l)
		}
	}
	for _, l := range p.leads {
		want(l)
	}
	for _, l := range p.changed {
		want(l)
	}
	known, err := s.firmsOf(tx, wanted)
	if err != nil {
		return err
	}
	for k, leads := range wanted {
		join(leads, known[k])
	}
	if len(nameless) == 0 {
		return nil
	}
	sites, err := company.ByDomains(tx, sorted(nameless))
	for host, leads := range nameless {
		join(leads, sites[host].ID)
	}
	return err
}

func join(leads []*lead.Lead, companyID string) {
	if companyID == "" {
		return
	}
	for _, l := range leads {
		l.CompanyID = &companyID
	}
}

func sorted(m map[string][]*lead.Lead) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// firmsOf finds the firms of names by their keys, and makes those that are new.
func (s *Service) firmsOf(tx *gorm.DB, wanted map[string][]*lead.Lead) (map[string]string, error) {
	keys := sorted(wanted)
	if len(keys) == 0 {
		return nil, nil
	}
	known, err := company.ByKeys(tx, keys)
	if err != nil {
		return nil, err
	}
	hosts := map[string]string{} // key → site, of names that are not known
	var sites []string
	for _, k := range keys {
		if known[k] == "" {
			hosts[k] = siteOf(wanted[k])
			sites = append(sites, hosts[k])
		}
	}
	if len(hosts) == 0 {
		return known, nil
	}
	sort.Strings(sites)
	have, err := company.ByDomains(tx, sites)
	if err != nil {
		return nil, err
	}
	var fresh []lead.Company
	for _, k := range keys {
		if known[k] != "" {
			continue
		}
		if c, ok := have[hosts[k]]; ok && sameFirm(c.NameKey, k) {
			known[k] = c.ID
			continue
		}
		fresh = append(fresh, newCompany(k, hosts[k], wanted[k][0], s.clock.Now()))
	}
	if len(fresh) == 0 {
		return known, nil
	}
	stored, err := s.insertCompanies(tx, fresh)
	if err != nil {
		return nil, err
	}
	if stored == int64(len(fresh)) { // nobody else made one of them meanwhile
		for i := range fresh {
			known[fresh[i].NameKey] = fresh[i].ID
		}
		return known, nil
	}
	made, err := company.ByKeys(tx, keys)
	maps.Copy(known, made)
	return known, err
}

// insertCompanies writes new companies and answers how many of them nobody else had made meanwhile.
func (s *Service) insertCompanies(tx *gorm.DB, fresh []lead.Company) (int64, error) {
	if s.db.Dialect == db.Postgres {
		return pgInsertCompanies(tx, fresh, fresh[0].CreatedAt)
	}
	res := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(fresh, batchRows)
	return res.RowsAffected, res.Error
}

// siteOf is the site that all leads of a name agree on, "" when they do not.
func siteOf(leads []*lead.Lead) string {
	site := ""
	for _, l := range leads {
		switch host := linkage.OwnHost(l.Email); {
		case host == "" || host == site:
		case site == "":
			site = host
		default:
			return ""
		}
	}
	return site
}

// sameFirm reports whether two names of one site are two ways to write one: all words of the shorter stand in the longer,
// or it is their initials. Others may be a firm and its daughter: they are compared later, with all that is known.
func sameFirm(a, b string) bool {
	short, long := strings.Fields(a), strings.Fields(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	have := map[string]bool{}
	initials := make([]rune, 0, len(long))
	for _, w := range long {
		have[w] = true
		first, _ := utf8.DecodeRuneInString(w)
		initials = append(initials, first)
	}
	if len(short) == 1 && len(long) > 1 && short[0] == string(initials) {
		return true
	}
	for _, w := range short {
		if !have[w] {
			return strings.Join(short, "") == strings.Join(long, "")
		}
	}
	return true
}

// newCompany takes what the first lead of a firm says about it. The domain comes from the address that its leads agree
// on, else from its web address where that is no post: a post's address belongs to the network.
func newCompany(key, site string, l *lead.Lead, now time.Time) lead.Company {
	c := lead.Company{ID: id.New(), Name: l.Company, NameKey: key, Domain: site, Industry: l.Industry, Country: l.Country, Size: l.CompanySize, CreatedAt: now, UpdatedAt: now, Version: 1}
	if c.Domain == "" && l.Content == "" {
		c.Domain = linkage.OwnHost(l.URL)
	}
	return c
}

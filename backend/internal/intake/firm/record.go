package firm

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
)

// sampled is how many of a company's leads are looked at.
const sampled = 50

// most is how many values of one kind are compared.
const most = 5

// facts is what is known of a company from its row and its leads.
type facts struct {
	row    lead.Company
	record linkage.Record
	site   string // that most of its leads share
}

// gather reads the facts of live companies.
func gather(tx *gorm.DB, ids []string) ([]facts, error) {
	var rows []lead.Company
	if err := tx.Where("id IN ? AND deleted_at IS NULL", ids).Order("id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read companies: %w", err)
	}
	out := make([]facts, len(rows))
	for i, c := range rows {
		var ls []lead.Lead
		err := tx.Select("id", "name", "company", "email", "phone", "linkedin_url", "url", "content", "location", "country", "custom").
			Where("company_id = ?", c.ID).Order("id").Limit(sampled).Find(&ls).Error
		if err != nil {
			return nil, fmt.Errorf("read leads of a company: %w", err)
		}
		out[i] = factsOf(c, ls)
	}
	return out, nil
}

// factsOf brings a company into the order of linkage.Companies. What only a person says of themselves, such as their
// telephone or where they live, is not the company's.
func factsOf(c lead.Company, ls []lead.Lead) facts {
	v := map[string][]string{}
	put := func(field, value string) {
		if value != "" && len(v[field]) < most && !slices.Contains(v[field], value) {
			v[field] = append(v[field], value)
		}
	}
	put("name", c.Name)
	put("domain", linkage.OwnHost(c.Domain))
	sites := map[string]int{}
	for i := range ls {
		l := &ls[i]
		put("name", l.Company)
		for _, host := range hostsOf(l) {
			put("domain", host)
			sites[host]++
		}
		if l.Name != "" {
			continue
		}
		put("phone", l.Phone)
		put("email", l.Email)
		put("linkedin_url", l.LinkedinURL)
		put("country", l.Country)
		town, _, _ := strings.Cut(l.Location, ",")
		put("city", strings.TrimSpace(town))
		for field, key := range map[string]string{"linkedin_url": "company_linkedin_url", "address": "address", "city": "city", "zip": "zip", "state": "state"} {
			put(field, l.Custom.V[key])
		}
	}
	put("country", c.Country)
	f := facts{row: c}
	for _, field := range linkage.Companies() {
		f.record.Values = append(f.record.Values, v[field.Name])
	}
	for host, n := range sites {
		if 2*n > len(ls) && n > sites[f.site] {
			f.site = host
		}
	}
	return f
}

// hostsOf are the sites that a lead names as its company's: of its address, and of its page where that is no post.
func hostsOf(l *lead.Lead) (out []string) {
	put := func(host string) {
		if host != "" && !slices.Contains(out, host) {
			out = append(out, host)
		}
	}
	put(linkage.OwnHost(l.Email))
	if l.Content == "" && l.URL != "" {
		put(linkage.OwnHost(l.URL))
	}
	put(linkage.OwnHost(l.Custom.V["website"]))
	put(linkage.OwnHost(l.Custom.V["domain"]))
	return out
}

package httpapi_test

import (
	"gorm.io/gorm"

	"winnow/backend/internal/id"
	"winnow/backend/internal/lead/company"
	"winnow/backend/internal/lead/duplicate"
)

// treeOwner is who owns the lead of a tree, "" nobody.
func (f *fixture) treeOwner(x tree) string {
	f.t.Helper()
	var owner []string
	if err := f.product.DB.Read.Table("leads").Where("id = ? AND owner_id IS NOT NULL", x.lead).Pluck("owner_id", &owner).Error; err != nil {
		f.t.Fatal(err)
	}
	if len(owner) == 0 {
		return ""
	}
	return owner[0]
}

// newMerge merges another lead of the same owner into the lead of x.
func (f *fixture) newMerge(x tree) string {
	f.t.Helper()
	y := f.newTree(f.treeOwner(x))
	var made struct {
		ID string `json:"merge_id"`
	}
	f.prepare("POST", "/leads/merge", map[string]any{"survivor_id": x.lead, "merged_ids": []string{y.lead}}, &made)
	return made.ID
}

// newPair finds that the lead of x and another one of the same owner may be the same.
func (f *fixture) newPair(x tree) string {
	f.t.Helper()
	y := f.newTree(f.treeOwner(x))
	err := f.product.DB.Tx(f.t.Context(), func(tx *gorm.DB) error {
		_, err := f.product.Twins.Record(tx, []duplicate.Found{{A: x.lead, B: y.lead, Score: 0.97, Weights: []duplicate.Weight{{Field: "name", Agreement: "same", Bits: 7.5}}, Model: "1"}})
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	var made []string
	if err := f.product.DB.Read.Table("duplicate_pairs").Where("lead_a = ? OR lead_b = ?", y.lead, y.lead).Pluck("id", &made).Error; err != nil || len(made) != 1 {
		f.t.Fatal(made, err)
	}
	return made[0]
}

// newCompanyPair finds that the company of the lead of x and another one may be the same.
func (f *fixture) newCompanyPair(x tree) string {
	f.t.Helper()
	y := f.newTree(f.treeOwner(x))
	var ids []string
	for _, l := range []tree{x, y} {
		one, now := id.New(), f.product.Clock.Now()
		f.exec("INSERT INTO companies (id, name, name_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?)", one, "firm "+l.mark, one, now, now)
		f.exec("UPDATE leads SET company_id = ? WHERE id = ?", one, l.lead)
		ids = append(ids, one)
	}
	err := f.product.DB.Tx(f.t.Context(), func(tx *gorm.DB) error {
		_, err := f.product.Companies.Record(tx, []company.Found{{A: ids[0], B: ids[1], Score: 0.97, Weights: []duplicate.Weight{{Field: "name", Agreement: "same", Bits: 7.5}}, Model: "1"}})
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	var made []string
	if err := f.product.DB.Read.Table("company_pairs").Where("company_a = ? OR company_b = ?", ids[1], ids[1]).Pluck("id", &made).Error; err != nil || len(made) != 1 {
		f.t.Fatal(made, err)
	}
	return made[0]
}

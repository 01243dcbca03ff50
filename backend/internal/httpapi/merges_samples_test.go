package httpapi_test

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

package merging

import (
	"fmt"

	"gorm.io/gorm"

	"winnow/backend/internal/lead"
	"winnow/backend/internal/platform/db"
)

// Own reads the leads of a tree, each with the texts that it holds of its own: what merges only show of it is left out.
func Own(tx *gorm.DB, ids []string) ([]lead.Lead, error) {
	var rows []lead.Lead
	if err := tx.Session(&gorm.Session{QueryFields: true}).Unscoped().Where("id IN ?", ids).Order("id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read merged leads: %w", err)
	}
	var survs []survivor
	if err := tx.Select("lead_id", "own").Where("lead_id IN ?", ids).Find(&survs).Error; err != nil {
		return nil, fmt.Errorf("read survivors: %w", err)
	}
	own := make(map[string]Image, len(survs))
	for _, s := range survs {
		own[s.LeadID] = s.Own.V
	}
	for i := range rows {
		if img, ok := own[rows[i].ID]; ok {
			img.texts(&rows[i])
		}
	}
	return rows, nil
}

// texts writes the texts of an image into a lead.
func (m Image) texts(l *lead.Lead) {
	for _, f := range plain() {
		*l.Field(f) = m[f]
	}
	c := parse[company](m[fieldCompany])
	l.Company, l.CompanyID = c.Name, c.ID
	l.Custom = db.NewJSON(m.customs())
}

// Restricts reports whether a lead says that it must not be contacted.
func Restricts(l *lead.Lead) bool {
	for name, v := range l.Custom.V {
		if restrictive(lead.CustomPrefix+name, v) {
			return true
		}
	}
	return false
}

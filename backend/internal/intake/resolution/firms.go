package resolution

import (
	"gorm.io/gorm"

	"winnow/backend/internal/intake/linkage"
)

// Firms is the matcher of companies as it is now, and the name of its model.
func (s *Service) Firms(tx *gorm.DB) (*linkage.Matcher, string, error) {
	m, err := s.matcherOf(tx, companies)
	if err != nil {
		return nil, "", err
	}
	return m.Matcher, m.name, nil
}

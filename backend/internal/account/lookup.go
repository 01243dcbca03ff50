package account

import "context"

// UserByID is one user, for whoever already may act: who signs a message, who owns a row. Faults: NotFound.
func (s *Service) UserByID(ctx context.Context, userID string) (User, error) {
	return s.userByID(s.db.Read.WithContext(ctx), userID)
}

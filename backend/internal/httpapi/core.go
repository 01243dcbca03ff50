package httpapi

import "winnow/backend/internal/account"

// Core are the resources of accounts: setup, signing in, oneself, users, sessions and API keys.
func Core(s *account.Service, cfg Config) []Resource {
	return []Resource{NewSetup(s, cfg), NewAuth(s, cfg), NewMe(s, ""), NewUsers(s), NewSessions(s), NewAPIKeys(s)}
}

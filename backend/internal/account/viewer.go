// Package account holds who may do what: users, sessions, API keys, the permission table, and the viewer that every
// request and job carries in its context. It knows no feature's data.
package account

import "context"

// Role is what a user may do at large.
type Role string

// The roles. Viewer reads all and changes nothing; User works own and unassigned leads; Admin may do everything.
const (
	RoleViewer Role = "viewer"
	RoleUser   Role = "user"
	RoleAdmin  Role = "admin"
)

// Kind is how the viewer came in.
type Kind string

// The ways in.
const (
	KindSession Kind = "session"
	KindAPIKey  Kind = "api_key"
	KindSystem  Kind = "system" // the product itself: jobs, CLI on the machine
)

// Viewer is whoever acts now.
type Viewer struct {
	UserID    string
	Role      Role
	Kind      Kind
	Scopes    []string // API keys only
	SessionID string   // sessions only
	KeyID     string   // API keys only
}

type viewerKey struct{}

// With puts the viewer into the context.
func With(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// From is the viewer of the context, false when nobody is signed in.
func From(ctx context.Context) (Viewer, bool) {
	v, ok := ctx.Value(viewerKey{}).(Viewer)
	return v, ok
}

// System is the viewer of the product itself.
func System() Viewer { return Viewer{Role: RoleAdmin, Kind: KindSystem} }

// Rows says which rows with an owner the context may see: all of them, or those of userID and those of nobody.
// Without a viewer: none (all false, userID "").
func Rows(ctx context.Context) (all bool, userID string) {
	v, ok := From(ctx)
	if !ok {
		return false, ""
	}
	return v.Role == RoleAdmin || v.Role == RoleViewer, v.UserID
}

// CanWrite reports whether the context may change rows at all.
func CanWrite(ctx context.Context) bool {
	v, ok := From(ctx)
	return ok && v.Role != RoleViewer
}

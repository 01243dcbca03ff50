package account

import (
	"slices"

	"winnow/backend/internal/fault"
)

// Scope is what an API key may be used for. A key may do an operation when it has the operation's scope and its owner
// has the operation's role: scopes never widen a role, and no scope implies another.
type Scope string

// The scopes. NoScope operations are for people only: no key, whatever its scopes, may run them.
const (
	NoScope            Scope = ""
	AnyScope           Scope = "*" // any live key
	ScopeLeadsRead     Scope = "leads:read"
	ScopeLeadsWrite    Scope = "leads:write"
	ScopeImportsWrite  Scope = "imports:write"
	ScopeBatchesRun    Scope = "batches:run"
	ScopeMessagesWrite Scope = "messages:write"
	ScopeProfileWrite  Scope = "profile:write"
	ScopeHooksWrite    Scope = "hooks:write"
	ScopeAdmin         Scope = "admin"
)

// Scopes lists every scope that a key may be given.
func Scopes() []Scope {
	return []Scope{
		ScopeLeadsRead, ScopeLeadsWrite, ScopeImportsWrite, ScopeBatchesRun, ScopeMessagesWrite,
		ScopeProfileWrite, ScopeHooksWrite, ScopeAdmin,
	}
}

// Permission says who may run an operation.
type Permission struct {
	Public bool   // anybody, signed in or not; Roles and Scope are ignored
	Roles  []Role // signed-in roles that may
	Scope  Scope  // what an API key needs besides
	Owned  bool   // rows with an owner are involved: the store hides foreign ones (Rows)
}

// Permit reports whether v may run op, and the fault if not: Unauthenticated for nobody, Forbidden for a role or scope
// that does not reach. An operation without an entry is Forbidden to all.
func Permit(v Viewer, signedIn bool, op string) error {
	p, ok := Permissions()[op]
	switch {
	case ok && p.Public:
		return nil
	case !signedIn:
		return fault.New(fault.Unauthenticated, "not_signed_in", "You are not signed in. Sign in and try again.")
	case !ok:
		return fault.New(fault.Forbidden, "operation_unknown", "This operation is not open to anybody.")
	case v.Kind == KindSystem:
		return nil
	case !slices.Contains(p.Roles, v.Role):
		return fault.Newf(fault.Forbidden, "role_insufficient", "Your role (%s) may not do this. Ask an admin.", v.Role)
	case v.Kind == KindAPIKey && p.Scope == NoScope:
		return fault.New(fault.Forbidden, "key_not_allowed", "API keys may not do this. Sign in with a browser.")
	case v.Kind == KindAPIKey && p.Scope != AnyScope && !slices.Contains(v.Scopes, string(p.Scope)):
		return fault.Newf(fault.Forbidden, "scope_missing", "This API key lacks the scope %q. Make a key that has it.", p.Scope)
	}
	return nil
}

// Allowed lists, sorted, the operations that v may run; the web app shows and hides by it.
func Allowed(v Viewer) []string {
	var ops []string
	for op, p := range Permissions() {
		if !p.Public && Permit(v, true, op) == nil {
			ops = append(ops, op)
		}
	}
	slices.Sort(ops)
	return ops
}

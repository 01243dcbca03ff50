package httpapi

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
)

type permissionsAPI struct{}

// NewPermissions offers the permission table.
func NewPermissions() Resource { return permissionsAPI{} }

// Register puts the routes in place.
func (a permissionsAPI) Register(r *Registry) { r.GET("/permissions", "permissions.list", a.list) }

// PermissionTable is who may do what.
type PermissionTable struct {
	Roles      []string             `json:"roles"` // from least to most
	Operations []PermissionResponse `json:"operations"`
}

// PermissionResponse says who may run one operation.
type PermissionResponse struct {
	Name   string   `json:"name" example:"leads.list"`
	Group  string   `json:"group" example:"leads"` // the name's part before the dot
	Roles  []string `json:"roles"`                 // signed-in roles that may; none for public operations, which everybody may run
	Scope  string   `json:"scope"`                 // what an API key needs: a scope, "*" (any key) or "" (no key may)
	Owned  bool     `json:"owned"`                 // rows with an owner are involved: a user reaches own and unassigned ones
	Public bool     `json:"public"`                // without signing in
}

// list answers the table by name.
//
//	@Summary	Who may do what: the permission table
//	@Tags		me
//	@ID			permissions.list
//	@Success	200	{object}	PermissionTable
//	@Failure	401	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/permissions [get]
func (a permissionsAPI) list(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	out := PermissionTable{Roles: []string{string(account.RoleViewer), string(account.RoleUser), string(account.RoleAdmin)}}
	for name, p := range account.Permissions() {
		group, _, _ := strings.Cut(name, ".")
		row := PermissionResponse{Name: name, Group: group, Roles: []string{}, Scope: string(p.Scope), Owned: p.Owned, Public: p.Public}
		for _, r := range p.Roles {
			row.Roles = append(row.Roles, string(r))
		}
		out.Operations = append(out.Operations, row)
	}
	slices.SortFunc(out.Operations, func(a, b PermissionResponse) int { return cmp.Compare(a.Name, b.Name) })
	return write(c, http.StatusOK, out)
}

package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
	"winnow/backend/internal/fault"
)

type usersAPI struct{ accounts *account.Service }

// NewUsers offers the members of the workspace.
func NewUsers(s *account.Service) Resource { return usersAPI{s} }

// Register puts the routes in place.
func (a usersAPI) Register(r *Registry) {
	r.GET("/users", "users.list", a.list)
	r.POST("/users", "users.invite", a.invite, Secret())
	r.PUT("/users/:id", "users.update", a.update)
	r.DELETE("/users/:id", "users.delete", a.remove)
	r.POST("/users/:id/reset-link", "users.reset_link", a.resetLink, Secret())
}

// UserListResponse lists users.
type UserListResponse struct {
	Items []UserResponse `json:"items"`
}

// list lists users; who is no admin sees names and roles of active ones.
//
//	@Summary	List users
//	@Tags		users
//	@ID			users.list
//	@Success	200	{object}	UserListResponse
//	@Failure	401	{object}	Problem
//	@Failure	403	{object}	Problem
//	@Security	Session
//	@Security	ApiKey
//	@Router		/users [get]
func (a usersAPI) list(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	us, err := a.accounts.Users(c.Request().Context())
	if err != nil {
		return err
	}
	out := UserListResponse{Items: make([]UserResponse, 0, len(us))}
	for _, u := range us {
		out.Items = append(out.Items, userOf(u))
	}
	return write(c, http.StatusOK, out)
}

// InviteRequest invites somebody.
type InviteRequest struct {
	Email string `json:"email" example:"ann@example.com"`
	Role  string `json:"role" enums:"viewer,user,admin"`
}

// Validate checks the role.
func (r InviteRequest) Validate() []fault.Field {
	return append(required("email", r.Email), badRole(r.Role)...)
}

func badRole(role string) []fault.Field {
	if _, ok := account.ParseRole(role); ok {
		return nil
	}
	return []fault.Field{{Name: "role", Code: "unknown", Message: "Must be viewer, user or admin."}}
}

// InviteResponse is who was invited, with the link when it was not mailed.
type InviteResponse struct {
	User      UserResponse `json:"user"`
	InviteURL string       `json:"invite_url,omitempty"` // only when no mail server is set up
}

// invite makes a user and an invitation.
//
//	@Summary	Invite somebody
//	@Tags		users
//	@ID			users.invite
//	@Param		body	body		InviteRequest	true	"Whom, as what"
//	@Success	201		{object}	InviteResponse
//	@Failure	400		{object}	Problem
//	@Failure	403		{object}	Problem
//	@Failure	409		{object}	Problem	"The address is in use"
//	@Security	Session
//	@Router		/users [post]
func (a usersAPI) invite(c echo.Context) error {
	var req InviteRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	u, url, err := a.accounts.Invite(c.Request().Context(), req.Email, account.Role(req.Role))
	if err != nil {
		return err
	}
	return write(c, http.StatusCreated, InviteResponse{User: userOf(u), InviteURL: url})
}

// UserUpdateRequest changes a user; what is left out stays.
type UserUpdateRequest struct {
	Role     *string `json:"role,omitempty" enums:"viewer,user,admin"`
	Disabled *bool   `json:"disabled,omitempty"`
}

// Validate checks the role.
func (r UserUpdateRequest) Validate() []fault.Field {
	if r.Role == nil {
		return nil
	}
	return badRole(*r.Role)
}

// update changes a role or shuts an account; the user's sessions end.
//
//	@Summary	Change a user's role, or disable or enable them
//	@Tags		users
//	@ID			users.update
//	@Param		id			path		string				true	"User"	format(uuid)
//	@Param		If-Match	header		string				false	"ETag of the version to change"
//	@Param		body		body		UserUpdateRequest	true	"Changes"
//	@Success	200			{object}	UserEnvelope
//	@Failure	400			{object}	Problem
//	@Failure	403			{object}	Problem
//	@Failure	404			{object}	Problem
//	@Failure	409			{object}	Problem	"The last admin"
//	@Failure	412			{object}	Problem	"Changed meanwhile"
//	@Security	Session
//	@Router		/users/{id} [put]
func (a usersAPI) update(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	version, err := ifMatch(c)
	if err != nil {
		return err
	}
	var req UserUpdateRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	u, err := a.accounts.UpdateUser(c.Request().Context(), id, account.UserPatch{Role: (*account.Role)(req.Role), Disabled: req.Disabled}, version)
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, u.Version, UserEnvelope{User: userOf(u)})
}

// remove deletes a user and gives their leads on.
//
//	@Summary	Delete a user, and give their leads on in the same step
//	@Tags		users
//	@ID			users.delete
//	@Param		id			path	string	true	"User"	format(uuid)
//	@Param		reassign_to	query	string	false	"Who gets the leads: a user's id, or none for nobody. Without it, a user who owns leads stays"
//	@Success	204
//	@Failure	400	{object}	Problem	"Nobody who can own leads"
//	@Failure	403	{object}	Problem
//	@Failure	404	{object}	Problem
//	@Failure	409	{object}	Problem	"The last admin, oneself, or owner of leads (lead_count says of how many)"
//	@Security	Session
//	@Router		/users/{id} [delete]
func (a usersAPI) remove(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	q, err := query(c, "reassign_to")
	if err != nil {
		return err
	}
	if err := a.accounts.DeleteUser(c.Request().Context(), id, q.Get("reassign_to")); err != nil {
		return err
	}
	return noContent(c)
}

// ResetLinkResponse holds the link when it was not mailed.
type ResetLinkResponse struct {
	ResetURL string `json:"reset_url,omitempty"` // only when no mail server is set up
}

// resetLink makes a link with which the user sets a new password.
//
//	@Summary	Make a password reset link for a user
//	@Tags		users
//	@ID			users.reset_link
//	@Param		id	path		string	true	"User"	format(uuid)
//	@Success	200	{object}	ResetLinkResponse
//	@Failure	403	{object}	Problem
//	@Failure	404	{object}	Problem
//	@Failure	409	{object}	Problem
//	@Security	Session
//	@Router		/users/{id}/reset-link [post]
func (a usersAPI) resetLink(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	url, err := a.accounts.ResetLink(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, ResetLinkResponse{ResetURL: url})
}

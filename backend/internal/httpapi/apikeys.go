package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/account"
)

type apiKeysAPI struct{ accounts *account.Service }

// NewAPIKeys offers one's API keys.
func NewAPIKeys(s *account.Service) Resource { return apiKeysAPI{s} }

// Register puts the routes in place.
func (a apiKeysAPI) Register(r *Registry) {
	r.GET("/api-keys", "api_keys.list", a.list)
	r.POST("/api-keys", "api_keys.create", a.create, Secret())
	r.DELETE("/api-keys/:id", "api_keys.revoke", a.revoke)
}

// APIKeyResponse is a key without the secret.
type APIKeyResponse struct {
	ID         string     `json:"id" format:"uuid"`
	Name       string     `json:"name"`
	Prefix     string     `json:"prefix" example:"wnw_a1B2c3"`
	Scopes     []string   `json:"scopes"`
	CreatedAt  time.Time  `json:"created_at" format:"date-time"`
	ExpiresAt  *time.Time `json:"expires_at" format:"date-time" extensions:"x-nullable"`   // null: never
	LastUsedAt *time.Time `json:"last_used_at" format:"date-time" extensions:"x-nullable"` // null: never
}

func keyOf(k account.Key) APIKeyResponse {
	return APIKeyResponse{
		ID: k.ID, Name: k.Name, Prefix: k.Prefix, Scopes: k.Scopes.V, CreatedAt: k.CreatedAt.UTC(), ExpiresAt: utc(k.ExpiresAt), LastUsedAt: utc(k.LastUsedAt),
	}
}

// APIKeyListResponse lists keys.
type APIKeyListResponse struct {
	Items []APIKeyResponse `json:"items"`
}

// list lists one's live keys.
//
//	@Summary	List one's API keys
//	@Tags		api-keys
//	@ID			api_keys.list
//	@Success	200	{object}	APIKeyListResponse
//	@Failure	401	{object}	Problem
//	@Security	Session
//	@Router		/api-keys [get]
func (a apiKeysAPI) list(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	rows, err := a.accounts.Keys(c.Request().Context())
	if err != nil {
		return err
	}
	out := APIKeyListResponse{Items: make([]APIKeyResponse, 0, len(rows))}
	for _, k := range rows {
		out.Items = append(out.Items, keyOf(k))
	}
	return write(c, http.StatusOK, out)
}

// APIKeyRequest makes a key.
type APIKeyRequest struct {
	Name      string     `json:"name" example:"Website form"`
	Scopes    []string   `json:"scopes" example:"leads:write"`
	ExpiresAt *time.Time `json:"expires_at,omitempty" format:"date-time" extensions:"x-nullable"`
}

// APIKeyCreatedResponse holds the key itself, this once.
type APIKeyCreatedResponse struct {
	APIKeyResponse
	Key string `json:"key" example:"wnw_…"`
}

// create makes a key and shows it this once.
//
//	@Summary	Make an API key
//	@Tags		api-keys
//	@ID			api_keys.create
//	@Param		body	body		APIKeyRequest	true	"Name and scopes"
//	@Success	201		{object}	APIKeyCreatedResponse
//	@Failure	400		{object}	Problem
//	@Failure	401		{object}	Problem
//	@Failure	403		{object}	Problem
//	@Failure	409		{object}	Problem	"Too many keys"
//	@Security	Session
//	@Router		/api-keys [post]
func (a apiKeysAPI) create(c echo.Context) error {
	var req APIKeyRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	key, row, err := a.accounts.CreateKey(c.Request().Context(), account.NewKey(req))
	if err != nil {
		return err
	}
	return write(c, http.StatusCreated, APIKeyCreatedResponse{APIKeyResponse: keyOf(row), Key: key})
}

// revoke ends one of one's keys at once.
//
//	@Summary	Revoke an API key
//	@Tags		api-keys
//	@ID			api_keys.revoke
//	@Param		id	path	string	true	"Key"	format(uuid)
//	@Success	204
//	@Failure	401	{object}	Problem
//	@Failure	404	{object}	Problem
//	@Security	Session
//	@Router		/api-keys/{id} [delete]
func (a apiKeysAPI) revoke(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := a.accounts.RevokeKey(c.Request().Context(), id); err != nil {
		return err
	}
	return noContent(c)
}

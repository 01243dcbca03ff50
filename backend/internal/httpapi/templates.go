package httpapi

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/compose"
	"winnow/backend/internal/fault"
)

type templatesAPI struct{ compose *compose.Service }

// NewTemplates offers message templates.
func NewTemplates(s *compose.Service) Resource { return templatesAPI{s} }

// Register puts the routes in place.
func (a templatesAPI) Register(r *Registry) {
	r.GET("/templates", "templates.list", a.list)
	r.POST("/templates", "templates.create", a.create)
	r.PUT("/templates/:id", "templates.update", a.update)
	r.DELETE("/templates/:id", "templates.delete", a.remove)
	r.POST("/templates/preview", "templates.preview", a.preview)
}

// TemplateRequest is a template's text; variables are written {{name}} or {{name|default}}.
type TemplateRequest struct {
	Name    string `json:"name" validate:"required"`
	Subject string `json:"subject" validate:"required"`
	Body    string `json:"body" validate:"required"`
}

// TemplateResponse is a message template.
type TemplateResponse struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Subject   string    `json:"subject"`
	Body      string    `json:"body"`
	Builtin   bool      `json:"builtin"`
	Version   int       `json:"version"`
	CreatedAt time.Time `json:"created_at" format:"date-time"`
	UpdatedAt time.Time `json:"updated_at" format:"date-time"`
}

// TemplateVariable is a name that a template may use.
type TemplateVariable struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
}

// TemplateList is every template, and the variables there are.
type TemplateList struct {
	Items     []TemplateResponse `json:"items"`
	Variables []TemplateVariable `json:"variables"`
}

func templateResponse(t compose.Template) TemplateResponse {
	return TemplateResponse{
		ID: t.ID, Name: t.Name, Subject: t.Subject, Body: t.Body, Builtin: t.Builtin, Version: t.Version,
		CreatedAt: t.CreatedAt.UTC(), UpdatedAt: t.UpdatedAt.UTC(),
	}
}

// oneOf adds a finding when value is neither empty nor one of choices.
func oneOf(bad []fault.Field, name, value string, choices ...string) []fault.Field {
	if value == "" || slices.Contains(choices, value) {
		return bad
	}
	return append(bad, fault.Field{Name: name, Code: "unknown_choice", Message: "Choose one of " + strings.Join(choices, ", ") + "."})
}

// @Summary	Message templates and their variables
// @ID		templates.list
// @Tags	templates
// @Produce	json
// @Success	200	{object}	TemplateList
// @Security	ApiKey
// @Security	Session
// @Router	/templates [get]
func (a templatesAPI) list(c echo.Context) error {
	rows, err := a.compose.Templates(c.Request().Context())
	if err != nil {
		return err
	}
	out := TemplateList{Items: make([]TemplateResponse, len(rows))}
	for i, t := range rows {
		out.Items[i] = templateResponse(t)
	}
	for _, n := range compose.VariableNames() {
		out.Variables = append(out.Variables, TemplateVariable{Name: n, Meaning: compose.VariableMeaning(n)})
	}
	return write(c, http.StatusOK, out)
}

// @Summary	Add a message template
// @ID		templates.create
// @Tags	templates
// @Accept	json
// @Produce	json
// @Param	body	body		TemplateRequest	true	"its text"
// @Success	201		{object}	TemplateResponse
// @Failure	400,403	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/templates [post]
func (a templatesAPI) create(c echo.Context) error {
	var req TemplateRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	t, err := a.compose.AddTemplate(c.Request().Context(), compose.Text{Name: req.Name, Subject: req.Subject, Body: req.Body})
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusCreated, t.Version, templateResponse(t))
}

// @Summary	Change a message template
// @ID		templates.update
// @Tags	templates
// @Accept	json
// @Produce	json
// @Param	id			path		string			true	"template"
// @Param	If-Match	header		string			false	"ETag of the version that was edited"
// @Param	body		body		TemplateRequest	true	"its text"
// @Success	200			{object}	TemplateResponse
// @Failure	400,403,404,412	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/templates/{id} [put]
func (a templatesAPI) update(c echo.Context) error {
	templateID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	want, err := ifMatch(c)
	if err != nil {
		return err
	}
	var req TemplateRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	t, err := a.compose.EditTemplate(c.Request().Context(), templateID, compose.Text{Name: req.Name, Subject: req.Subject, Body: req.Body}, want)
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, t.Version, templateResponse(t))
}

// @Summary	Delete a message template; drafts made from it stay
// @ID		templates.delete
// @Tags	templates
// @Param	id	path	string	true	"template"
// @Success	204
// @Failure	403,404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/templates/{id} [delete]
func (a templatesAPI) remove(c echo.Context) error {
	templateID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := a.compose.RemoveTemplate(c.Request().Context(), templateID); err != nil {
		return err
	}
	return noContent(c)
}

// TemplatePreviewRequest is a template as it is being written, and the lead to try it on.
type TemplatePreviewRequest struct {
	LeadID  string `json:"lead_id" validate:"required" format:"uuid"`
	Subject string `json:"subject"`
	Body    string `json:"body"`
}

// TemplatePreview is what the template would say to the lead.
type TemplatePreview struct {
	Subject   string             `json:"subject" validate:"required"`
	Body      string             `json:"body" validate:"required"`
	Variables []compose.Variable `json:"variables" validate:"required"` // those it uses, with the lead's values
	Missing   []string           `json:"missing" validate:"required"`   // those without value or default; they stay in the text as {{name}}
}

// @Summary	What a template would say to a lead; nothing is stored
// @ID		templates.preview
// @Tags	templates
// @Accept	json
// @Produce	json
// @Param	body	body		TemplatePreviewRequest	true	"the text and the lead"
// @Success	200		{object}	TemplatePreview
// @Failure	400,404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/templates/preview [post]
func (a templatesAPI) preview(c echo.Context) error {
	var req TemplatePreviewRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	p, err := a.compose.Preview(c.Request().Context(), req.Subject, req.Body, req.LeadID)
	if err != nil {
		return err
	}
	out := TemplatePreview{Subject: p.Subject, Body: p.Body, Variables: p.Variables, Missing: p.Missing}
	if out.Variables == nil {
		out.Variables = []compose.Variable{}
	}
	if out.Missing == nil {
		out.Missing = []string{}
	}
	return write(c, http.StatusOK, out)
}

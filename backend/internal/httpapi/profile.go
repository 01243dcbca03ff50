package httpapi

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/config/yamldoc"
	"winnow/backend/internal/fault"
	"winnow/backend/internal/profile"
	"winnow/backend/internal/qualify/preview"
)

type profileAPI struct {
	profiles *profile.Service
	previews *preview.Service
}

// NewProfile offers the profile, its versions and templates, and previews of changes.
func NewProfile(s *profile.Service, p *preview.Service) Resource { return profileAPI{s, p} }

// Three documents of at most 1 MiB, as JSON strings.
const (
	maxDocument = 2 * yamldoc.MaxBytes
	maxProfile  = 3 * maxDocument
)

// Register puts the routes in place.
func (a profileAPI) Register(r *Registry) {
	r.GET("/profile", "profile.get", a.get)
	r.PUT("/profile", "profile.update", a.update, MaxBody(maxProfile))
	r.POST("/profile/validate", "profile.validate", a.validate, MaxBody(maxDocument))
	r.GET("/profile/versions", "profile.versions", a.versions)
	r.POST("/profile/versions/:version/restore", "profile.restore", a.restore)
	r.GET("/profile/versions/:version", "profile.version", a.version)
	r.GET("/profile/schema", "profile.schema", a.schema)
	r.POST("/profile/preview", "profile.preview", a.preview, MaxBody(maxProfile))
	r.GET("/profile/templates", "profile.templates", a.templates)
	r.POST("/profile/templates/:name/apply", "profile.apply", a.apply)
}

// ProfileDocument is one document as it was written.
type ProfileDocument struct {
	YAML string `json:"yaml"`
}

// ProfileDocuments are the three documents of a profile.
type ProfileDocuments struct {
	Company    ProfileDocument `json:"company"`
	Audience   ProfileDocument `json:"audience"`
	PainPoints ProfileDocument `json:"pain_points"`
}

// ProfileResponse is the profile that leads are judged by: its documents as text, and what they say.
type ProfileResponse struct {
	Name      string           `json:"name"`
	Version   int              `json:"version"`
	Checksum  string           `json:"checksum"`
	Documents ProfileDocuments `json:"documents"`
	Set       *profile.Set     `json:"set"`
}

// ProfileTexts are documents to store; those left out stay as they are.
type ProfileTexts struct {
	Company    *string `json:"company" extensions:"x-nullable"`
	Audience   *string `json:"audience" extensions:"x-nullable"`
	PainPoints *string `json:"pain_points" extensions:"x-nullable"`
}

// ProfileRequest changes the profile.
type ProfileRequest struct {
	Documents ProfileTexts `json:"documents" validate:"required"`
	Note      string       `json:"note"` // why, for the list of versions
}

// Validate wants at least one document.
func (r ProfileRequest) Validate() []fault.Field {
	var bad []fault.Field
	if len(r.docs()) == 0 {
		bad = append(bad, fault.Field{Name: "documents", Code: "required", Message: "Give at least one of company, audience, pain_points as YAML text."})
	}
	if len([]rune(r.Note)) > 200 {
		bad = append(bad, fault.Field{Name: "note", Code: "too_long", Message: "Use at most 200 characters."})
	}
	return bad
}

func (r ProfileRequest) docs() map[string]string {
	docs := map[string]string{}
	for kind, text := range map[string]*string{
		profile.KindCompany: r.Documents.Company, profile.KindAudience: r.Documents.Audience, profile.KindPainPoints: r.Documents.PainPoints,
	} {
		if text != nil {
			docs[kind] = *text
		}
	}
	return docs
}

// ProfileCheckRequest is a document to check; nothing is stored.
type ProfileCheckRequest struct {
	Kind string `json:"kind" validate:"required" enums:"company,audience,pain_points"`
	YAML string `json:"yaml"`
}

// Validate wants a kind there is.
func (r ProfileCheckRequest) Validate() []fault.Field {
	if slices.Contains(profile.Kinds(), r.Kind) {
		return nil
	}
	return []fault.Field{{Name: "kind", Code: "unknown_choice", Message: "Choose one of " + strings.Join(profile.Kinds(), ", ") + "."}}
}

// ProfileFault is one mistake in a document; line and column count from 1, 0 means the whole file.
type ProfileFault struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"` // what is wrong
	Hint    string `json:"hint"`    // how to mend it
	Path    string `json:"path"`    // keys and indexes to the value, joined by slashes: pain_points/0/weight; "" = the text as a whole
}

// ProfileCheckResponse lists every mistake; none means that the document is valid.
type ProfileCheckResponse struct {
	Errors []ProfileFault `json:"errors"`
}

// ProfileVersion tells about one version.
type ProfileVersion struct {
	Version   int       `json:"version"`
	Checksum  string    `json:"checksum"`
	Note      string    `json:"note"`
	CreatedBy *string   `json:"created_by" extensions:"x-nullable"` // user id; null = read from files or a template
	CreatedAt time.Time `json:"created_at" format:"date-time"`
}

// ProfileVersionList is versions, newest first.
type ProfileVersionList struct {
	Items []ProfileVersion `json:"items"`
	PageInfo
}

// ProfileTemplate is a profile to start from.
type ProfileTemplate struct {
	Name        string           `json:"name"`
	Title       string           `json:"title"`
	Description string           `json:"description"`
	Documents   ProfileDocuments `json:"documents"` // what applying it would store
}

// ProfileTemplateList is all templates.
type ProfileTemplateList struct {
	Items []ProfileTemplate `json:"items"`
}

// @Summary	The profile that leads are judged by
// @ID		profile.get
// @Tags	profile
// @Produce	json
// @Success	200	{object}	ProfileResponse
// @Failure	404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/profile [get]
func (a profileAPI) get(c echo.Context) error { return a.answer(c) }

// answer writes the profile as it is now.
func (a profileAPI) answer(c echo.Context) error {
	docs, err := a.profiles.Documents(c.Request().Context(), profile.DefaultName)
	if err != nil {
		return err
	}
	return writeVersion(c, http.StatusOK, docs.Set.Version, ProfileResponse{
		Name: docs.Set.Name, Version: docs.Set.Version, Checksum: docs.Set.Checksum, Set: docs.Set,
		Documents: documentsOf(docs.YAML),
	})
}

func documentsOf(yaml map[string]string) ProfileDocuments {
	return ProfileDocuments{
		Company: ProfileDocument{yaml[profile.KindCompany]}, Audience: ProfileDocument{yaml[profile.KindAudience]}, PainPoints: ProfileDocument{yaml[profile.KindPainPoints]},
	}
}

// @Summary	Change the profile; a new version is stored only when every document is valid
// @ID		profile.update
// @Tags	profile
// @Accept	json
// @Produce	json
// @Param	If-Match	header		string			false	"ETag of the version that was edited"
// @Param	body		body		ProfileRequest	true	"documents"
// @Success	200			{object}	ProfileResponse
// @Failure	400,403,412	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/profile [put]
func (a profileAPI) update(c echo.Context) error {
	want, err := ifMatch(c)
	if err != nil {
		return err
	}
	var req ProfileRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	ifVersion := 0
	if want != nil {
		ifVersion = *want
	}
	if _, err := a.profiles.Save(c.Request().Context(), profile.DefaultName, req.docs(), ifVersion, req.Note); err != nil {
		return err
	}
	return a.answer(c)
}

// @Summary	Check a document without storing it
// @ID		profile.validate
// @Tags	profile
// @Accept	json
// @Produce	json
// @Param	body	body		ProfileCheckRequest	true	"document"
// @Success	200		{object}	ProfileCheckResponse
// @Failure	400		{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/profile/validate [post]
func (a profileAPI) validate(c echo.Context) error {
	var req ProfileCheckRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	out := ProfileCheckResponse{Errors: []ProfileFault{}}
	_, err := profile.Parse(req.Kind, profile.FileName(req.Kind), []byte(req.YAML))
	for _, f := range profile.FaultsOf(err) {
		out.Errors = append(out.Errors, ProfileFault(f))
	}
	if err != nil && len(out.Errors) == 0 {
		return err
	}
	return write(c, http.StatusOK, out)
}

// @Summary	Versions of the profile, newest first
// @ID		profile.versions
// @Tags	profile
// @Produce	json
// @Param	limit	query		int		false	"1 to 200"	default(50)
// @Param	cursor	query		string	false	"next_cursor of the page before"
// @Success	200		{object}	ProfileVersionList
// @Failure	400		{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/profile/versions [get]
func (a profileAPI) versions(c echo.Context) error {
	if _, err := query(c, "limit", "cursor"); err != nil {
		return err
	}
	q, err := listQuery(c)
	if err != nil {
		return err
	}
	before := 0
	if q.Cursor != "" {
		if before, err = strconv.Atoi(q.Cursor); err != nil || before < 1 {
			return badParam("cursor", "invalid", "Use the next_cursor of the page before.")
		}
	}
	ctx := c.Request().Context()
	list, err := a.profiles.Versions(ctx, profile.DefaultName, before, q.Limit)
	if err != nil {
		return err
	}
	now, err := a.profiles.Current(ctx)
	if err != nil {
		return err
	}
	out := ProfileVersionList{Items: make([]ProfileVersion, len(list)), PageInfo: PageInfo{Total: now.Version}} // numbered without gaps
	for i, v := range list {
		out.Items[i] = ProfileVersion(v)
	}
	if n := len(list); n > 0 && list[n-1].Version > 1 {
		next := strconv.Itoa(list[n-1].Version)
		out.NextCursor = &next
	}
	return write(c, http.StatusOK, out)
}

// @Summary	Bring an old version back, as a new version
// @ID		profile.restore
// @Tags	profile
// @Produce	json
// @Param	version	path		int	true	"version"
// @Success	200		{object}	ProfileResponse
// @Failure	403,404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/profile/versions/{version}/restore [post]
func (a profileAPI) restore(c echo.Context) error {
	number, err := strconv.Atoi(c.Param("version"))
	if err != nil || number < 1 {
		return fault.New(fault.NotFound, "profile_version_not_found", "The profile has no such version.")
	}
	if _, err := a.profiles.Restore(c.Request().Context(), profile.DefaultName, number); err != nil {
		return err
	}
	return a.answer(c)
}

// @Summary	Profiles to start from
// @ID		profile.templates
// @Tags	profile
// @Produce	json
// @Success	200	{object}	ProfileTemplateList
// @Security	ApiKey
// @Security	Session
// @Router	/profile/templates [get]
func (a profileAPI) templates(c echo.Context) error {
	out := ProfileTemplateList{}
	for _, t := range profile.Templates() {
		docs, err := profile.TemplateFiles(t.Name)
		if err != nil {
			return err
		}
		out.Items = append(out.Items, ProfileTemplate{Name: t.Name, Title: t.Title, Description: t.Description, Documents: documentsOf(docs)})
	}
	return write(c, http.StatusOK, out)
}

// @Summary	Replace the profile by a template, as a new version
// @ID		profile.apply
// @Tags	profile
// @Produce	json
// @Param	name	path		string	true	"template"	Enums(manufacturing, saas, retail, services)
// @Success	200		{object}	ProfileResponse
// @Failure	403,404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/profile/templates/{name}/apply [post]
func (a profileAPI) apply(c echo.Context) error {
	if _, err := a.profiles.Apply(c.Request().Context(), profile.DefaultName, c.Param("name")); err != nil {
		return err
	}
	return a.answer(c)
}

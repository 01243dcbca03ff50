package httpapi

import (
	"errors"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
	"winnow/backend/internal/intake"
)

type importsAPI struct {
	intake   *intake.Service
	maxBytes int64
}

// NewImports offers the import of files: look at one, see what would happen, run it, and what became of its rows.
// maxBytes is the largest file.
func NewImports(s *intake.Service, maxBytes int64) Resource { return importsAPI{s, maxBytes} }

// Register puts the routes in place.
func (a importsAPI) Register(r *Registry) {
	r.POST("/leads/import", "leads.import", a.upload, Multipart(a.maxBytes+1<<20))
	r.GET("/imports", "imports.list", a.list)
	r.GET("/imports/:id", "imports.get", a.get)
	r.GET("/imports/:id/rows", "imports.rows", a.rows)
	r.GET("/imports/:id/rejects", "imports.rejects", a.rejects, Streams())
	r.POST("/imports/:id/dry-run", "imports.dry_run", a.dryRun, Streams())
	r.POST("/imports/:id/run", "imports.run", a.run, Streams())
	r.POST("/imports/:id/pause", "imports.pause", a.pause)
	r.POST("/imports/:id/resume", "imports.resume", a.resume)
	r.GET("/imports/:id/file", "imports.file", a.file, Streams())
	r.GET("/imports/:id/undo", "imports.undo_plan", a.undoPlan, Streams())
	r.POST("/imports/:id/undo", "imports.undo", a.undo)
}

// @Summary	Bring a file of leads
// @Description	CSV, TSV, XLSX, JSON, JSONL, vCard or plain text. mode preview (the default) only looks at it and keeps it for imports.run;
// @Description	dry_run says what would happen; run starts the import at once. A file that holds no leads is named as such in import.error.
// @ID		leads.import
// @Tags	imports
// @Accept	mpfd
// @Produce	json
// @Param	file	formData	file	true	"the file"
// @Param	options	formData	string	false	"ImportUploadRequest as JSON"
// @Success	200		{object}	ImportAnswer	"preview and dry_run"
// @Success	202		{object}	ImportAnswer	"run"
// @Failure	400,403,413	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/leads/import [post]
func (a importsAPI) upload(c echo.Context) error {
	file, req, err := a.form(c)
	if err != nil {
		return err
	}
	defer func() { _ = c.Request().MultipartForm.RemoveAll() }()
	f, err := file.Open()
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "file_missing", "The file could not be read from the request. Send it again.")
	}
	defer func() { _ = f.Close() }()
	ctx := c.Request().Context()
	p, err := a.intake.Upload(ctx, file.Filename, f, req.options())
	if err != nil {
		return err
	}
	out := importAnswer(&p.Import)
	out.describe(p)
	if p.Import.Error != "" {
		return write(c, http.StatusOK, out)
	}
	switch req.Mode {
	case "dry_run":
		imp, err := a.intake.DryRun(ctx, p.Import.ID, req.options())
		if err != nil {
			return err
		}
		out.Import = importResponse(imp)
	case "run":
		imp, err := a.intake.Start(ctx, p.Import.ID, req.options())
		if err != nil {
			return err
		}
		out.Import = importResponse(imp)
		return write(c, http.StatusAccepted, out)
	}
	return write(c, http.StatusOK, out)
}

// form reads the two parts of an upload; large files wait on disk, not in memory.
func (a importsAPI) form(c echo.Context) (*multipart.FileHeader, ImportUploadRequest, error) {
	var req ImportUploadRequest
	const inMemory = 1 << 20
	if err := c.Request().ParseMultipartForm(inMemory); err != nil {
		if max, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, req, max
		}
		return nil, req, fault.Wrap(err, fault.Invalid, "form_invalid", "The request must be multipart/form-data with a part named file.")
	}
	form := c.Request().MultipartForm
	if len(form.File["file"]) != 1 {
		return nil, req, fault.InvalidFields("file_missing", "Send one file in the part named file.", fault.Field{Name: "file", Code: "required", Message: "One file is needed."})
	}
	if raw := form.Value["options"]; len(raw) > 0 && raw[0] != "" {
		var bad []fault.Field
		if err := decodeStrict([]byte(raw[0]), &req, &bad); err != nil {
			return nil, req, err
		}
		if bad = append(bad, req.Validate()...); len(bad) > 0 {
			return nil, req, fault.InvalidFields("input_invalid", "Some options are not right; see each one.", bad...)
		}
	}
	return form.File["file"][0], req, nil
}

// @Summary	Imports, newest first
// @ID		imports.list
// @Tags	imports
// @Produce	json
// @Param	q	query		string	false	"only files whose name holds this"
// @Param	limit	query		int		false	"1–200, default 50"
// @Param	cursor	query		string	false	"next_cursor of the page before"
// @Success	200		{object}	ImportList
// @Failure	400		{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports [get]
func (a importsAPI) list(c echo.Context) error {
	q, err := listQuery(c, "q")
	if err != nil {
		return err
	}
	if q.Cursor != "" && !id.Valid(q.Cursor) {
		return badParam("cursor", "invalid", "Must be the next_cursor of an earlier answer.")
	}
	rows, total, more, err := a.intake.List(c.Request().Context(), q.Own.Get("q"), q.Cursor, q.Limit)
	if err != nil {
		return err
	}
	out := ImportList{Items: make([]ImportResponse, len(rows)), PageInfo: PageInfo{Total: int(total)}}
	for i := range rows {
		out.Items[i] = importResponse(&rows[i])
	}
	if more {
		out.NextCursor = &rows[len(rows)-1].ID
	}
	return write(c, http.StatusOK, out)
}

// @Summary	An import and how far it is
// @ID		imports.get
// @Tags	imports
// @Produce	json
// @Param	id	path		string	true	"import"
// @Success	200	{object}	ImportResponse
// @Failure	404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id} [get]
func (a importsAPI) get(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	imp, err := a.intake.Get(c.Request().Context(), importID)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, importResponse(imp))
}

// @Summary	What became of the rows of an import
// @ID		imports.rows
// @Tags	imports
// @Produce	json
// @Param	id		path		string	true	"import"
// @Param	fate	query		string	false	"only rows of this fate"	Enums(created, updated, unchanged, duplicate, rejected)
// @Param	limit	query		int		false	"1–200, default 50"
// @Param	cursor	query		string	false	"next_cursor of the page before"
// @Success	200		{object}	ImportRowList
// @Failure	400,404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id}/rows [get]
func (a importsAPI) rows(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	q, err := listQuery(c, "fate")
	if err != nil {
		return err
	}
	after, err := rowCursor(q.Cursor)
	if err != nil {
		return err
	}
	fate := intake.Fate(q.Own.Get("fate"))
	if fate != "" && !fate.Valid() {
		return badParam("fate", "unknown", "Must be created, updated, unchanged, duplicate or rejected.")
	}
	rows, more, err := a.intake.Rows(c.Request().Context(), importID, fate, after, q.Limit)
	if err != nil {
		return err
	}
	out := ImportRowList{Items: make([]ImportRowResponse, len(rows))}
	for i, r := range rows {
		out.Items[i] = ImportRowResponse{
			Row: r.RowNo, Fate: string(r.Fate), LeadID: r.LeadID, Column: r.Col, Code: r.Code, Reason: r.Reason, Undone: string(r.Undone), UndoneWhy: string(r.UndoneWhy),
		}
	}
	if more {
		next := strconv.Itoa(rows[len(rows)-1].RowNo)
		out.NextCursor = &next
	}
	return write(c, http.StatusOK, out)
}

func rowCursor(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0, badParam("cursor", "invalid", "Must be the next_cursor of an earlier answer.")
	}
	return n, nil
}

// @Summary	The rows that were rejected, as CSV to mend and import again
// @ID		imports.rejects
// @Tags	imports
// @Produce	text/csv
// @Param	id	path		string	true	"import"
// @Success	200	{file}		file
// @Failure	404	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id}/rejects [get]
func (a importsAPI) rejects(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	imp, err := a.intake.Get(c.Request().Context(), importID)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape("rejects of "+imp.Filename+".csv"))
	c.Response().WriteHeader(http.StatusOK)
	return a.intake.WriteRejects(c.Request().Context(), importID, c.Response())
}

// @Summary	What running this import would do
// @ID		imports.dry_run
// @Tags	imports
// @Accept	json
// @Produce	json
// @Param	id		path		string			true	"import"
// @Param	body	body		ImportDryRunRequest	true	"options; the mapping may change columns"
// @Success	200		{object}	ImportAnswer
// @Failure	400,403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id}/dry-run [post]
func (a importsAPI) dryRun(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	var req ImportDryRunRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if req.Mode == "preview" {
		p, err := a.intake.Look(ctx, importID, req.options())
		if err != nil {
			return err
		}
		out := importAnswer(&p.Import)
		out.describe(p)
		return write(c, http.StatusOK, out)
	}
	imp, samples, err := a.intake.Rehearse(ctx, importID, req.options())
	if err != nil {
		return err
	}
	out := importAnswer(imp)
	out.Samples = sampleResponses(samples)
	return write(c, http.StatusOK, out)
}

// @Summary	Run an import that was looked at
// @ID		imports.run
// @Tags	imports
// @Accept	json
// @Produce	json
// @Param	id		path		string			true	"import"
// @Param	body	body		ImportRequest	true	"options; the mapping may change columns"
// @Success	202		{object}	ImportAnswer
// @Failure	400,403,404,409	{object}	Problem
// @Security	ApiKey
// @Security	Session
// @Router	/imports/{id}/run [post]
func (a importsAPI) run(c echo.Context) error {
	importID, err := pathID(c, "id")
	if err != nil {
		return err
	}
	var req ImportRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	imp, err := a.intake.Start(c.Request().Context(), importID, req.options())
	if err != nil {
		return err
	}
	return write(c, http.StatusAccepted, importAnswer(imp))
}

package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"winnow/backend/internal/collect"
	"winnow/backend/internal/fault"
)

type sourcesAPI struct{ sources *collect.Service }

// NewSources offers the places that leads come from by themselves.
func NewSources(s *collect.Service) Resource { return sourcesAPI{s} }

// Register puts the routes in place.
func (a sourcesAPI) Register(r *Registry) {
	r.GET("/sources/kinds", "sources.kinds", a.kinds)
	r.POST("/sources/try", "sources.try", a.try)
	r.GET("/sources", "sources.list", a.list)
	r.POST("/sources", "sources.create", a.create)
	r.GET("/sources/:id", "sources.get", a.get)
	r.PUT("/sources/:id", "sources.update", a.update)
	r.DELETE("/sources/:id", "sources.delete", a.delete)
	r.POST("/sources/:id/run", "sources.run", a.run)
	r.GET("/sources/:id/runs", "sources.runs", a.runs)
	r.POST("/sources/runs/:id/stop", "sources.stop", a.stop)
}

func (a sourcesAPI) response(s *collect.Source) (SourceResponse, error) {
	config, err := a.sources.Shown(s)
	if err != nil {
		return SourceResponse{}, err
	}
	r := SourceResponse{
		ID: s.ID, Kind: s.Kind, Name: s.Name, Config: config, Schedule: s.Schedule, Priority: s.Priority, Enabled: s.Enabled, Agreed: s.AgreedAt != nil,
		OwnerID: s.OwnerID, Tags: append([]string{}, s.Tags.V...), Health: string(s.Health), Failures: s.Failures, NextRunAt: utcOrNil(s.NextRunAt),
		LastRunAt: utcOrNil(s.LastRunAt), CreatedAt: s.CreatedAt.UTC(), UpdatedAt: s.UpdatedAt.UTC(), Version: s.Version,
		Caps: SourceCaps{s.Caps.V.Finds, s.Caps.V.Pages, s.Caps.V.Minutes, s.Caps.V.Cost},
	}
	if s.HealthReason != "" {
		r.HealthReason = &s.HealthReason
	}
	return r, nil
}

func (a sourcesAPI) answer(c echo.Context, status int, s *collect.Source) error {
	r, err := a.response(s)
	if err != nil {
		return err
	}
	return writeVersion(c, status, s.Version, r)
}

// kinds lists what can be set up.
//
//	@Summary	The kinds of sources that can be set up
//	@ID			sources.kinds
//	@Tags		sources
//	@Produce	json
//	@Success	200	{object}	SourceKindList
//	@Security	ApiKey
//	@Security	Session
//	@Router		/sources/kinds [get]
func (a sourcesAPI) kinds(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	out := SourceKindList{Items: []SourceKind{}}
	for _, k := range a.sources.Kinds() {
		out.Items = append(out.Items, sourceKind(k))
	}
	return write(c, http.StatusOK, out)
}

// list answers all sources.
//
//	@Summary	The places that leads come from by themselves
//	@ID			sources.list
//	@Tags		sources
//	@Produce	json
//	@Success	200	{object}	SourceList
//	@Security	ApiKey
//	@Security	Session
//	@Router		/sources [get]
func (a sourcesAPI) list(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	all, err := a.sources.List(c.Request().Context())
	if err != nil {
		return err
	}
	out := SourceList{Items: make([]SourceResponse, len(all))}
	for i := range all {
		if out.Items[i], err = a.response(&all[i]); err != nil {
			return err
		}
	}
	return write(c, http.StatusOK, out)
}

// create makes a source.
//
//	@Summary		Set up a source
//	@Description	The settings are checked against the schema of the kind (sources.kinds); secrets are stored sealed and never answered.
//	@ID				sources.create
//	@Tags			sources
//	@Accept			json
//	@Produce		json
//	@Param			body	body		SourceRequest	true	"the source"
//	@Success		201		{object}	SourceResponse
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/sources [post]
func (a sourcesAPI) create(c echo.Context) error {
	var req SourceRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	s, err := a.sources.Create(c.Request().Context(), req.draft())
	if err != nil {
		return err
	}
	return a.answer(c, http.StatusCreated, s)
}

// get answers one source.
//
//	@Summary	One source
//	@ID			sources.get
//	@Tags		sources
//	@Produce	json
//	@Param		id	path		string	true	"source"	format(uuid)
//	@Success	200	{object}	SourceResponse
//	@Failure	404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/sources/{id} [get]
func (a sourcesAPI) get(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	s, err := a.sources.Get(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return a.answer(c, http.StatusOK, s)
}

// update changes a source.
//
//	@Summary		Change a source
//	@Description	A masked secret that is sent back stays as it is. The kind cannot change. A source that was stopped or failing and is enabled runs again.
//	@ID				sources.update
//	@Tags			sources
//	@Accept			json
//	@Produce		json
//	@Param			id			path		string			true	"source"	format(uuid)
//	@Param			If-Match	header		string			false	"ETag of the version that was read"
//	@Param			body		body		SourceRequest	true	"the whole source"
//	@Success		200			{object}	SourceResponse
//	@Failure		400			{object}	Problem
//	@Failure		403			{object}	Problem
//	@Failure		404			{object}	Problem
//	@Failure		412			{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/sources/{id} [put]
func (a sourcesAPI) update(c echo.Context) error {
	id, want, err := versioned(c)
	if err != nil {
		return err
	}
	var req SourceRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	s, err := a.sources.Update(c.Request().Context(), id, want, req.draft())
	if err != nil {
		return err
	}
	return a.answer(c, http.StatusOK, s)
}

// delete takes a source away.
//
//	@Summary		Take a source away
//	@Description	It runs no more. Its leads stay, and so does what is known of where they came from.
//	@ID				sources.delete
//	@Tags			sources
//	@Param			id	path	string	true	"source"	format(uuid)
//	@Success		204
//	@Failure		403	{object}	Problem
//	@Failure		404	{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/sources/{id} [delete]
func (a sourcesAPI) delete(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := a.sources.Delete(c.Request().Context(), id); err != nil {
		return err
	}
	return noContent(c)
}

// try tests a source.
//
//	@Summary		Test a source
//	@Description	Asks the place for at most five finds and stores nothing. With the id of a source, masked secrets are that source's.
//	@ID				sources.try
//	@Tags			sources
//	@Accept			json
//	@Produce		json
//	@Param			body	body		SourceTrialRequest	true	"the source"
//	@Success		200		{object}	SourceTrial
//	@Failure		400		{object}	Problem
//	@Failure		403		{object}	Problem
//	@Failure		429		{object}	Problem
//	@Failure		503		{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/sources/try [post]
func (a sourcesAPI) try(c echo.Context) error {
	var req SourceTrialRequest
	if err := decode(c, &req); err != nil {
		return err
	}
	t, err := a.sources.Try(c.Request().Context(), req.ID, req.draft())
	if err != nil {
		if fault.KindOf(err) == fault.Unauthenticated { // of the place, not of the caller
			err = fault.Wrap(err, fault.Invalid, "source_refused", "The place does not accept these settings.")
		}
		return err
	}
	return write(c, http.StatusOK, sourceTrial(t))
}

// run queues a run.
//
//	@Summary	Look at a source now
//	@ID			sources.run
//	@Tags		sources
//	@Produce	json
//	@Param		id	path		string	true	"source"	format(uuid)
//	@Success	202	{object}	SourceRunResponse
//	@Failure	400	{object}	Problem
//	@Failure	403	{object}	Problem
//	@Failure	404	{object}	Problem
//	@Failure	409	{object}	Problem
//	@Failure	429	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/sources/{id}/run [post]
func (a sourcesAPI) run(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	r, err := a.sources.RunNow(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return write(c, http.StatusAccepted, sourceRun(r))
}

// runs answers the last runs of a source.
//
//	@Summary	The last runs of a source
//	@ID			sources.runs
//	@Tags		sources
//	@Produce	json
//	@Param		id	path		string	true	"source"	format(uuid)
//	@Success	200	{object}	SourceRunList
//	@Failure	404	{object}	Problem
//	@Security	ApiKey
//	@Security	Session
//	@Router		/sources/{id}/runs [get]
func (a sourcesAPI) runs(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	all, err := a.sources.Runs(c.Request().Context(), id)
	if err != nil {
		return err
	}
	out := SourceRunList{Items: make([]SourceRunResponse, len(all))}
	for i := range all {
		out.Items[i] = sourceRun(&all[i])
	}
	return write(c, http.StatusOK, out)
}

// stop ends a run.
//
//	@Summary		Stop a run
//	@Description	What it brought stays; the next run begins where the last finished one ended.
//	@ID				sources.stop
//	@Tags			sources
//	@Produce		json
//	@Param			id	path		string	true	"run"	format(uuid)
//	@Success		200	{object}	SourceRunResponse
//	@Failure		403	{object}	Problem
//	@Failure		404	{object}	Problem
//	@Failure		409	{object}	Problem
//	@Security		ApiKey
//	@Security		Session
//	@Router			/sources/runs/{id}/stop [post]
func (a sourcesAPI) stop(c echo.Context) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	r, err := a.sources.Stop(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return write(c, http.StatusOK, sourceRun(r))
}

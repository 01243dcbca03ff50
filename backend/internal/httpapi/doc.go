// Package httpapi is the product's HTTP side: the Echo server, its middleware, and one file per resource. It decodes,
// calls one service, encodes; business rules and row checks live in the services and stores below it.
//
// # How to add a resource
//
//  1. Write one file, e.g. leads.go, with a struct that holds what it needs and a constructor that returns Resource:
//
//     type leadsAPI struct{ leads *lead.Service }
//
//     // NewLeads offers the leads' routes.
//     func NewLeads(s *lead.Service) Resource { return leadsAPI{s} }
//
//     // Register puts the routes in place.
//     func (a leadsAPI) Register(r *Registry) {
//     r.GET("/leads", "leads.list", a.list)
//     r.PUT("/leads/:id", "leads.update", a.update)
//     r.GET("/leads/export", "leads.export", a.export, Streams())
//     r.POST("/leads/import", "leads.import", a.upload, Multipart(maxUpload))
//     }
//
//  2. Each operation ("leads.list") needs a line in account.Permissions (permissions.go); New refuses to start without.
//     A POST that makes a thing that holds a secret is registered with Secret(): its answer is never kept.
//
//  3. A handler is func(c echo.Context) error with swag annotations (@Summary @Tags @Param @Success @Failure @Router,
//     @ID the operation). It uses:
//
//     ctx := c.Request().Context()         // carries account.Viewer (account.From); pass it to the service
//     id, err := pathID(c, "id")           // malformed ids are NotFound
//     err := decode(c, &req)               // strict JSON; never c.Bind. Every bad field is reported. If *req has
//     // Validate() []fault.Field, its findings are reported with them
//     q, err := listQuery(c, "status")     // limit, cursor, filter, q, sort + the named own parameters; others → 400
//     want, err := ifMatch(c)              // *int version of If-Match, nil if none; pass to the service (fault.Stale)
//     return write(c, http.StatusOK, resp) // JSON; writeVersion(c, status, version, resp) adds the ETag
//     return noContent(c)
//
//     Faults are returned as they are; problem.go turns them into RFC 9457 documents.
//
//  4. In app: httpapi.New(cfg, deps, httpapi.NewLeads(leads), …).
//
//  5. Tests live in package httpapi_test: serve(t, resources…) in harness_test.go starts the API with given resources;
//     as(viewer) calls it as somebody. Each operation needs a sample request in samples_test.go (the generated
//     security tests of all routes use it and fail without).
package httpapi

package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

func (s *Server) mountDocs() {
	s.echo.GET("/api/openapi.json", func(c echo.Context) error {
		if len(s.deps.OpenAPI) == 0 {
			return routeNotFound(c)
		}
		return c.Blob(http.StatusOK, "application/json", s.deps.OpenAPI)
	})
}

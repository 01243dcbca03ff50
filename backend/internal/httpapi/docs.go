package httpapi

import (
	"embed"
	"fmt"
	"net/http"
	"path"

	"github.com/labstack/echo/v4"
	echoswagger "github.com/swaggo/echo-swagger"
)

// The page, style and start script of /docs: Swagger UI's own page has inline ones, which our policy does not run.
//
//go:embed docsui
var docsUI embed.FS

// swaggerAssets are the files of Swagger UI that the page needs; no others are served.
var swaggerAssets = []string{"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}

// mountDocs serves the contract, and Swagger UI over it.
func (s *Server) mountDocs() {
	s.echo.GET("/api/openapi.json", s.contract)
	s.echo.GET("/docs", docsFile("index.html"))
	s.echo.GET("/docs/", docsFile("index.html"))
	for _, name := range []string{"docs.css", "init.js"} {
		s.echo.GET("/docs/"+name, docsFile(name))
	}
	swagger := echoswagger.EchoWrapHandler()
	for _, name := range swaggerAssets {
		s.echo.GET("/docs/"+name, func(c echo.Context) error {
			c.Response().Header().Set("Cache-Control", "public, max-age=86400")
			return swagger(c)
		})
	}
	s.echo.GET("/docs/*", routeNotFound)
}

// contract is the OpenAPI document; public, as the source of the product is.
func (s *Server) contract(c echo.Context) error {
	if len(s.deps.OpenAPI) == 0 {
		return &statusError{http.StatusNotFound, "contract_not_built", "This build has no API contract in it. Run: make api"}
	}
	c.Response().Header().Set("Cache-Control", checkCache)
	return c.Blob(http.StatusOK, "application/json", s.deps.OpenAPI)
}

func docsFile(name string) echo.HandlerFunc {
	kind := map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}[path.Ext(name)]
	return func(c echo.Context) error {
		b, err := docsUI.ReadFile("docsui/" + name)
		if err != nil {
			return fmt.Errorf("read embedded %s: %w", name, err)
		}
		c.Response().Header().Set("Cache-Control", checkCache)
		return c.Blob(http.StatusOK, kind, b)
	}
}

// Package api carries the product's contract inside the binary.
package api

import _ "embed"

// OpenAPI is the contract of /api/v1 as OpenAPI 3 JSON, generated from the handlers (make generate).
//
//go:embed openapi.json
var OpenAPI []byte

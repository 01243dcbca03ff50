// Package frontend carries the built web app inside the binary. It holds no
// logic: the server decides how the files are served.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist returns the built web app, rooted so that "index.html" is at the top.
// Before `npm run build` it holds nothing but a placeholder, so callers check
// fs.Stat(Dist(), "index.html") and answer with a "build the UI" page.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		// fs.Sub fails only on an invalid path, and "dist" is a constant.
		return dist
	}
	return sub
}

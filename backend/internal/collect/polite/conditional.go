package polite

import (
	"context"
	"net/http"
)

// ask adds what a host needs to tell whether a page has changed since it was last seen.
func (f *Fetcher) ask(ctx context.Context, req *http.Request) {
	v, err := f.o.Validators.Validator(ctx, req.URL.String())
	if err != nil {
		f.o.Logger.WarnContext(ctx, "it is not known whether a page was seen before", "error", err.Error())
		return
	}
	if v.ETag != "" {
		req.Header.Set("If-None-Match", v.ETag)
	}
	if v.LastModified != "" {
		req.Header.Set("If-Modified-Since", v.LastModified)
	}
}

// remember keeps a page's validator.
func (f *Fetcher) remember(ctx context.Context, req *http.Request, h http.Header) {
	v := Validator{ETag: clip(h.Get("ETag"), 500), LastModified: clip(h.Get("Last-Modified"), 100)}
	if v == (Validator{}) {
		return
	}
	if err := f.o.Validators.SetValidator(ctx, req.URL.String(), v); err != nil {
		f.o.Logger.WarnContext(ctx, "the state of a page could not be kept", "error", err.Error())
	}
}

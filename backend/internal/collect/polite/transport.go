package polite

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// RoundTrip makes the run a transport: each request, redirects too, goes by robots.txt, the pace and the limits, is tried
// again when it failed in passing, and comes back unpacked and in UTF-8. A 429 or 503 is an error here, told once.
func (r *Run) RoundTrip(req *http.Request) (*http.Response, error) {
	via := chain(req)
	if err := r.admit(req.Context(), req.URL, false); err != nil {
		return nil, err
	}
	h := r.f.retried(req.Context(), req, via, hopPlan{})
	r.count(req.URL, len(h.body), h.err)
	if req.Body != nil {
		_ = req.Body.Close()
	}
	if h.err != nil {
		return nil, h.err
	}
	body, header := h.body, h.header
	if kind := header.Get("Content-Type"); isText(kind) {
		text, _ := decode(body, kind)
		body = text
		media, _, _ := strings.Cut(kind, ";")
		header.Set("Content-Type", strings.TrimSpace(media)+"; charset=utf-8")
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	return &http.Response{
		Status: strconv.Itoa(h.status) + " " + http.StatusText(h.status), StatusCode: h.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Uncompressed: true, Request: req,
	}, nil
}

// chain is the requests that redirected to this one, the oldest first, as http.Client leaves them behind.
func chain(req *http.Request) []*http.Request {
	var via []*http.Request
	for resp := req.Response; resp != nil && resp.Request != nil; resp = resp.Request.Response {
		via = append([]*http.Request{resp.Request}, via...)
	}
	return via
}

func isText(contentType string) bool {
	t := strings.ToLower(contentType)
	return strings.HasPrefix(t, "text/") || strings.Contains(t, "xml") || strings.Contains(t, "json") || strings.Contains(t, "javascript")
}

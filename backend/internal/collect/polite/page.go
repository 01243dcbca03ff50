package polite

import (
	"errors"
	"mime"
	"net/http"
	"time"

	"winnow/backend/internal/fault"
)

// Page is what came.
type Page struct {
	Asked  string // the address that was asked
	URL    string // the address that answered, after redirects
	Status int
	Header http.Header
	Body   []byte // unpacked, in its own encoding; Text has it as UTF-8
	At     time.Time
	// NotModified: the page is as it was when it was last fetched conditionally, and has no body.
	NotModified bool
	Record      Record // of the last request
}

// Type is the media type, in lower case and without parameters: "text/html".
func (p *Page) Type() string {
	t, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return t
}

// Text is the body as UTF-8.
func (p *Page) Text() string {
	text, _ := decode(p.Body, p.Header.Get("Content-Type"))
	return string(text)
}

// Charset is the encoding that the body turned out to have.
func (p *Page) Charset() string {
	_, name := decode(p.Body, p.Header.Get("Content-Type"))
	return name
}

// OK tells whether the status is one of success.
func (p *Page) OK() bool { return p.Status >= 200 && p.Status < 300 }

func newPage(asked string, req *http.Request, h *hopped) *Page {
	return &Page{
		Asked: asked, URL: req.URL.String(), Status: h.status, Header: h.header, Body: h.body, At: h.record.At,
		NotModified: h.status == http.StatusNotModified, Record: h.record,
	}
}

func faultOf(err error) (*fault.Error, bool) { return errors.AsType[*fault.Error](err) }

package polite

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// decode turns a body into UTF-8 and tells what it was. Servers and pages often claim a wrong encoding, so octets that
// are UTF-8 beyond doubt are taken as that whatever is claimed, and a claim of UTF-8 that does not hold is not believed.
func decode(body []byte, contentType string) (text []byte, name string) {
	if b, ok := bytes.CutPrefix(body, []byte("\xef\xbb\xbf")); ok {
		return bytes.ToValidUTF8(b, []byte("\ufffd")), "utf-8"
	}
	if e, name := marked(body); e != nil {
		return convert(e, body), name
	}
	if utf8.Valid(body) && (!plain(body) || !bytes.ContainsAny(body, "\x00\x1b")) {
		return body, "utf-8" // what is ASCII alone may still be ISO-2022 or UTF-16
	}
	if e, name := claimed(contentType); e != nil {
		return convert(e, body), name
	}
	e, found, _ := charset.DetermineEncoding(body[:min(len(body), 4096)], "")
	if found == "utf-8" {
		e, found = charset.Lookup("windows-1252")
	}
	return convert(e, body), found
}

func marked(body []byte) (encoding.Encoding, string) {
	switch {
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		return charset.Lookup("utf-16be")
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}):
		return charset.Lookup("utf-16le")
	}
	return nil, ""
}

func claimed(contentType string) (encoding.Encoding, string) {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, ""
	}
	e, name := charset.Lookup(strings.TrimSpace(params["charset"]))
	if name == "utf-8" {
		return nil, ""
	}
	return e, name
}

func convert(e encoding.Encoding, body []byte) []byte {
	if e == nil {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	return bytes.TrimPrefix(out, []byte("\ufeff"))
}

// plain tells whether a body is ASCII alone.
func plain(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

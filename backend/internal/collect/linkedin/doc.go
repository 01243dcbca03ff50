// Package linkedin reads what a member may lawfully hand over: public pages that they saved or whose address they pasted,
// pages saved while signed in, lead forms from the official API and its webhook. It opens no connection.
package linkedin

import (
	"bytes"
	"strings"

	"winnow/backend/internal/collect/page"
)

// Source is the name of the source of these leads.
const Source = "linkedin"

// Read reads an answer by its shape; beside are other answers, among which the form of a form's answers may be.
func Read(d page.Document, beside []page.Document) (r page.Reading) {
	body := bytes.TrimSpace(bytes.TrimPrefix(d.Body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		r.Unread(d, "The answer is empty.")
		return r
	}
	if body[0] != '{' && body[0] != '[' {
		return ParsePage(d)
	}
	v, err := page.ParseJSON(body)
	if err != nil {
		r.Unread(d, "The answer begins like JSON and is none: it was probably cut off.")
		return r
	}
	if isFormAnswer(v) {
		var forms []any
		for _, b := range append([]page.Document{d}, beside...) {
			if f, err := page.ParseJSON(b.Body); err == nil {
				forms = append(forms, f)
			}
		}
		return parseFormAnswers(d, v, forms)
	}
	return parseData(d, v)
}

// Blocked reports whether LinkedIn refused to show a page: then nothing is tried again.
func Blocked(status int, body []byte) bool {
	if status == 999 || status == 429 || status == 451 {
		return true
	}
	if len(body) > 200_000 {
		return false
	}
	low := strings.ToLower(string(body))
	wall := strings.Contains(low, "/authwall") || strings.Contains(low, "/checkpoint/challenge") || strings.Contains(low, "captcha-internal") || strings.Contains(low, "/uas/login?session_redirect")
	return wall && !strings.Contains(low, "application/ld+json") && !strings.Contains(low, "bpr-guid-")
}

// Package evalset measures what connectors read: it reads saved pages and answers, compares the finds with the right answers
// beside them, and counts precision and recall of field values. It opens no connection.
package evalset

import (
	"strings"

	"winnow/backend/internal/collect/feeds"
	"winnow/backend/internal/collect/indiamart"
	"winnow/backend/internal/collect/linkedin"
	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/collect/places"
	"winnow/backend/internal/collect/website"
)

// reader reads a document of a connector; beside are the other documents of its folder, which it may need to understand it.
type reader func(d page.Document, beside []page.Document) page.Reading

func alone(read func(page.Document) page.Reading) reader {
	return func(d page.Document, _ []page.Document) page.Reading { return read(d) }
}

// readerOf is the reader of a folder's name: a connector's, or what people call its pages. nil when there is none.
func readerOf(folder string) (source string, r reader) {
	f := strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(folder))
	switch f {
	case "indiamart":
		return indiamart.Source, alone(indiamart.Read)
	case "website", "websites", "site", "sites", "web":
		return website.Source, alone(website.Read)
	}
	switch f {
	case "googleplaces", "places", "maps", "googlemaps", "gosom":
		return places.Source, alone(places.Read)
	case "linkedin":
		return linkedin.Source, linkedin.Read
	case "feeds", "feed", "rss", "forums", "forum", "hackernews", "hn", "reddit", "jobs", "jobposts":
		return feeds.Source, alone(feeds.Read)
	}
	return "", nil
}

package website_test

import (
	"os"
	"path/filepath"
	"testing"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/collect/website"
)

func BenchmarkRead(b *testing.B) {
	files, err := filepath.Glob("../evalset/testdata/unseen/*/website/*.html")
	if err != nil || len(files) == 0 {
		b.Fatal("no pages", err)
	}
	var pages [][]byte
	for _, f := range files {
		body, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, body)
	}
	b.ResetTimer()
	for i := range b.N {
		website.Read(page.Document{Body: pages[i%len(pages)]})
	}
}

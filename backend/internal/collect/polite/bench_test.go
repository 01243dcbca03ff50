package polite_test

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gocolly/colly/v2"

	"winnow/backend/internal/collect/polite"
	"winnow/backend/internal/platform/webclient"
	"winnow/backend/internal/testkit/web"
)

const sitePages = 3000

// site is pages of about 10 KiB with twenty links each; every page is reached.
func site(b *testing.B) *web.Host {
	b.Helper()
	text := strings.Repeat("<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.</p>\n", 100)
	return web.New(b).Host("bench.test").Robots("User-agent: *\nDisallow: /private\n").All(func(w http.ResponseWriter, r *http.Request) {
		var n int
		_, _ = fmt.Sscanf(r.URL.Path, "/%d", &n)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		var s strings.Builder
		s.WriteString("<html><body>")
		for i := range 20 {
			fmt.Fprintf(&s, `<a href="/%d">next</a>`, (n*20+i+1)%sitePages)
		}
		s.WriteString(text)
		_, _ = w.Write([]byte(s.String()))
	})
}

func report(b *testing.B, pages int64) {
	b.Helper()
	if want := int64(b.N) * sitePages; pages < want*99/100 { // bare Colly loses one now and then
		b.Fatalf("%d pages were read, want %d", pages, want)
	}
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}

// heap is what is in use after a collection.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkCrawl is the same work by bare Colly and by our layer with its paces lifted.
func BenchmarkCrawl(b *testing.B) {
	b.Run("colly", func(b *testing.B) {
		h := site(b)
		door := h.Web().Door(b, webclient.Options{})
		var pages int64
		for b.Loop() {
			c := colly.NewCollector(colly.Async(true))
			c.WithTransport(door.HTTP().Transport)
			if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: 16}); err != nil {
				b.Fatal(err)
			}
			c.OnHTML("a[href]", func(e *colly.HTMLElement) { _ = e.Request.Visit(e.Attr("href")) })
			c.OnResponse(func(*colly.Response) { atomic.AddInt64(&pages, 1) })
			if err := c.Visit(h.URL("/0")); err != nil {
				b.Fatal(err)
			}
			c.Wait()
		}
		report(b, pages)
	})
	b.Run("winnow", func(b *testing.B) {
		h := site(b)
		f, _ := fetcher(b, h.Web(), func(o *polite.Options) { o.Trail = nil })
		var pages int64
		var first, last uint64
		for b.Loop() {
			all := 1 << 30
			crawl := f.Run(polite.Limits{Pages: all, PerHost: all, Alike: all, Depth: all, Bytes: 1 << 40}).Crawl(b.Context())
			c := crawl.Collector()
			c.OnHTML("a[href]", func(e *colly.HTMLElement) { crawl.Add(e.Request, e.Attr("href")) })
			c.OnResponse(func(*colly.Response) { atomic.AddInt64(&pages, 1) })
			crawl.Add(nil, h.URL("/0"))
			if err := crawl.Walk(b.Context(), 16); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			h.Web().Forget() // the server's own list of requests
			if last = heap(); first == 0 {
				first = last
			}
			b.StartTimer()
		}
		report(b, pages)
		b.ReportMetric(float64(last)/(1<<20), "MiB")
		b.ReportMetric((float64(last)-float64(first))/(1<<20), "MiB-grown") // from the first crawl to the last
	})
}

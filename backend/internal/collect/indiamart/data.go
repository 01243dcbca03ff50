package indiamart

import (
	"strings"

	"winnow/backend/internal/collect/page"
	"winnow/backend/internal/intake/normalise"
)

// entry is one product or seller of the search data, its names folded: "companyname", "COMPANY_NAME" and "companyName" are one.
type entry map[string]any

func entryOf(m map[string]any) entry {
	e := make(entry, len(m))
	for k, v := range m {
		k = strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(k))
		if e[k] == nil {
			e[k] = v
		}
	}
	return e
}

func (e entry) str(names ...string) string {
	for _, n := range names {
		if s := strings.TrimSpace(page.Str(e[n])); s != "" && !normalise.Placeholder(s) {
			return s
		}
	}
	return ""
}

func (e entry) company() string {
	return e.str("companyname", "compname", "company", "suppliername", "sellername", "glusrusrcompanyname", "usrcompanyname", "orgname")
}

// isSeller reports whether an object shows a seller: a company's name and something only a listing has beside it.
func (e entry) isSeller() bool {
	if e.company() == "" {
		return false
	}
	for _, k := range []string{"catalogurl", "companyalias", "glusrid", "pns", "titleurl", "fcpurl", "gstnumber", "supplierrating", "itemprice", "gstin", "producturl", "companyurl", "supplierurl", "membersince", "sellerurl", "sellerid", "supplierid"} {
		if _, ok := e[k]; ok {
			return true
		}
	}
	return false
}

// parseData finds sellers anywhere in the data of a page: the path to them differs from one version of the site to the next.
func parseData(d page.Document, v any) (r page.Reading) {
	s := &sellers{}
	readData(s, v, &r)
	r.Finds = s.finds(&r)
	if len(r.Finds) == 0 {
		if total := totalOf(v); total != "" && total != "0" {
			r.Changed = true
			r.Unread(d, "The data speaks of "+total+" results and shows none that can be read.")
		}
	}
	return r
}

func readData(s *sellers, v any, r *page.Reading) {
	page.Objects(v, func(_ string, m map[string]any) bool {
		if e := entryOf(m); e.isSeller() {
			r.Hit("next_data")
			readEntry(s, e)
		}
		return true
	})
}

func totalOf(v any) (total string) {
	page.Objects(v, func(_ string, m map[string]any) bool {
		if total == "" {
			total = page.FirstStr(m, "total_results", "totalResults", "total_matches")
		}
		return total == ""
	})
	return total
}

func readEntry(s *sellers, e entry) {
	const way = "next-data"
	location := place(e.str("city", "cityname"), e.str("state", "statename"))
	link := e.str("catalogurl", "fcpurl", "companyurl", "supplierurl", "sellerurl", "desktopcatalogurl", "paidurl", "url")
	slug := slugOf(link)
	if slug == "" {
		if alias := e.str("companyalias"); slugShape.MatchString(alias) {
			slug = alias
		}
	}
	d := s.of(slug, e.company(), location)
	if slug != "" {
		d.Put("url", catalog(slug), way, link)
	}
	d.Line("company", e.company(), way, "")
	d.Line("location", location, way, "")
	d.Line("country", e.str("countryiso"), way, "")
	if id := e.str("glusrid", "sellerid", "supplierid", "glusrusrid"); id != "" {
		d.Line("source_id", sellerID(id), way, id)
	}
	for _, k := range []string{"mobile", "phone", "contactnumber", "mobileno", "phoneno"} {
		for _, p := range page.Strs(e[k]) {
			d.Add("phone", p, way, k+" "+p)
		}
	}
	if pns := e.str("pns", "pnsnumber", "pnsno"); pns != "" && d.Get("phone") == "" {
		number, ext, _ := strings.Cut(pns, ",")
		d.Add("phone", number, way, "pns "+pns)
		d.Line("custom.phone_kind", "IndiaMART forwarding number", way, pns)
		d.Line("custom.phone_extension", ext, way, pns)
	}
	d.Line("custom.gstin", e.str("gstnumber", "gstin", "gst", "gstno"), way, "")
	d.Line("custom.gst_verified", yes(e.str("gstverifiedflag")), way, "")
	d.Line("custom.rating", rating(e.str("supplierrating", "sellerrating", "rating")), way, "")
	d.Line("custom.reviews", e.str("ratingcount", "reviewcount", "totalratings"), way, "")
	d.Line("custom.member_since", since(e.str("membersince")), way, e.str("membersince"))
	d.Line("custom.address", strings.Trim(strings.ReplaceAll(e.str("address"), ",,", ", "), ", "), way, "")
	d.Line("custom.pincode", e.str("zipcode", "pincode", "zip"), way, "")
	readProduct(d, e, way)
}

func readProduct(d *page.Draft, e entry, way string) {
	title := e.str("title", "productname", "originaltitle", "itemname", "prodname")
	price := e.str("indiapriceformat", "pricef", "itemprice", "price")
	for _, c := range append(page.Strs(e["mcatname"]), e.str("category", "categoryname", "mcat")) {
		d.Line("industry", c, way, "")
		d.Add("custom.categories", strings.ReplaceAll(c, ";", ","), way, "")
	}
	if title != "" {
		d.Add("custom.products", strings.ReplaceAll(plain(title), ";", ","), way, "")
		d.Line("custom.product", plain(title), way, "")
	}
	d.Line("custom.price", plain(price), way, "")
	d.Line("custom.moq", place(strings.TrimSpace(e.str("moq")+" "+e.str("moqtype"))), way, "")
	text := plain(e.str("smalldesc", "description", "desc"))
	var specs []string
	for _, q := range page.Strs(e["isq"]) {
		if k, v, ok := strings.Cut(q, "=="); ok {
			specs = append(specs, strings.TrimSpace(k)+": "+strings.TrimSpace(v))
		}
	}
	if text != "" || len(specs) > 0 {
		d.Put("content", strings.TrimSpace(plain(title)+"\n"+text+"\n"+strings.Join(specs, "\n")), way, text)
	}
}

func yes(flag string) string {
	if flag == "1" || strings.EqualFold(flag, "true") {
		return "yes"
	}
	return ""
}

func rating(s string) string {
	if s == "0" {
		return ""
	}
	return s
}

// since is the day of a time.
func since(s string) string {
	day, _, _ := strings.Cut(s, "T")
	return day
}

package evalset

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// maker invents organisations with addresses and phones, and writes them down the way people do: short forms, typos,
// missing and outdated values. Beside each it puts what is hard to tell apart: branches of one chain, neighbours in
// one building, firms of one owner, likely names near by.
type maker struct {
	*rand.Rand
	rows   [][]string // entity, name, address, city, state, zip, phone, website
	entity int
	dirty  float64
}

func (m *maker) of(list string) string { ws := strings.Split(list, "|"); return ws[m.IntN(len(ws))] }
func (m *maker) chance(p float64) bool { return m.Float64() < p }

const (
	families = "Abbott|Alvarez|Baker|Bianchi|Brennan|Carver|Chandra|Chen|Costa|Delgado|Duarte|Fitzgerald|Fischer|Flores|Gupta|Haas|Harper|Hoffman|Iyer|Jensen|Kaur|Kowalski|Laurent|Lombardi|Marino|McKenna|Mehta|Moreau|Nakamura|Novak|Okafor|Oliveira|Patel|Peterson|Quinn|Ramirez|Rossi|Schultz|Silva|Singh|Sorensen|Tanaka|Thompson|Ueda|Vargas|Vogel|Walsh|Weber|Yilmaz|Zhang"
	firsts   = "Golden|Silver|Blue|Green|Red|Sunny|Royal|Grand|Little|Old|Happy|Lucky|Crystal|Summit|Harbor|River|Lake|Prairie|Cedar|Maple|Oak|Pine|Stone|Iron|Bright|Northern|Southern|Pacific|Atlantic|Metro|Prime|Apex|Vertex|Nova|Liberty|Pioneer|Heritage|Evergreen|Cascade|Magnolia"
	seconds  = "Dragon|Lotus|Star|Moon|Garden|Palace|Palm|Bridge|Gate|Valley|Hill|Ridge|Point|View|Wave|Bay|Field|Meadow|Creek|Rock|Crown|Lion|Eagle|Falcon|Fox|Bear|Rose|Lily|Orchard|Mill|Forge|Anchor|Compass|Lantern|Beacon|Horizon|Spring|Canyon|Willow|Birch"
	eat      = "Restaurant|Cafe|Grill|Bistro|Diner|Pizzeria|Kitchen|Steakhouse|Tavern|Bakery|Deli|Bar & Grill|Sushi|Trattoria|Noodle House|Coffee Shop"
	trade    = "Plumbing|Roofing|Auto Repair|Dental Clinic|Family Medicine|Law Office|Accounting Services|Insurance Agency|Hardware|Pharmacy|Dry Cleaners|Veterinary Hospital|Landscaping|Furniture|Flooring|Day Care Center|Learning Center|Elementary School|Academy|Fitness|Hair Salon|Travel Agency|Printing|Electronics|Machine Works"
	firm     = "Technologies|Solutions|Systems|Consulting|Manufacturing|Industries|Holdings|Logistics|Engineering|Software|Labs|Partners|Foods|Textiles|Pharmaceuticals|Energy|Chemicals|Instruments"
	legal    = "Inc.|LLC|Ltd|Corp.|Co.|GmbH|Pvt Ltd|LLP|Limited|Incorporated|Corporation|Company|"
	chains   = "Burger Barn|Taco Plaza|Sunrise Coffee|QuickFix Auto|Bright Smiles Dental|Corner Pharmacy|Metro Fitness|First Steps Child Care|Pizza Piazza|Value Hardware|Kumon Learning|Noodle Express"
	streets  = "Main|Oak|Maple|Washington|Lincoln|Jefferson|Park|Lake|Hill|Center|Church|Mill|River|Market|Broad|Franklin|Jackson|Madison|Adams|Monroe|Grant|Sunset|Highland|Prospect|Union|Spring|Elm|Pine|Cedar|Walnut|Chestnut|2nd|3rd|5th|7th|14th|23rd|Martin Luther King|La Cienega|Ventura|Michigan|Peachtree|Wilshire|Halsted|Ashland|Western|Damen"
	types    = "Street|Avenue|Road|Boulevard|Drive|Lane|Court|Place|Way|Parkway"
)

type town struct{ name, state, zip, area string }

var towns = []town{ //nolint:gochecknoglobals // a table
	{"Chicago", "IL", "606", "312"},
	{"Chicago", "IL", "606", "773"},
	{"Los Angeles", "CA", "900", "213"},
	{"Los Angeles", "CA", "900", "310"},
	{"West Hollywood", "CA", "900", "310"},
	{"New York", "NY", "100", "212"},
	{"Brooklyn", "NY", "112", "718"},
	{"Atlanta", "GA", "303", "404"},
	{"Austin", "TX", "787", "512"},
	{"San Francisco", "CA", "941", "415"},
	{"Oak Park", "IL", "603", "708"},
	{"Evanston", "IL", "602", "847"},
	{"Santa Monica", "CA", "904", "310"},
	{"Pasadena", "CA", "911", "626"},
	{"Portland", "OR", "972", "503"},
}

type place struct{ name, number, dir, street, kind, unit, city, state, zip, phone, site string }

func (m *maker) site() place {
	t := towns[m.IntN(len(towns))]
	p := place{number: strconv.Itoa(1 + m.IntN(9800)), street: m.of(streets), kind: m.of(types), city: t.name, state: t.state, zip: t.zip + fmt.Sprintf("%02d", m.IntN(40))}
	if m.chance(.4) {
		p.dir = m.of("N|S|E|W")
	}
	if m.chance(.2) {
		p.unit = m.of("Suite|Unit|Apt|#") + " " + strconv.Itoa(1+m.IntN(400))
	}
	p.phone = t.area + fmt.Sprintf("%d%02d%04d", 2+m.IntN(7), m.IntN(100), m.IntN(10000))
	return p
}

func (m *maker) name() string {
	switch m.IntN(8) {
	case 0, 1:
		return m.of(families) + "'s " + m.of(eat)
	case 2, 3:
		return m.of(firsts) + " " + m.of(seconds) + " " + m.of(eat)
	case 4:
		return m.of(families) + " " + m.of("& Sons|Brothers|& "+m.of(families)) + " " + m.of(trade)
	case 5:
		return m.of(firsts) + " " + m.of(seconds) + " " + m.of(trade)
	case 6:
		return strings.TrimSpace(m.of(firsts) + " " + m.of(firm) + " " + m.of(legal))
	}
	return strings.TrimSpace(m.of(families) + " " + m.of(firm) + " " + m.of(legal))
}

func (m *maker) typo(s string) string {
	if len(s) < 4 {
		return s
	}
	i := 1 + m.IntN(len(s)-2)
	letter := string(rune('a' + m.IntN(26)))
	switch m.IntN(4) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + letter + s[i:]
	case 2:
		return s[:i] + letter + s[i+1:]
	}
	return s[:i-1] + s[i:i+1] + s[i-1:i] + s[i+1:]
}

// add writes the entity down n times.
func (m *maker) add(p place, n int) {
	m.entity++
	for i := range n {
		q := p
		if i > 0 {
			q = m.spoil(p)
		}
		m.rows = append(m.rows, []string{strconv.Itoa(m.entity), q.name, m.address(q), q.city, q.state, q.zip, m.phone(q.phone), q.site})
	}
}

func (m *maker) spoil(p place) place {
	d := m.dirty
	if m.chance(.5 * d) {
		p.name = m.otherName(p.name)
	}
	if m.chance(.3 * d) {
		p.name = m.typo(p.name)
	}
	switch {
	case m.chance(.04 * d): // moved
		q := m.site()
		p.number, p.dir, p.street, p.kind, p.unit, p.zip = q.number, q.dir, q.street, q.kind, q.unit, p.zip[:3]+q.zip[3:]
	case m.chance(.15 * d):
		p.street = m.typo(p.street)
	}
	if m.chance(.05 * d) {
		p.number = m.typo(p.number)
	}
	if m.chance(.3) {
		p.unit = ""
	}
	if m.chance(.3) {
		p.dir = ""
	}
	switch {
	case m.chance(.1 * d):
		p.phone = ""
	case m.chance(.12 * d):
		p.phone = m.site().phone
	case m.chance(.04 * d):
		b := []byte(p.phone)
		b[3+m.IntN(7)] = byte('0' + m.IntN(10))
		p.phone = string(b)
	}
	if m.chance(.08 * d) {
		p.zip = ""
	} else if m.chance(.05 * d) {
		p.zip = p.zip[:4] + strconv.Itoa(m.IntN(10))
	}
	switch {
	case m.chance(.08 * d):
		p.city = m.typo(p.city)
	case m.chance(.1 * d): // another name for the same part of the world
		p.city = map[string]string{"Los Angeles": "Studio City", "New York": "New York City", "Brooklyn": "New York", "Chicago": "Chicago Heights", "West Hollywood": "Los Angeles"}[p.city]
	}
	if m.chance(.1 * d) {
		p.unit = m.of("between 5th and 6th Aves.|near " + m.of(streets) + "|at " + m.of(streets) + " Street|2nd Floor|in the " + m.of(firsts) + " Hotel|P.O. Box 12")
	}
	return p
}

func (m *maker) otherName(s string) string {
	words := strings.Fields(s)
	switch m.IntN(9) {
	case 7:
		return s + " (" + m.of("Downtown|Midtown|the "+m.of(firsts)+" Hotel|North Side") + ")"
	case 8:
		if len(words) > 2 {
			return strings.Join(words[1:], " ") + ", " + words[0]
		}
	case 0:
		if len(words) > 2 {
			return strings.Join(words[:len(words)-1], " ")
		}
	case 1:
		return "The " + s
	case 2:
		return s + " " + m.of("Inc|LLC|& Bar|of "+m.of("Chicago|LA|Midtown|Hollywood")+"|Restaurant|Co")
	case 3:
		return strings.NewReplacer("&", "and", "Restaurant", "Rest.", "Center", "Ctr", "Services", "Svcs", "Technologies", "Tech", "Brothers", "Bros.", "Manufacturing", "Mfg", "School", "Sch", "Elementary", "Elem").Replace(s)
	case 4:
		return strings.ToUpper(s)
	case 5:
		return strings.ReplaceAll(strings.ReplaceAll(s, "'", ""), ".", "")
	case 6:
		return strings.NewReplacer("Inc.", "Incorporated", "Ltd", "Limited", "Corp.", "Corporation", " LLC", "", " Co.", " Company", "Pvt Ltd", "Private Limited").Replace(s)
	}
	return s
}

func (m *maker) address(p place) string {
	kind := p.kind
	if m.chance(.5) {
		kind = strings.NewReplacer("Street", "St.", "Avenue", "Ave", "Road", "Rd", "Boulevard", "Blvd", "Drive", "Dr.", "Lane", "Ln", "Court", "Ct", "Place", "Pl", "Parkway", "Pkwy").Replace(kind)
	}
	if m.chance(.08) {
		kind = ""
	}
	dir := p.dir
	if dir != "" && m.chance(.3) {
		dir = map[string]string{"N": "North", "S": "South", "E": "East", "W": "West"}[dir]
	}
	street := p.street
	if m.chance(.3) {
		street = strings.NewReplacer("2nd", "Second", "3rd", "Third", "5th", "Fifth", "7th", "Seventh").Replace(street)
	}
	return strings.Join(strings.Fields(strings.Join([]string{p.number, dir, street, kind, p.unit}, " ")), " ")
}

func (m *maker) phone(d string) string {
	if len(d) != 10 {
		return d
	}
	return fmt.Sprintf(m.of("(%s) %s-%s|%s-%s-%s|%s/%s-%s|%s.%s.%s|%s%s%s|+1 %s %s %s|%s %s-%s"), d[:3], d[3:6], d[6:])
}

// organisations makes a set of about n rows.
func organisations(seed uint64, n int, dirty float64) [][]string {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 7)), dirty: dirty}
	times := func() int {
		if m.chance(.55) {
			return 1
		}
		return 2 + m.IntN(3)
	}
	for len(m.rows) < n {
		p := m.site()
		p.name = m.name()
		m.add(p, times())
		switch m.IntN(7) {
		case 0: // a branch of the same name: elsewhere in the same town half the time
			q := m.site()
			q.name = p.name
			if m.chance(.5) {
				q.city, q.state, q.zip = p.city, p.state, p.zip[:3]+q.zip[3:]
			}
			m.add(q, times())
		case 1: // a neighbour in the building
			q := p
			q.name, q.phone, q.unit = m.name(), m.site().phone, "Suite "+strconv.Itoa(1+m.IntN(400))
			m.add(q, times())
		case 2: // next door
			q := p
			house, _ := strconv.Atoi(p.number)
			q.name, q.phone, q.number = m.name(), m.site().phone, strconv.Itoa(house+2)
			m.add(q, times())
		case 3: // the same owner's other place, with the same phone
			q := m.site()
			q.name, q.phone = strings.Fields(p.name)[0]+" "+m.of(trade), p.phone
			m.add(q, times())
		case 4: // one of a chain
			q := m.site()
			q.name = m.of(chains)
			m.add(q, times())
		case 5: // a name that is nearly the same, in the same town
			q := m.site()
			q.name, q.city, q.state, q.zip = strings.Join(strings.Fields(p.name)[:1], " ")+" "+m.of(seconds)+" "+m.of(eat), p.city, p.state, p.zip
			m.add(q, times())
		}
	}
	m.Shuffle(len(m.rows), func(i, j int) { m.rows[i], m.rows[j] = m.rows[j], m.rows[i] })
	return m.rows
}

// writeCSV writes chosen columns under given headers: 0 entity … 7 website.
func writeCSV(tb testing.TB, rows [][]string, headers string, columns ...int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "set.csv")
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	w := csv.NewWriter(f)
	_ = w.Write(strings.Split(headers, ","))
	for _, r := range rows {
		out := make([]string, len(columns))
		for i, c := range columns {
			out[i] = r[c]
		}
		_ = w.Write(out)
	}
	w.Flush()
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return path
}

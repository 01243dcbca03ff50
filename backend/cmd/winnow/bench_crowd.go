package main

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
)

// crowd invents leads as alike as those of a real market: few given names, many surnames of which some are frequent, firms
// with several people, and twins: one in fifty is somebody who was there before, misspelt and with nothing that tells them
// for certain. The lead with a number is always the same.
type crowd struct {
	given, families, firms, towns []string
}

// oneTwinIn is of how many leads one is a twin.
const oneTwinIn = 50

func newCrowd(leads int) *crowd {
	r := rand.New(rand.NewPCG(benchSeed, 2)) //nolint:gosec // the same leads every time
	trades := []string{"Textiles", "Fasteners", "Foods", "Pumps", "Packaging", "Plastics", "Auto Parts", "Chemicals", "Ceramics", "Tools", "Logistics", "Systems"}
	c := &crowd{given: invented(r, 600, 2), families: invented(r, 24_000, 3), towns: invented(r, 400, 3)}
	for _, name := range invented(r, max(10, leads/4), 4) {
		c.firms = append(c.firms, name+" "+trades[r.IntN(len(trades))])
	}
	return c
}

// invented makes n different words of some syllables.
func invented(r *rand.Rand, n, syllables int) []string {
	parts := strings.Fields("ka ri mo sen to bel van du shi ner pol gra wic lam fe rus tan hol ma jo an vi ster kov pet li sa")
	out := make([]string, 0, n)
	seen := make(map[string]bool, n)
	for len(out) < n {
		var b strings.Builder
		for range syllables + r.IntN(2) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		w := b.String()
		if !seen[w] {
			seen[w] = true
			out = append(out, strings.ToUpper(w[:1])+w[1:])
		}
	}
	return out
}

// frequent picks from a list whose first entries are the most frequent.
func frequent(r *rand.Rand, list []string) string {
	x := r.Float64()
	return list[int(x*x*float64(len(list)))]
}

// person is what tells one lead from another.
type person struct{ name, company, email, phone, profile, town string }

// original is the i-th person as they say it themselves.
func (c *crowd) original(i int) person {
	r := rand.New(rand.NewPCG(benchSeed, uint64(i))) //nolint:gosec // the same leads every time
	given, family, firm := frequent(r, c.given), frequent(r, c.families), c.firms[r.IntN(len(c.firms))]
	host := strings.ToLower(strings.ReplaceAll(firm, " ", "")) + ".example"
	return person{
		name: given + " " + family, company: firm + " Pvt Ltd", town: frequent(r, c.towns),
		email: fmt.Sprintf("%s.%s%d@%s", strings.ToLower(given), strings.ToLower(family), i, host),
		phone: fmt.Sprintf("+9198%08d", 10_000_000+i), profile: fmt.Sprintf("https://www.linkedin.com/in/lead-%d", i),
	}
}

// twin is the i-th person as somebody misheard them: a letter of the surname is lost, and no address or number is known.
func (c *crowd) twin(i int) person {
	p := c.original(i)
	at := strings.IndexByte(p.name, ' ') + 3
	return person{name: p.name[:at] + p.name[at+1:], company: strings.TrimSuffix(p.company, " Pvt Ltd"), town: p.town}
}

// lead is the i-th lead.
func (c *crowd) lead(i int) person {
	if isTwin(i) {
		return c.twin(before(i))
	}
	return c.original(i)
}

func isTwin(i int) bool { return i%oneTwinIn == oneTwinIn-1 }

// before picks somebody before the i-th lead who is no twin.
func before(i int) int {
	r := rand.New(rand.NewPCG(benchSeed, uint64(i))) //nolint:gosec // the same leads every time
	at := r.IntN(i)
	if isTwin(at) {
		at--
	}
	return at
}

// twins counts the twins among the first n leads.
func (*crowd) twins(n int) int { return n / oneTwinIn }

// write writes the leads from first to last as a file, each with a post of about 200 characters.
func (c *crowd) write(path string, first, last int, lead func(i int) person) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	_, _ = fmt.Fprintln(w, "name,title,company,email,phone,linkedin url,source,location,content")
	r := rand.New(rand.NewPCG(benchSeed, 3)) //nolint:gosec // the same leads every time
	for i := first; i < last; i++ {
		p := lead(i)
		_, _ = fmt.Fprintf(w, "%s,%s,%s,%s,%s,%s,%s,\"%s, India\",\"%s\"\n", p.name, benchTitle(r), p.company, p.email, p.phone, p.profile, benchSource(r), p.town, benchPost(r, i))
	}
	return w.Flush()
}

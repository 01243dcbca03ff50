package evalset

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// people makes a set of business contacts of about n rows: entity, first, last, title, company, email, phone, city,
// linkedin. Beside each person stand colleagues (one company, one host, one switchboard), namesakes elsewhere and
// relatives of one surname at one company.
func people(seed uint64, n int, dirty float64) [][]string {
	m := &crowd{maker: maker{Rand: rand.New(rand.NewPCG(seed, 9)), dirty: dirty}, taken: map[string]bool{}}
	for len(m.rows) < n {
		w := m.work()
		for range 1 + m.IntN(5) {
			p := m.person(w)
			m.write(p)
			if m.chance(.15) { // of one family, in one firm
				q := m.person(w)
				q.last = p.last
				m.addresses(&q)
				m.write(q)
			}
			if m.chance(.1) { // the same name elsewhere
				q := m.person(m.work())
				q.first, q.last = p.first, p.last
				m.addresses(&q)
				m.write(q)
			}
		}
	}
	m.Shuffle(len(m.rows), func(i, j int) { m.rows[i], m.rows[j] = m.rows[j], m.rows[i] })
	return m.rows
}

type crowd struct {
	maker
	taken map[string]bool // e-mail addresses: each is one person's
}

type workplace struct{ company, host, phone, city string }

type person struct{ first, last, title, company, host, mail, phone, city, profile string }

const (
	givens = "Robert|William|James|Michael|Elizabeth|Katherine|Jennifer|Margaret|Thomas|Daniel|Andrew|Christopher|Alexander|Samuel|Patricia|Susan|Rebecca|Deborah|Steven|Anthony|Priya|Rahul|Amit|Sunita|Wei|Mei|Hiroshi|Yuki|Carlos|Lucia|Pedro|Ana|Fatima|Omar|Ingrid|Lars|Nina|Pavel|Olga|Jean"
	titles = "CEO|Founder|Head of Sales|Marketing Manager|Purchasing Manager|CTO|Operations Director|Owner|Account Executive|Office Manager"
)

func (m *crowd) work() workplace {
	stem := m.of(firsts) + " " + m.of(firm)
	if m.chance(.5) {
		stem = m.of(families) + " " + m.of(firm)
	}
	t := towns[m.IntN(len(towns))]
	host := strings.ToLower(strings.ReplaceAll(stem, " ", "")) + m.of(".com|.com|.io|.net|.example")
	return workplace{strings.TrimSpace(stem + " " + m.of(legal)), host, t.area + fmt.Sprintf("555%04d", m.IntN(10000)), t.name}
}

func (m *crowd) person(w workplace) person {
	p := person{first: m.of(givens), last: m.of(families), title: m.of(titles), company: w.company, host: w.host, city: w.city}
	p.phone = w.phone
	if m.chance(.5) {
		p.phone = w.phone[:3] + fmt.Sprintf("%d%06d", 2+m.IntN(7), m.IntN(1000000))
	}
	m.addresses(&p)
	return p
}

// addresses gives a person an e-mail address that nobody else has, and a profile.
func (m *crowd) addresses(p *person) {
	for p.mail = m.mail(*p); m.taken[p.mail]; p.mail = m.mail(*p) {
		p.last += m.of("a|s|er|i|o")
	}
	m.taken[p.mail] = true
	p.profile = fmt.Sprintf("https://www.linkedin.com/in/%s-%s-%d", strings.ToLower(p.first), strings.ToLower(p.last), m.IntN(1e6))
}

func (m *crowd) mail(p person) string {
	f, l := strings.ToLower(p.first), strings.ToLower(strings.ReplaceAll(p.last, " ", ""))
	switch m.IntN(5) {
	case 0:
		return f + "@" + p.host
	case 1:
		return f[:1] + l + "@" + p.host
	case 2:
		return f + "." + l + strconv.Itoa(m.IntN(90)) + "@" + m.of("gmail.com|yahoo.com|hotmail.com")
	}
	return f + "." + l + "@" + p.host
}

func (m *crowd) write(p person) {
	m.entity++
	n := 1
	if m.chance(.4) {
		n = 2 + m.IntN(2)
	}
	for i := range n {
		q := p
		if i > 0 {
			q = m.worse(p)
		}
		m.rows = append(m.rows, []string{strconv.Itoa(m.entity), q.first, q.last, q.title, q.company, q.mail, m.phone(q.phone), q.city, q.profile})
	}
}

func (m *crowd) worse(p person) person {
	d := m.dirty
	if m.chance(.25 * d) {
		p.first = strings.NewReplacer("Robert", "Bob", "William", "Bill", "James", "Jim", "Michael", "Mike", "Elizabeth", "Liz", "Katherine", "Kate", "Jennifer", "Jen", "Margaret", "Peggy",
			"Thomas", "Tom", "Daniel", "Dan", "Andrew", "Andy", "Christopher", "Chris", "Alexander", "Alex", "Samuel", "Sam", "Patricia", "Pat", "Susan", "Sue", "Rebecca", "Becky", "Deborah", "Debbie", "Steven", "Steve", "Anthony", "Tony").Replace(p.first)
	}
	switch x := m.Float64() / d; {
	case x < .1:
		p.first, p.last = p.last, p.first
	case x < .2:
		p.first = p.first[:1] + "."
	case x < .3:
		p.first = m.typo(p.first)
	}
	if m.chance(.12 * d) {
		p.last = m.typo(p.last)
	}
	switch {
	case m.chance(.2 * d):
		p.mail = m.mail(p)
	case m.chance(.15 * d):
		p.mail = ""
	case m.chance(.05 * d):
		p.mail = "info@" + p.host
	}
	switch {
	case m.chance(.2 * d):
		p.phone = ""
	case m.chance(.15 * d):
		p.phone = m.site().phone
	}
	if m.chance(.5 * d) {
		p.profile = ""
	}
	switch {
	case m.chance(.1 * d): // a new employer
		w := m.work()
		p.company, p.host = w.company, w.host
		if p.mail != "" {
			p.mail = m.mail(p)
		}
	case m.chance(.4 * d):
		p.company = m.otherName(p.company)
	}
	if m.chance(.3 * d) {
		p.title = m.of(titles)
	}
	if m.chance(.2 * d) {
		p.city = ""
	}
	return p
}

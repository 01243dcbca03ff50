package rules

import (
	"strings"

	"winnow/backend/internal/qualify"
)

// speaker tells whether the text is by somebody who will not buy; the code and the claim that shows it, or "".
func (r *reading) speaker() (string, qualify.Claim) {
	v := r.a.voc
	own := r.ownNeed()
	switch {
	case r.isSpam(own):
		return qualify.DisqSpam, r.sentClaim(v.spam)
	case r.pitches(own):
		return qualify.DisqSpam, r.sentClaim(v.pitch)
	case r.isCompetitor():
		code := qualify.DisqCompetitor
		if r.count(v.sell) > 0 || r.title.all.has(v.salesTitle) {
			code = qualify.DisqVendor
		}
		return code, wholeField("", "", qualify.FieldCompany, r.in.Company)
	case r.review:
		return "", qualify.Claim{}
	case r.isRecruiter():
		if r.d.all.has(v.clientAd) {
			return qualify.DisqRecruiter, r.sentClaim(v.clientAd)
		}
		return qualify.DisqRecruiter, r.fieldClaim(v.agency)
	case r.count(v.seekJob) > 0 && (!r.hiring() || r.in.Company == "") && r.asks.peers < 0:
		return qualify.DisqJobSeeker, r.sentClaim(v.seekJob)
	case r.wantsJob():
		return qualify.DisqJobSeeker, r.sentClaim(v.jobWord)
	case r.isStudy(own):
		if r.count(v.study) > 0 {
			return qualify.DisqStudent, r.sentClaim(v.study)
		}
		return qualify.DisqStudent, r.sentClaim(v.press)
	case r.isVendor(own):
		return qualify.DisqVendor, r.sentClaim(v.sell)
	case r.isTeaching(own):
		if r.title.all.has(v.teachTitle) {
			return qualify.DisqConsultant, r.fieldClaim(v.teachTitle)
		}
		return qualify.DisqConsultant, r.sentClaim(v.teach)
	case r.isNews(own):
		return qualify.DisqNews, r.sentClaim(v.news)
	}
	return "", qualify.Claim{}
}

// ownNeed weighs how plainly the text speaks of an own, current need.
func (r *reading) ownNeed() int {
	n := 0
	for _, p := range r.strong() {
		if r.flags[p.sent].first {
			n += 2
		} else {
			n++
		}
	}
	n = min(n, 4)
	if r.asks.product >= 0 && (r.flags[r.asks.product].first || r.flags[r.asks.product].want) {
		n += 2
	}
	if r.asks.peers >= 0 {
		n += 2
	}
	return n
}

// count is the number of hits of a concept that are not negated.
func (r *reading) count(c concept) int {
	n := 0
	for s := range r.d.sents {
		last := -1
		for _, h := range r.d.of(s, c) {
			if h.from >= last {
				n++
				last = h.to
			}
		}
	}
	return n
}

// fieldClaim quotes the title or company that holds the concept, else the content.
func (r *reading) fieldClaim(c concept) qualify.Claim {
	if r.title.all.has(c) {
		return wholeField("", "", qualify.FieldTitle, r.in.Title)
	}
	if r.company.all.has(c) {
		return wholeField("", "", qualify.FieldCompany, r.in.Company)
	}
	return r.sentClaim(c)
}

func (r *reading) isSpam(own int) bool {
	n := r.count(r.a.voc.spam)
	words, _ := r.onTopic()
	return n >= 2 && own < 3 || n >= 1 && own == 0 && r.asks.product < 0 && words <= 1
}

// pitches: a stranger writes to us to sell something else.
func (r *reading) pitches(own int) bool {
	n := r.count(r.a.voc.pitch) + r.count(r.a.voc.spam)
	return r.form && own == 0 && len(r.pains) == 0 && r.asks.product < 0 && n >= 2
}

func (r *reading) isCompetitor() bool {
	company := " " + foldText(r.in.Company) + " "
	for _, c := range r.m.competitors {
		if strings.Contains(company, " "+foldText(c)+" ") {
			return true
		}
	}
	return false
}

func (r *reading) isRecruiter() bool {
	v := r.a.voc
	agency := r.title.all.has(v.agency) || r.company.all.has(v.agency) || r.company.all.has(r.a.lex.names["K_RECRUIT"])
	ads := r.count(v.hire) + r.count(v.hireStrong)
	if r.count(v.clientAd) > 0 && (ads > 0 || agency) {
		return true
	}
	return agency && (ads > 0 || r.asks.product < 0)
}

// hiring: the company itself looks for staff.
func (r *reading) hiring() bool {
	v := r.a.voc
	strong := r.count(v.hireStrong)
	if r.review || strong == 0 || r.d.all.has(v.askPeers) {
		return false
	}
	if strong >= 2 || r.count(v.hire) >= 1 {
		return true
	}
	s := r.d.any(v.hireStrong)
	return r.d.of(s, v.hireStrong)[0].from <= r.d.sents[s].lo+3
}

// wantsJob: "looking for a new challenging role": the wish and the job stand close together.
func (r *reading) wantsJob() bool {
	v := r.a.voc
	if r.titleLevel() == qualify.AuthorityDecisionMaker || r.hiring() || r.review {
		return false
	}
	for s := range r.d.sents {
		for _, w := range r.d.of(s, v.want) {
			for _, j := range r.d.of(s, v.jobWord) {
				if j.from >= w.to && j.from-w.to <= 6 && !r.d.has[s].has(v.system) {
					return true
				}
			}
		}
	}
	return false
}

func (r *reading) isStudy(own int) bool {
	v := r.a.voc
	who := r.title.all.has(v.studyTitle) || r.company.all.has(v.studyCompany)
	study, press := r.count(v.study), r.count(v.press)
	if r.note && !who {
		return study >= 3 && own == 0
	}
	return study >= 2 && own < 5 || (study >= 1 || press >= 1) && who || press >= 2 && own < 3
}

// isVendor weighs offers and talk to "you" against the own need.
func (r *reading) isVendor(own int) bool {
	v := r.a.voc
	score := 2 * min(r.count(v.sell), 3)
	you := 0
	for s := range r.d.sents {
		if r.d.has[s].has(v.sellYou) && !r.flags[s].first && (r.flags[s].second || r.flags[s].question && r.d.all.has(v.second)) {
			you++
		}
	}
	score += min(you, 2)
	if r.sellingCompany() {
		score += 2
	}
	if r.namesItself() {
		score += 3
	}
	if r.title.all.has(v.salesTitle) && r.count(v.sell) > 0 && r.count(v.sell)+you > 1 {
		score++
	}
	offers := r.count(v.offer)
	score += 2 * min(offers, 2)
	if r.form && own == 0 && r.asks.goods < 0 && (offers > 0 || r.count(v.sell) > 0 && you > 0) {
		score += 2 // who writes to us to sell
	}
	return score >= 4 && score > own
}

// namesItself: the author's company is the subject of what software does ("Trackr replaces WhatsApp orders").
func (r *reading) namesItself() bool {
	words := strings.Fields(foldText(r.in.Company))
	if len(words) == 0 || len(words[0]) < 4 || r.form || r.note || r.review {
		return false
	}
	for i := range r.d.toks {
		if r.d.toks[i].text != words[0] {
			continue
		}
		if i > 0 {
			switch r.d.toks[i-1].text {
			case "launching", "built", "building", "introducing", "meet", "made", "launched", "called":
				return true
			}
		}
		for j := i + 1; j < len(r.d.toks) && j <= i+len(words)+1; j++ {
			switch r.d.toks[j].text {
			case "replaces", "helps", "lets", "gives", "makes", "automates", "cuts", "reduces", "solves", "fixes", "brings", "offers", "provides", "connects", "turns", "saves", "handles", "manages", "answers", "fills", "stops", "tracks", "does", "can", "will", "is", "has", "works", "now", "gets", "keeps":
				return true
			}
		}
	}
	return false
}

// sellingCompany: the company's name says software or services, and such firms are not our customers.
func (r *reading) sellingCompany() bool {
	vendor := r.company.all.has(r.a.lex.names["K_VENDOR"])
	return vendor || r.company.all.has(r.a.voc.sellCompany) && !r.m.softwareIn
}

func (r *reading) isTeaching(own int) bool {
	v := r.a.voc
	score := min(r.count(v.teach), 4)
	if r.title.all.has(v.teachTitle) && !medical(r.in.Title) {
		score += 2
		own -= 2
	}
	if r.company.all.has(v.teachTitle) || r.company.all.has(r.a.lex.names["K_CONSULT"]) {
		score += 2
		own -= 2
	}
	if r.listed() {
		score++
	}
	if (r.title.all.has(v.teachTitle) || r.company.all.has(v.teachTitle)) && score >= 3 && r.ownNeed() <= 1 && !medical(r.in.Title) {
		return true
	}
	if score >= 2 && own <= 0 && r.asks.product < 0 && r.asks.peers < 0 && !r.form && !r.note {
		return true
	}
	return score >= 3 && score > own
}

// medical: a consultant physician sees patients, not clients.
func medical(title string) bool {
	for w := range strings.FieldsSeq(foldText(title)) {
		for _, end := range []string{"ologist", "ician", "dontist", "surgeon", "dentist", "therapist", "doctor", "physician"} {
			if strings.HasSuffix(w, end) {
				return true
			}
		}
	}
	return false
}

// listed: numbered or bulleted points, three or more.
func (r *reading) listed() bool {
	n := 0
	for i := range r.d.toks {
		t := &r.d.toks[i]
		if t.text == "•" || t.text == "→" || t.text == "✅" || t.text == "✔" || (t.num && len(t.text) == 1 && (r.wordAfter(i+1) == ")" || r.wordAfter(i+1) == ".")) {
			n++
		}
	}
	return n >= 3
}

func (r *reading) isNews(own int) bool {
	v := r.a.voc
	if r.form || r.note {
		return false
	}
	n := r.count(v.news)
	first := 0
	for _, p := range r.strong() {
		if r.flags[p.sent].first && !r.d.has[p.sent].has(v.news) {
			first++
		}
	}
	return n >= 2 && first == 0 && own < 4 || n >= 1 && first == 0 && r.asks.product < 0 && !r.d.all.has(v.we)
}

// standing tells whether what is said of trouble is over, denied, of others or a joke; only asked when no own, current
// trouble and no ask is heard.
func (r *reading) standing() (string, qualify.Claim) {
	v := r.a.voc
	past, other := false, false
	for _, p := range r.third {
		past = past || r.flags[p.sent].past || r.flags[p.sent].solved
		other = other || r.flags[p.sent].other
	}
	solved := r.d.any(v.solved)
	switch {
	case r.review && r.count(v.praise) > 0:
		return qualify.DisqNegated, r.sentClaim(v.praise)
	case r.review:
		return qualify.DisqOffTopic, r.firstSentence()
	case past:
		return qualify.DisqPastSolved, r.thirdClaim()
	case r.asks.declined >= 0:
		return qualify.DisqNegated, r.sentClaim(v.negated)
	case other || r.d.all.has(v.otherParty) || r.count(v.consumer) > 0:
		if r.d.all.has(v.otherParty) {
			return qualify.DisqOtherParty, r.sentClaim(v.otherParty)
		}
		return qualify.DisqOtherParty, r.sentClaim(v.consumer)
	case solved >= 0 && r.flags[solved].solved && r.d.all.has(v.first):
		return qualify.DisqPastSolved, r.sentClaim(v.solved)
	case r.count(v.sarcasm) > 0:
		return qualify.DisqSarcasm, r.sentClaim(v.sarcasm)
	}
	return qualify.DisqOffTopic, r.firstSentence()
}

func (r *reading) thirdClaim() qualify.Claim {
	p := r.third[0]
	return r.contentClaim(r.d.around(p.sent, p.lo, p.hi))
}

package qualify

// Evidence levels, best first: the pain is stated; the category is asked for; the pain must be inferred; nothing.
const (
	EvidenceExplicit    = "explicit"
	EvidenceRequirement = "requirement"
	EvidenceImplied     = "implied"
	EvidenceNone        = "none"
	// EvidenceTopic is a claim's value only: the text is about what we sell, though nothing is asked or told.
	EvidenceTopic = "topic"
)

// Urgency levels.
const (
	UrgencyHigh   = "high"
	UrgencyMedium = "medium"
	UrgencyLow    = "low"
	UrgencyNone   = "none"
)

// Authority levels. Unknown and none are both floors: no claim supports them.
const (
	AuthorityDecisionMaker = "decision_maker"
	AuthorityInfluencer    = "influencer"
	AuthorityUnknown       = "unknown"
	AuthorityNone          = "none"
)

// Fit levels.
const (
	FitIn      = "in"
	FitUnclear = "unclear"
	FitOut     = "out"
)

// Kinds of concrete detail that make a lead specific.
const (
	SpecificQuantified  = "quantified"  // the pain in hours, money, per cent, counts
	SpecificScale       = "scale"       // the size of the business: people, orders a day, sites
	SpecificTool        = "tool"        // the present tool or process by name
	SpecificMechanism   = "mechanism"   // an incident, or how it goes wrong
	SpecificRequirement = "requirement" // what is wanted, the budget, the date
)

// Disqualifier codes (any one gives grade D).
const (
	DisqVendor      = "vendor_selling"
	DisqCompetitor  = "competitor"
	DisqConsultant  = "consultant_content"
	DisqJobSeeker   = "job_seeker"
	DisqRecruiter   = "recruiter"
	DisqStudent     = "student_survey"
	DisqNews        = "news_share"
	DisqPastSolved  = "past_solved"
	DisqNegated     = "negated"
	DisqOtherParty  = "other_party"
	DisqSarcasm     = "sarcasm_no_need"
	DisqSpam        = "spam"
	DisqInjection   = "prompt_injection"
	DisqEmpty       = "empty"
	DisqOffTopic    = "off_topic"
	DisqWrongGeo    = "wrong_geo"
	DisqWrongIndust = "wrong_industry"
	DisqWrongSize   = "wrong_size"
)

// Disqualifiers lists every known code in the rubric's order.
func Disqualifiers() []string {
	return []string{
		DisqVendor, DisqCompetitor, DisqConsultant, DisqJobSeeker, DisqRecruiter, DisqStudent, DisqNews,
		DisqPastSolved, DisqNegated, DisqOtherParty, DisqSarcasm, DisqSpam, DisqInjection, DisqEmpty,
		DisqOffTopic, DisqWrongGeo, DisqWrongIndust, DisqWrongSize,
	}
}

// KeepsPains reports whether a lead with this disqualifier still has pains of its own: it was turned away for where,
// what or how big it is, not for what it says.
func KeepsPains(code string) bool {
	return code == "" || code == DisqWrongGeo || code == DisqWrongIndust || code == DisqWrongSize
}

// evidenceRank, urgencyRank and authorityRank order levels; an unknown level ranks as the floor.
func evidenceRank(level string) int {
	return rank(level, EvidenceTopic, EvidenceImplied, EvidenceRequirement, EvidenceExplicit)
}

func urgencyRank(level string) int { return rank(level, UrgencyLow, UrgencyMedium, UrgencyHigh) }

func authorityRank(level string) int {
	return rank(level, AuthorityInfluencer, AuthorityDecisionMaker)
}

func rank(level string, ascending ...string) int {
	for i, l := range ascending {
		if l == level {
			return i + 1
		}
	}
	return 0
}

package linkage

import (
	"strings"

	"winnow/backend/internal/intake/normalise"
)

// organisation reads the name of a company, shop or institution: legal form, article and "and" go, short forms of
// trade words are written out. What remains is compared word by word.
func organisation(raw string) value {
	s := strings.ReplaceAll(raw, "&", " and ")
	s = normalise.CompanyKey(strings.ReplaceAll(normaliseDots(s), "/", " "))
	s = normalise.Latin(s)
	var words []word
	for w := range strings.FieldsSeq(s) {
		if w == "and" || w == "the" || w == "of" {
			continue
		}
		if full := tradeWord(w); full != "" {
			w = full
		}
		words = append(words, word{text: w, weight: 1})
	}
	if len(words) == 0 {
		return plain(s)
	}
	parts := make([]string, len(words))
	initials := make([]byte, len(words))
	for i, w := range words {
		parts[i], initials[i] = w.text, w.text[0]
	}
	v := plain(strings.Join(parts, " "))
	v.words = words
	if len(words) > 2 {
		v.alt = string(initials)
	}
	return v
}

// normaliseDots keeps "U.S.A." one word and "St. Mary" two.
func normaliseDots(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	words := strings.Fields(s)
	for i, w := range words {
		if strings.Count(w, ".") > 1 || len(w) == 2 {
			words[i] = strings.ReplaceAll(w, ".", "")
		} else {
			words[i] = strings.ReplaceAll(w, ".", " ")
		}
	}
	return strings.Join(words, " ")
}

// tradeWord writes out a short form that names of organisations use.
func tradeWord(w string) string {
	switch w {
	case "intl", "internatl", "int":
		return "international"
	case "natl", "nat":
		return "national"
	case "assoc", "assn", "assocs", "associates", "ass":
		return "association"
	case "svc", "svcs", "serv", "services", "srvc", "srvcs":
		return "service"
	case "mfg", "mfr", "manuf":
		return "manufacturing"
	case "ctr", "cntr", "centre", "cent", "cen":
		return "center"
	case "bros":
		return "brothers"
	case "dept":
		return "department"
	case "univ":
		return "university"
	case "inst":
		return "institute"
	case "tech", "technology", "technologies", "technol":
		return "tech"
	case "sys", "systems":
		return "system"
	case "solutions", "soln", "solns":
		return "solution"
	case "mgmt", "mgt":
		return "management"
	case "engg", "eng", "engrg":
		return "engineering"
	case "inds", "ind", "industrial", "industries":
		return "industry"
	case "hosp":
		return "hospital"
	case "med":
		return "medical"
	case "rest", "restaurants", "ristorante", "restaurante":
		return "restaurant"
	case "delicatessen":
		return "deli"
	case "mkt", "markets":
		return "market"
	case "bldg":
		return "building"
	case "sch":
		return "school"
	case "elem":
		return "elementary"
	case "acad":
		return "academy"
	case "govt":
		return "government"
	case "comm", "cmty":
		return "community"
	case "dist", "distr", "distributors", "distribution":
		return "distributor"
	case "ent", "entp", "enterprises":
		return "enterprise"
	case "grp":
		return "group"
	case "hldgs", "holdings":
		return "holding"
	case "lab", "labs", "laboratories":
		return "laboratory"
	case "pharm", "pharma", "pharmaceuticals", "pharmaceutical":
		return "pharmaceutical"
	case "prods", "products":
		return "product"
	case "supp", "supplies":
		return "supply"
	case "trdg", "traders":
		return "trading"
	case "st", "saint":
		return "saint"
	case "mt":
		return "mount"
	case "ft":
		return "fort"
	case "n":
		return "and"
	}
	return ""
}

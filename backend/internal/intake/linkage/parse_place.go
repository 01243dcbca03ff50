package linkage

import (
	"strings"

	"winnow/backend/internal/intake/linkage/similar"
	"winnow/backend/internal/intake/normalise"
)

func locality(raw string) value {
	s := normalise.Latin(raw)
	words := strings.Fields(s)
	for i, w := range words {
		switch w {
		case "st":
			words[i] = "saint"
		case "mt":
			words[i] = "mount"
		case "ft":
			words[i] = "fort"
		case "n":
			words[i] = "north"
		case "s":
			words[i] = "south"
		case "e":
			words[i] = "east"
		case "w":
			words[i] = "west"
		}
	}
	v := plain(strings.Join(words, " "))
	v.alt2 = similar.Sound(v.tight)
	return v
}

// postcode keeps letters and digits; of a US ZIP+4 the first five.
func postcode(raw string) value {
	raw = strings.TrimSuffix(strings.TrimSpace(raw), ".0")
	if head, tail, ok := strings.Cut(raw, "-"); ok && len(head) == 5 && len(tail) == 4 && digitsOnly(head) == head && digitsOnly(tail) == tail {
		raw = head
	}
	v := plain(tight(normalise.Latin(raw)))
	if filler(v.tight) && v.tight[0] != '1' && v.tight[0] == v.tight[len(v.tight)-1] {
		return value{}
	}
	return v
}

func state(raw string) value {
	s := normalise.Latin(strings.ReplaceAll(raw, ".", ""))
	if code, ok := stateCodes[s]; ok {
		s = code
	}
	return plain(s)
}

func (p *parser) country(raw string) value {
	if c := p.countries.Code(raw); c != "" {
		return plain(strings.ToLower(c))
	}
	return plain(normalise.Latin(raw))
}

var stateCodes = map[string]string{ //nolint:gochecknoglobals // a table
	"alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca", "calif": "ca", "colorado": "co", "connecticut": "ct", "delaware": "de",
	"district of columbia": "dc", "florida": "fl", "georgia": "ga", "hawaii": "hi", "idaho": "id", "illinois": "il", "indiana": "in", "iowa": "ia", "kansas": "ks",
	"kentucky": "ky", "louisiana": "la", "maine": "me", "maryland": "md", "massachusetts": "ma", "mass": "ma", "michigan": "mi", "minnesota": "mn", "mississippi": "ms",
	"missouri": "mo", "montana": "mt", "nebraska": "ne", "nevada": "nv", "new hampshire": "nh", "new jersey": "nj", "new mexico": "nm", "new york": "ny",
	"north carolina": "nc", "north dakota": "nd", "ohio": "oh", "oklahoma": "ok", "oregon": "or", "pennsylvania": "pa", "rhode island": "ri", "south carolina": "sc",
	"south dakota": "sd", "tennessee": "tn", "texas": "tx", "utah": "ut", "vermont": "vt", "virginia": "va", "washington": "wa", "west virginia": "wv",
	"wisconsin": "wi", "wyoming": "wy", "new south wales": "nsw", "victoria": "vic", "queensland": "qld", "south australia": "sa", "western australia": "wa",
	"tasmania": "tas", "northern territory": "nt", "australian capital territory": "act", "ontario": "on", "quebec": "qc", "british columbia": "bc", "alberta": "ab",
	"maharashtra": "mh", "karnataka": "ka", "tamil nadu": "tn", "delhi": "dl", "gujarat": "gj", "west bengal": "wb", "uttar pradesh": "up", "telangana": "ts", "kerala": "kl",
}

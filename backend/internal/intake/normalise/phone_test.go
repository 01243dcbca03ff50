package normalise_test

import (
	"testing"

	"winnow/backend/internal/intake/normalise"
)

// Input 7 of the list of real inputs that broke other tools.
func TestParsePhone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, region, want, problem string }{
		{"+91 98765 01234", "", "+919876501234", ""},
		{"9876501234", "IN", "+919876501234", ""},
		{"06 12 34 56 78", "FR", "+33612345678", ""},
		{"(512) 555-0100", "US", "+15125550100", ""},
		{"p:+15125554001", "", "+15125554001", ""},
		{"'+49 30 123456", "", "+4930123456", ""},
		{`="0049301234"`, "", "+49301234", ""},
		{"tel:+34-612-345-678;ext=5", "", "+34612345678", ""},
		{"026185 12345", "DE", "+4926185" + "12345", ""},
		{"+971 50 123 4567", "", "+971501234567", ""},
		{"9.19877E+11", "IN", "", "phone_scientific"},
		{"9,19877E+11", "IN", "", "phone_scientific"},
		{"5550400", "", "", "phone_no_region"},
		{"5550400", "US", "", "phone_invalid"},
		{"1", "US", "", "phone_invalid"},
		{"call me", "US", "", "phone_invalid"},
	} {
		p, prob := normalise.ParsePhone(c.in, c.region)
		code := ""
		if prob != nil {
			code = prob.Code
		}
		if p.E164 != c.want || code != c.problem {
			t.Errorf("%q in %q: %q %q, want %q %q", c.in, c.region, p.E164, code, c.want, c.problem)
		}
	}
	if p, _ := normalise.ParsePhone("tel:+34-612-345-678;ext=5", ""); p.Ext != "5" {
		t.Errorf("extension %q", p.Ext)
	}
}

func TestPhonesOfOneCell(t *testing.T) {
	t.Parallel()
	good, bad, why := normalise.Phones("+1 512-555-0100; 9.1E+11 ::: +34 612 345 678, n/a", "")
	if len(good) != 2 || good[1].E164 != "+34612345678" || len(bad) != 1 || why.Code != "phone_scientific" {
		t.Errorf("%v %v %v", good, bad, why)
	}
}

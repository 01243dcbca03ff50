package linkage

import "fmt"

// Kind says what a field holds, and so how two of its values are compared.
type Kind uint8

// The kinds.
const (
	Given        Kind = iota + 1 // a person's given names
	Surname                      // a person's family name
	Organisation                 // a company's, shop's or institution's name
	Street                       // house number, street and unit
	Locality                     // city, town, suburb
	Postcode
	State
	Country
	Date
	Phone
	Email
	Website
	Profile  // a person's page in a network: one person each
	ID       // a number or code given by some authority: one holder each
	Number   // a quantity
	Category // one of few values
	Label    // a short text such as a name
	Text     // a longer text
)

// level is one step of agreement. Levels are numbered from 1; 0 is "one of the two says nothing".
type level struct {
	label string  // in users' words
	m     float64 // share of true pairs expected at this level before the data are seen
	least float64 // smallest believable share of chance pairs at this level
}

// spec is what is known of a kind before any data are seen.
type spec struct {
	name   string
	levels []level
	common bool    // values are shared by right (names, towns): agreement on a frequent one says less
	usual  float64 // share of chance pairs that agree exactly, where no data tell; 0: hardly any
	exact  uint8
	cap    float64 // most bits that the field may speak for a match
}

// specOf is the table of kinds. The shares m are starting points that the data move.
func specOf(k Kind) *spec { return &specs[k] }

var specs = [...]spec{ //nolint:gochecknoglobals // a table
	Given: {name: "given", common: true, usual: 0.006, exact: 1, cap: 14, levels: []level{
		{"same", .68, 2e-4},
		{"short form", .05, 2e-4},
		{"typo", .1, 5e-4},
		{"initial or part", .05, 1e-3},
		{"sounds alike", .03, 1e-3},
		{"names swapped", .03, 2e-5},
		{"different", .06, .5},
	}},
	Surname: {name: "surname", common: true, usual: 0.001, exact: 1, cap: 16, levels: []level{
		{"same", .72, 5e-5},
		{"typo", .12, 2e-4},
		{"part", .03, 5e-4},
		{"sounds alike", .03, 1e-3},
		{"names swapped", .03, 2e-5},
		{"different", .07, .5},
	}},
	Organisation: {name: "organisation", common: true, usual: 0.0002, exact: 1, cap: 18, levels: []level{
		{"same", .45, 1e-5},
		{"same but for spelling", .15, 1e-5},
		{"nearly the same", .1, 2e-5},
		{"one name holds the other", .12, 2e-4},
		{"much alike", .08, 1e-4},
		{"a little alike", .05, 1e-3},
		{"different", .05, .5},
	}},
	Street: {name: "street", exact: 1, cap: 18, levels: []level{
		{"same address", .55, 1e-5},
		{"same but for spelling", .15, 1e-5},
		{"same street", .07, 1e-4},
		{"street alike", .05, 5e-4},
		{"same street, number nearly", .02, 3e-4},
		{"same building, other unit", .02, 1e-5},
		{"partly the same", .05, 2e-4},
		{"same street, other number", .03, 5e-4},
		{"different", .05, .5},
	}},
	Locality: {name: "locality", common: true, usual: 0.02, exact: 1, cap: 12, levels: []level{
		{"same", .83, 5e-4}, {"typo", .07, 5e-4}, {"part", .03, 1e-3}, {"different", .07, .1},
	}},
	Postcode: {name: "postcode", common: true, usual: 0.003, exact: 1, cap: 14, levels: []level{
		{"same", .85, 2e-4}, {"one character off", .07, 1e-3}, {"same area", .03, 1e-3}, {"different", .05, .1},
	}},
	State: {name: "state", common: true, usual: 0.1, exact: 1, cap: 6, levels: []level{
		{"same", .93, .01}, {"typo", .03, .005}, {"different", .04, .05},
	}},
	Country: {name: "country", common: true, usual: 0.4, exact: 1, cap: 5, levels: []level{{"same", .97, .01}, {"different", .03, .05}}},
	Date: {name: "date", exact: 1, cap: 15, levels: []level{
		{"same", .78, 3e-5},
		{"day and month swapped", .02, 3e-5},
		{"one digit off", .08, 3e-4},
		{"two of day, month, year", .06, 1e-3},
		{"same year", .02, .005},
		{"different", .04, .5},
	}},
	Phone: {name: "phone", exact: 1, cap: 18, levels: []level{
		{"same", .72, 2e-6}, {"one digit off", .04, 2e-5}, {"same local number", .02, 1e-5}, {"different", .22, .5},
	}},
	Email: {name: "email", exact: 1, cap: 19, levels: []level{
		{"same", .65, 1e-6},
		{"typo", .1, 3e-6},
		{"same name at another host", .05, 2e-5},
		{"shared address", .02, 1e-5},
		{"same host", .06, 1e-4},
		{"different", .12, .5},
	}},
	Website: {name: "website", exact: 1, cap: 15, levels: []level{{"same", .85, 1e-5}, {"typo", .03, 1e-5}, {"different", .12, .5}}},
	Profile: {name: "profile", exact: 1, cap: 20, levels: []level{{"same", .95, 1e-7}, {"different", .05, .5}}},
	ID: {name: "id", exact: 1, cap: 20, levels: []level{
		{"same", .86, 1e-7}, {"one character off", .07, 2e-6}, {"different", .07, .5},
	}},
	Number: {name: "number", common: true, usual: 0.02, exact: 1, cap: 8, levels: []level{
		{"same", .8, 1e-3}, {"one digit off", .08, 5e-3}, {"near", .05, .01}, {"different", .07, .3},
	}},
	Category: {name: "category", common: true, usual: 0.1, exact: 1, cap: 4, levels: []level{
		{"same", .8, .01}, {"alike", .05, .01}, {"different", .15, .1},
	}},
	Label: {name: "label", common: true, usual: 0.005, exact: 1, cap: 12, levels: []level{
		{"same", .65, 1e-4}, {"typo", .12, 2e-4}, {"much alike", .07, 5e-4}, {"a little alike", .05, 5e-3}, {"different", .11, .3},
	}},
	Text: {name: "text", exact: 1, cap: 8, levels: []level{
		{"same", .3, 1e-5}, {"nearly the same", .25, 1e-4}, {"much alike", .15, 1e-3}, {"a little alike", .15, .01}, {"different", .15, .5},
	}},
}

// String names the kind.
func (k Kind) String() string {
	if int(k) < len(specs) {
		return specs[k].name
	}
	return "unknown"
}

// MarshalText writes the kind's name: stored models outlive the order of the list.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the kind's name.
func (k *Kind) UnmarshalText(b []byte) error {
	for i := range specs {
		if specs[i].name == string(b) && i > 0 {
			*k = Kind(i)
			return nil
		}
	}
	return fmt.Errorf("linkage knows no kind of field %q", b)
}

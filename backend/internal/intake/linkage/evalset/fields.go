package evalset

import (
	"strings"

	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/intake/mapping"
	"winnow/backend/internal/intake/normalise"
)

// source is where the values of a compared field come from: columns of each file, by place.
type source struct {
	field   linkage.Field
	columns [2][]int
	part    string // "given" or "surname" of a whole name, else the cell as it is
}

// layout decides what is compared: columns that an import knows by what they mean, others by what their values look like.
func layout(files []*File) []source {
	byField := map[mapping.Field]*source{}
	var order []mapping.Field
	for n, f := range files {
		for i, c := range f.columns {
			if c.Field == mapping.Skip {
				continue
			}
			s := byField[c.Field]
			if s == nil {
				s = &source{}
				byField[c.Field] = s
				order = append(order, c.Field)
			}
			s.columns[n] = append(s.columns[n], i)
		}
	}
	merge := func(into, from mapping.Field) {
		if a, b := byField[into], byField[from]; a != nil && b != nil {
			for n := range a.columns {
				a.columns[n] = append(a.columns[n], b.columns[n]...)
			}
			delete(byField, from)
		}
	}
	merge(mapping.Phone, mapping.CompanyPhone)
	parted := byField[mapping.FirstName] != nil || byField[mapping.LastName] != nil
	var out []source
	for _, name := range order {
		s := byField[name]
		if s == nil {
			continue
		}
		s.field.Name = string(name)
		if len(files) > 1 && (len(s.columns[0]) == 0 || len(s.columns[1]) == 0) {
			continue // only one of the files has it
		}
		out = append(out, s.resolve(name, files, parted)...)
	}
	return named(out, files)
}

// named finds the name among columns that an import does not know, where it knows none as such: the short text that
// varies most.
func named(out []source, files []*File) []source {
	best, most := -1, 0
	for i := range out {
		switch out[i].field.Kind {
		case linkage.Given, linkage.Surname, linkage.Organisation:
			return out
		case linkage.Label:
			distinct, filled := map[string]bool{}, 0
			for _, vals := range out[i].values(files) {
				for _, v := range vals {
					if v = normalise.Fold(v); v != "" {
						distinct[v] = true
						filled++
					}
				}
			}
			if len(distinct) > most && 3*len(distinct) > filled {
				best, most = i, len(distinct)
			}
		default:
		}
	}
	if best < 0 {
		return out
	}
	s := out[best]
	rest := append(append([]source{}, out[:best]...), out[best+1:]...)
	return append(s.wholeName(files), rest...)
}

// wholeName compares a column of names: as people's, in parts, or as organisations'.
func (s *source) wholeName(files []*File) []source {
	if !linkage.Persons(s.values(files)[0]) {
		return s.as(linkage.Organisation)
	}
	given, family := *s, *s
	given.part, given.field = "given", linkage.Field{Name: "first_name", Kind: linkage.Given}
	family.part, family.field = "surname", linkage.Field{Name: "last_name", Kind: linkage.Surname}
	return []source{given, family}
}

func (s *source) as(k linkage.Kind) []source {
	s.field.Kind = k
	return []source{*s}
}

func (s *source) resolve(name mapping.Field, files []*File, parted bool) []source {
	switch name {
	case mapping.FirstName:
		return s.as(linkage.Given)
	case mapping.LastName:
		return s.as(linkage.Surname)
	case mapping.Name:
		if parted {
			return nil // said in parts already
		}
		return s.wholeName(files)
	case mapping.Company:
		return s.as(linkage.Organisation)
	case mapping.Email:
		return s.as(linkage.Email)
	case mapping.Phone, mapping.CompanyPhone:
		return s.as(linkage.Phone)
	case mapping.LinkedIn:
		return s.as(linkage.Profile)
	case mapping.URL:
		return s.as(linkage.Website)
	case mapping.Address:
		return s.as(linkage.Street)
	case mapping.City:
		return s.as(linkage.Locality)
	case mapping.State:
		return s.as(linkage.State)
	case mapping.Country:
		return s.as(linkage.Country)
	case mapping.Zip:
		return s.as(linkage.Postcode)
	case mapping.Source, mapping.Created, mapping.PostedAt, mapping.Language:
		return nil // says how the record came, not whose it is
	default:
		return s.guess(files)
	}
}

func (s *source) guess(files []*File) []source {
	k, ok := linkage.Guess(s.values(files)...)
	if !ok {
		return nil
	}
	return s.as(k)
}

// values lists all values of the source, file by file.
func (s *source) values(files []*File) [][]string {
	out := make([][]string, len(files))
	for n, f := range files {
		for _, r := range f.rows {
			for _, i := range s.columns[n] {
				if i < len(r) {
					out[n] = append(out[n], r[i])
				}
			}
		}
	}
	return out
}

// orders finds how each date column writes day and month.
func (s *source) order(files []*File) normalise.DateOrder {
	var c normalise.DateColumn
	for _, vals := range s.values(files) {
		for _, v := range vals {
			c.Add(v)
		}
	}
	return c.Order()
}

// records reads one file's rows into what linkage compares.
func records(sources []source, files []*File, n int) []linkage.Record {
	f := files[n]
	orders := make([]normalise.DateOrder, len(sources))
	for i := range sources {
		if sources[i].field.Kind == linkage.Date {
			orders[i] = sources[i].order(files)
		}
	}
	out := make([]linkage.Record, len(f.rows))
	for i, row := range f.rows {
		out[i].Values = make([][]string, len(sources))
		for j := range sources {
			out[i].Values[j] = sources[j].cells(row, n, orders[j])
		}
	}
	return out
}

func (s *source) cells(row []string, n int, order normalise.DateOrder) (out []string) {
	for _, i := range s.columns[n] {
		if i >= len(row) || strings.TrimSpace(row[i]) == "" {
			continue
		}
		v := row[i]
		switch {
		case s.part == "given":
			v, _ = normalise.SplitName(v)
		case s.part == "surname":
			_, v = normalise.SplitName(v)
		case order == normalise.OrderMonthDay || order == normalise.OrderDayMonth:
			if t, _, p := normalise.Date(v, order); p == nil {
				v = t.Format("2006-01-02")
			}
		}
		out = append(out, v)
	}
	return out
}

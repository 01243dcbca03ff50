package resolution

import (
	"winnow/backend/internal/intake/linkage"
	"winnow/backend/internal/lead"
)

// prepared is a lead ready to be compared.
type prepared struct {
	lead  *lead.Lead
	group group
	ready *linkage.Prepared
	keys  []int64
}

// prepare readies leads; those that cannot be compared are left out.
func prepare(ms map[group]*matcher, leads []lead.Lead) []*prepared {
	out := prepareOnly(ms, leads)
	for _, p := range out {
		for _, k := range ms[p.group].Lookups(p.ready) {
			p.keys = append(p.keys, hashOf(p.group, k))
		}
	}
	return out
}

// prepareOnly is prepare without keys: for leads that were found by them.
func prepareOnly(ms map[group]*matcher, leads []lead.Lead) []*prepared {
	out := make([]*prepared, 0, len(leads))
	for i := range leads {
		l := &leads[i]
		if g := groupOf(l); g != "" {
			out = append(out, &prepared{lead: l, group: g, ready: ms[g].Prepare(recordOf(g, l))})
		}
	}
	return out
}

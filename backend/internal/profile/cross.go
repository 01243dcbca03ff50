package profile

import (
	"fmt"
	"strconv"
	"strings"

	"winnow/backend/internal/config/yamldoc"
)

// cross finds what a schema cannot say: values that contradict one another.
func (d *Document) cross(root *yamldoc.Node) Faults {
	switch d.Kind {
	case KindAudience:
		return d.crossSize(root)
	case KindPainPoints:
		return append(d.crossIDs(root), d.crossThresholds(root)...)
	}
	return nil
}

func (d *Document) crossSize(root *yamldoc.Node) Faults {
	s := d.Audience.CompanySize
	if s.MaxEmployees == 0 || s.MinEmployees <= s.MaxEmployees {
		return nil
	}
	return Faults{d.faultAt(root, []string{"company_size", "max_employees"}, fmt.Sprintf("max_employees (%d) is less than min_employees (%d), so no company fits.", s.MaxEmployees, s.MinEmployees), "Swap them, or leave max_employees out for no bound.")}
}

func (d *Document) crossIDs(root *yamldoc.Node) Faults {
	var faults Faults
	first := map[string]int{}
	for i, p := range d.PainPoints.PainPoints {
		path := []string{"pain_points", strconv.Itoa(i), "id"}
		at, _ := root.At(path...)
		if line, twin := first[p.ID]; twin {
			faults = append(faults, d.faultAt(root, path, fmt.Sprintf("The pain id %q is used twice (first on line %d).", p.ID, line), "Give each pain its own id."))
			continue
		}
		first[p.ID] = at.Line
	}
	return faults
}

// crossThresholds wants better grades to need more points. Those left out keep defaults that this package does not
// know, so only the given ones are compared.
func (d *Document) crossThresholds(root *yamldoc.Node) Faults {
	var faults Faults
	better := ""
	th := d.PainPoints.Scoring.Thresholds
	for _, grade := range []string{"A+", "A", "B", "C"} {
		least, ok := th[grade]
		if !ok {
			continue
		}
		if better != "" && least >= th[better] {
			faults = append(faults, d.faultAt(root, []string{"scoring", "thresholds", grade}, fmt.Sprintf("Grade %s needs %d points, which is not less than the %d of %s.", grade, least, th[better], better), "Let each better grade need more points."))
		}
		better = grade
	}
	return faults
}

func (d *Document) faultAt(root *yamldoc.Node, path []string, msg, hint string) Fault {
	at, _ := root.At(path...)
	return Fault{File: d.File, Line: at.Line, Column: at.Col, Message: msg, Hint: hint, Path: strings.Join(path, "/")}
}

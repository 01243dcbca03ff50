package httpapi

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// FilterFieldResponse is a field that a filter may name.
type FilterFieldResponse struct {
	Name      string   `json:"name"`
	Kind      string   `json:"kind" enums:"text,code,grade,status,int,money,time,id,of,word,tags"` // of: things that a lead belongs to, by id; word: one of words
	Operators []string `json:"operators"`
	Words     []string `json:"words"`   // every value there is, where they are few; else none
	Related   bool     `json:"related"` // what another part of the product knows of a lead, not a value of its own
}

// FilterFieldList is all of them.
type FilterFieldList struct {
	Items []FilterFieldResponse `json:"items"`
}

// filterFields lists what filters may name.
//
//	@Summary		The fields that a filter may name
//	@Description	Beside them, custom.NAME names a field of one's own.
//	@ID				leads.filter_fields
//	@Tags			leads
//	@Produce		json
//	@Success		200	{object}	FilterFieldList
//	@Security		ApiKey
//	@Security		Session
//	@Router			/leads/filter-fields [get]
func (a leadsAPI) filterFields(c echo.Context) error {
	var out FilterFieldList
	for _, f := range a.leads.FilterFields() {
		out.Items = append(out.Items, FilterFieldResponse{
			Name: f.Name, Kind: f.Kind, Operators: f.Operators, Words: append([]string{}, f.Words...), Related: f.Related,
		})
	}
	return write(c, http.StatusOK, out)
}

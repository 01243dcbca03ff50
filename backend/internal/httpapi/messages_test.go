package httpapi_test

import (
	"net/http"
	"testing"

	"winnow/backend/internal/id"
)

// A lead without a message is no fault: pages ask for it all the time. A lead that is not there, or not one's own, is.
func TestALeadWithoutAMessageAnswersNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	user, other := f.callers["user"], f.callers["other"]
	own, foreign := f.newTree(user.id), f.newTree(other.id)
	f.by(user).do(http.MethodGet, "/leads/"+own.lead+"/message", nil).want(http.StatusOK)
	f.exec(`DELETE FROM messages`)
	f.by(user).do(http.MethodGet, "/leads/"+own.lead+"/message", nil).want(http.StatusNoContent)
	for _, lead := range []string{foreign.lead, id.New()} {
		f.by(user).do(http.MethodGet, "/leads/"+lead+"/message", nil).want(http.StatusNotFound)
	}
}

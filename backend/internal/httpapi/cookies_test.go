package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"winnow/backend/internal/account"
	"winnow/backend/internal/httpapi"
)

func cookiesOf(a answer) map[string]*http.Cookie {
	out := map[string]*http.Cookie{}
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		out[c.Name] = c
	}
	return out
}

func TestCookiesOverHTTPSAreBoundToTheHost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *httpapi.Config, o *account.Options) {
		c.BaseURL, o.BaseURL = "https://winnow.example.com", "https://winnow.example.com"
	})
	setup := w.with("Host", "winnow.example.com").do("POST", "/setup", map[string]any{"name": "Ann", "email": "ann@example.com", "password": goodPassword}).want(201)
	if setup.header.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS")
	}
	got := cookiesOf(setup)
	for _, name := range []string{"__Host-winnow_access", "__Host-winnow_refresh"} {
		c := got[name]
		if c == nil || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%s: %+v", name, c)
		}
	}
	a := w.with("Host", "winnow.example.com")
	a.with("Cookie", "__Host-winnow_access="+got["__Host-winnow_access"].Value).do("GET", "/me", nil).want(200)
	// a cookie without the prefix may come from a neighbour host or plain HTTP
	a.with("Cookie", "winnow_access="+got["__Host-winnow_access"].Value).do("GET", "/me", nil).want(401)
}

func TestCookiesOnLoopback(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.setUp()
	login := func(remember bool) map[string]*http.Cookie {
		return cookiesOf(w.do("POST", "/auth/login", map[string]any{"email": "ann@example.com", "password": goodPassword, "remember": remember}).want(200))
	}
	for remember, age := range map[bool]int{false: 0, true: 30 * 24 * 3600} {
		got := login(remember)
		access, refresh := got["winnow_access"], got["winnow_refresh"]
		if access == nil || refresh == nil || access.MaxAge != age || refresh.MaxAge != age {
			t.Fatalf("remember %v: %+v %+v", remember, access, refresh)
		}
		if access.Secure || !access.HttpOnly || access.SameSite != http.SameSiteStrictMode || access.Path != "/" || refresh.Path != "/api/v1/auth" {
			t.Errorf("%+v %+v", access, refresh)
		}
	}
}

// Of two cookies with one name, one is somebody else's: neither is believed.
func TestTwoCookiesOfOneNameAreNoCookie(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.setUp()
	c := "winnow_access=" + b.cookies["winnow_access"]
	w.with("Cookie", c).do("GET", "/me", nil).want(200)
	w.with("Cookie", c+"; "+c).do("GET", "/me", nil).want(401)
	w.with("Cookie", c+"; winnow_access=x").do("GET", "/me", nil).want(401)
}

func TestASessionLivesByRefreshAndEndsByLogout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.setUp()
	old := b.cookies["winnow_refresh"]
	b.do("POST", "/auth/refresh", nil).want(200)
	if b.cookies["winnow_refresh"] == old {
		t.Error("the refresh token did not change")
	}
	b.do("GET", "/me", nil).want(200)
	b.do("POST", "/auth/logout", nil).want(204)
	if len(b.cookies) != 0 {
		t.Errorf("cookies left: %v", b.cookies)
	}
	w.with("Cookie", "winnow_refresh="+old).do("POST", "/auth/refresh", nil).want(401)
	w.do("POST", "/auth/logout", nil).want(204) // nobody signs out: fine
}

func TestA23_APasswordChangeSignsOtherBrowsersOutAndThisOneIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	here := w.setUp()
	there := w.browser()
	there.do("POST", "/auth/login", map[string]any{"email": "ann@example.com", "password": goodPassword}).want(200)
	if fields := here.do("POST", "/auth/password", map[string]any{"current": "wrong", "new": "short"}).want(400).fields(); fields["current"] != "wrong" || fields["new"] != "too_short" {
		t.Errorf("%v", fields)
	}
	stale := here.cookies["winnow_access"]
	here.do("POST", "/auth/password", map[string]any{"current": goodPassword, "new": "nine slow barges pass by"}).want(200)
	here.do("GET", "/me", nil).want(200)
	there.do("GET", "/me", nil).want(401)
	w.with("Cookie", "winnow_access="+stale).do("GET", "/me", nil).want(401)
	w.do("POST", "/auth/login", map[string]any{"email": "ann@example.com", "password": goodPassword}).want(401)
}

func TestUsersAreInvitedChangedAndDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.setUp()
	bob := ann.join("bob@example.com")
	var me httpapi.MeResponse
	bob.do("GET", "/me", nil).want(200).into(&me)
	if me.User.Role != "user" || me.User.Name != "New user" || me.User.Pending || me.Scopes != nil {
		t.Errorf("%+v", me)
	}
	for _, p := range me.Permissions {
		if p == "users.invite" || p == "settings.update" {
			t.Errorf("a user has %s", p)
		}
	}
	var list httpapi.UserListResponse
	ann.do("GET", "/users", nil).want(200).into(&list)
	if len(list.Items) != 2 || list.Items[0].Email == "" {
		t.Fatalf("%+v", list)
	}
	path := "/users/" + me.User.ID
	fields := ann.do("PUT", path, map[string]any{"role": "boss", "disabled": "yes"}).want(400).fields()
	if fields["role"] != "unknown" || fields["disabled"] != "wrong_type" {
		t.Errorf("%v", fields)
	}
	updated := ann.do("PUT", path, map[string]any{"role": "viewer"}).want(200)
	if updated.header.Get("ETag") == "" {
		t.Error("no ETag")
	}
	bob.do("GET", "/me", nil).want(401)
	ann.with("If-Match", `"1"`).with("Cookie", "winnow_access="+ann.cookies["winnow_access"]).do("PUT", path, map[string]any{"disabled": true}).want(412)
	var link httpapi.ResetLinkResponse
	ann.do("POST", path+"/reset-link", nil).want(200).into(&link)
	token := strings.TrimPrefix(link.ResetURL, "http://localhost:8080/reset?token=")
	w.do("POST", "/auth/reset/confirm", map[string]any{"token": token, "password": "nine slow barges pass by"}).want(204)
	w.do("POST", "/auth/reset/confirm", map[string]any{"token": token, "password": "nine slow barges pass by"}).want(400)
	ann.do("DELETE", path, nil).want(204)
	ann.do("DELETE", path, nil).want(404)
	ann.do("DELETE", "/users/not-an-id", nil).want(404)
}

func TestA28_AKeyIsShownOnceAndWorksUntilRevoked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ann := w.setUp()
	var made httpapi.APIKeyCreatedResponse
	ann.do("POST", "/api-keys", map[string]any{"name": "Form", "scopes": []string{"leads:read"}}).want(201).into(&made)
	by := w.with("Authorization", "Bearer "+made.Key)
	var me httpapi.MeResponse
	by.do("GET", "/me", nil).want(200).into(&me)
	if len(me.Scopes) != 1 || me.User.Email != "ann@example.com" {
		t.Errorf("%+v", me)
	}
	list := ann.do("GET", "/api-keys", nil).want(200)
	if strings.Contains(string(list.body), made.Key) || !strings.Contains(string(list.body), made.Prefix) {
		t.Errorf("%s", list.body)
	}
	for _, scheme := range []string{"", "Basic ", "bearer ", "Bearer  ", "Token "} { // only the one scheme
		w.with("Authorization", scheme+made.Key).do("GET", "/me", nil).want(401)
	}
	w.with("Cookie", "winnow_access="+made.Key).do("GET", "/me", nil).want(401)
	w.with("X-Api-Key", made.Key).do("GET", "/me", nil).want(401)
	w.do("GET", "/me?key="+made.Key+"&access_token="+made.Key, nil).want(401)
	// a bad key with a good cookie is refused, not passed over
	ann.with("Cookie", "winnow_access="+ann.cookies["winnow_access"]).with("Authorization", "Bearer wnw_bad").do("GET", "/me", nil).want(401)
	ann.do("DELETE", "/api-keys/"+made.ID, nil).want(204)
	by.do("GET", "/me", nil).want(401)
}

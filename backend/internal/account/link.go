package account

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/url"
	"time"

	"gorm.io/gorm"

	"winnow/backend/internal/fault"
	"winnow/backend/internal/id"
)

// linkKind is what a link in a mail is for.
type linkKind string

const (
	linkInvite linkKind = "invite"
	linkReset  linkKind = "reset"
)

// How long a link is good.
const (
	inviteLife = 7 * 24 * time.Hour
	resetLife  = time.Hour
)

// linkRow is an invitation or a reset. The token itself is not stored, but can be made again of the row's id with our
// key, so that the job that mails it needs the id only.
type linkRow struct {
	ID        string `gorm:"primaryKey"`
	UserID    string
	Kind      linkKind
	TokenHash string
	ExpiresAt time.Time
	UsedAt    *time.Time
	CreatedBy *string
	CreatedAt time.Time
}

func (linkRow) TableName() string { return "user_tokens" }

func (s *Service) linkToken(kind linkKind, rowID string) string {
	return rowID + "." + base64.RawURLEncoding.EncodeToString(mac(s.keys.link, string(kind), rowID))
}

// newLink makes a link for u in tx; earlier unused ones of the kind stop working.
func (s *Service) newLink(tx *gorm.DB, kind linkKind, u User, by *string) (linkRow, error) {
	now := s.now()
	err := tx.Model(&linkRow{}).Where("user_id = ? AND kind = ? AND used_at IS NULL", u.ID, kind).Update("used_at", now).Error
	if err != nil {
		return linkRow{}, fmt.Errorf("withdraw earlier links: %w", err)
	}
	life := inviteLife
	if kind == linkReset {
		life = resetLife
	}
	row := linkRow{ID: id.New(), UserID: u.ID, Kind: kind, ExpiresAt: now.Add(life), CreatedBy: by, CreatedAt: now}
	row.TokenHash = digest(s.linkToken(kind, row.ID))
	if err := tx.Create(&row).Error; err != nil {
		return linkRow{}, fmt.Errorf("store link: %w", err)
	}
	return row, nil
}

// useLink takes a token once, in tx: of requests at the same moment one succeeds (A24). Faults: Invalid for any token
// that is not good (any more), always in the same words.
func (s *Service) useLink(tx *gorm.DB, kind linkKind, token string) (User, error) {
	row, err := one[linkRow](tx, "link_invalid", "", "token_hash = ? AND kind = ?", digest(token), kind)
	if err != nil {
		return User{}, linkFault(err)
	}
	r := tx.Model(&linkRow{}).Where("id = ? AND used_at IS NULL AND expires_at > ?", row.ID, s.now()).Update("used_at", s.now())
	if r.Error != nil {
		return User{}, fmt.Errorf("use link: %w", r.Error)
	}
	if r.RowsAffected == 0 {
		return User{}, linkFault(nil)
	}
	u, err := s.userByID(tx, row.UserID)
	if err == nil && u.DisabledAt != nil {
		return User{}, linkFault(nil)
	}
	return u, err
}

// peekLink is whose the token is, without using it.
func (s *Service) peekLink(ctx context.Context, kind linkKind, token string) (User, error) {
	g := s.db.Read.WithContext(ctx)
	row, err := one[linkRow](g, "link_invalid", "", "token_hash = ? AND kind = ? AND used_at IS NULL AND expires_at > ?", digest(token), kind, s.now())
	if err != nil {
		return User{}, linkFault(err)
	}
	return s.userByID(g, row.UserID)
}

func linkFault(err error) error {
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return fault.InvalidFields("link_invalid", "This link is used up, too old or not complete. Ask for a new one.",
		fault.Field{Name: "token", Code: "invalid", Message: "The link is not good any more."})
}

// Letter is what a mail with a link needs to say.
type Letter struct {
	To, Name  string
	Invite    bool // else a reset
	URL       string
	ExpiresAt time.Time
}

// Letter makes the letter of a link by its row's id. Faults: NotFound when the link is used or too old by now.
func (s *Service) Letter(ctx context.Context, linkID string) (Letter, error) {
	g := s.db.Read.WithContext(ctx)
	row, err := one[linkRow](g, "link_gone", "The link is used up or too old.", "id = ? AND used_at IS NULL AND expires_at > ?", linkID, s.now())
	if err != nil {
		return Letter{}, err
	}
	u, err := s.userByID(g, row.UserID)
	if err != nil {
		return Letter{}, err
	}
	return Letter{To: u.Email, Name: u.Name, Invite: row.Kind == linkInvite, URL: s.linkURL(row), ExpiresAt: row.ExpiresAt}, nil
}

func (s *Service) linkURL(row linkRow) string {
	page := "/accept"
	if row.Kind == linkReset {
		page = "/reset"
	}
	return s.o.BaseURL + page + "?" + url.Values{"token": {s.linkToken(row.Kind, row.ID)}}.Encode()
}

// handedURL is the link for who asked for it, "" when it goes by mail.
func (s *Service) handedURL(row linkRow) string {
	if s.o.Mailed {
		return ""
	}
	return s.linkURL(row)
}

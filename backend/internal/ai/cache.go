package ai

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"winnow/backend/internal/clock"
	"winnow/backend/internal/platform/db"
)

// resumeFor is how long a finished call's answer is kept for a batch that is restarted, when answers are not to be
// used again otherwise.
const resumeFor = 7 * 24 * time.Hour

type cacheRow struct {
	Key       string `gorm:"primaryKey"`
	Model     string
	Value     db.JSON[json.RawMessage]
	TokensIn  int
	TokensOut int
	CreatedAt time.Time
	ExpiresAt time.Time
}

// TableName is the table of answers.
func (cacheRow) TableName() string { return "ai_cache" }

// answers keeps checked answers: in the database, and in front of it in memory or Redis.
type answers struct {
	db    *db.DB
	clock clock.Clock
	front Front
	log   *slog.Logger
}

// keyOf is everything that an answer depends on, hashed. With no TTL the answer belongs to its batch and lead alone.
func keyOf(cfg Config, call Call) string {
	h := sha256.New()
	part := func(s string) { _, _ = fmt.Fprintf(h, "%d:%s,", len(s), s) }
	for _, s := range []string{
		"1", cfg.BaseURL, call.Model, call.Purpose, call.PromptVersion, call.System, call.User, string(call.Schema), strconv.Itoa(call.MaxTokens),
	} {
		part(s)
	}
	if cfg.CacheTTL <= 0 {
		part(call.BatchID)
		part(call.LeadID)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ttlOf is how long the answer of a call is kept; 0 = not at all.
func ttlOf(cfg Config, call Call) time.Duration {
	if cfg.CacheTTL > 0 {
		return cfg.CacheTTL
	}
	if call.BatchID != "" && call.LeadID != "" {
		return resumeFor
	}
	return 0
}

func (a *answers) get(ctx context.Context, key string) ([]byte, bool) {
	if a.front != nil {
		if v, ok := a.front.Get(ctx, "ai:"+key); ok {
			return v, true
		}
	}
	now := a.clock.Now()
	var row cacheRow
	err := a.db.Read.WithContext(ctx).Where("key = ? AND expires_at > ?", key, now).Take(&row).Error
	if err != nil {
		if !errors.Is(err, gorm.ErrRecordNotFound) {
			a.log.WarnContext(ctx, "the cache of answers cannot be read; the model is asked", slog.String("error", err.Error()))
		}
		return nil, false
	}
	a.remember(ctx, key, row.Value.V, row.ExpiresAt.Sub(now))
	return row.Value.V, true
}

func (a *answers) remember(ctx context.Context, key string, value []byte, ttl time.Duration) {
	if a.front != nil && ttl > 0 {
		a.front.Set(ctx, "ai:"+key, value, ttl)
	}
}

// put keeps an answer, in the transaction that settles its call.
func (a *answers) put(tx *gorm.DB, key, model string, value []byte, tokensIn, tokensOut int, ttl time.Duration) error {
	if ttl <= 0 {
		return nil
	}
	now := a.clock.Now()
	row := cacheRow{
		Key: key, Model: model, Value: db.NewJSON(json.RawMessage(value)), TokensIn: tokensIn, TokensOut: tokensOut,
		CreatedAt: now, ExpiresAt: now.Add(ttl),
	}
	if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("keep the answer: %w", err)
	}
	return nil
}

// known tells which of keys are in the database's cache.
func (a *answers) known(ctx context.Context, keys []string) (map[string]bool, error) {
	out := make(map[string]bool, len(keys))
	const chunk = 500
	for from := 0; from < len(keys); from += chunk {
		var found []string
		err := a.db.Read.WithContext(ctx).Model(&cacheRow{}).
			Where("key IN ? AND expires_at > ?", keys[from:min(from+chunk, len(keys))], a.clock.Now()).Pluck("key", &found).Error
		if err != nil {
			return nil, fmt.Errorf("look into the cache of answers: %w", err)
		}
		for _, k := range found {
			out[k] = true
		}
	}
	return out, nil
}

// sweep deletes what has expired, a bounded number at a time, and tells how many.
func (a *answers) sweep(ctx context.Context) (int64, error) {
	var n int64
	err := a.db.Tx(ctx, func(tx *gorm.DB) error {
		old := tx.Model(&cacheRow{}).Select("key").Where("expires_at <= ?", a.clock.Now()).Limit(1000)
		res := tx.Where("key IN (?)", old).Delete(&cacheRow{})
		n = res.RowsAffected
		return res.Error
	})
	if err != nil {
		return 0, fmt.Errorf("sweep the cache of answers: %w", err)
	}
	return n, nil
}

package lead

import (
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// Judged is a judgement with the lead it is about.
type Judged struct {
	LeadID string
	Judgement
}

// ApplyJudgements is ApplyJudgement for many leads. Leads that are gone or deleted are passed over: their analyses stay
// as history.
func ApplyJudgements(tx *gorm.DB, js []Judged) error {
	if tx.Name() != "postgres" {
		return applyEach(tx, js)
	}
	for len(js) > 0 {
		n := min(len(js), judgedPerStatement)
		if err := applyChunk(tx, js[:n]); err != nil {
			return err
		}
		js = js[n:]
	}
	return nil
}

const judgeOne = `UPDATE leads SET status = CASE WHEN status IN ? THEN ? ELSE status END, grade = ?, score = ?, pain_id = ?, pain_quote = ?,
  language = CASE WHEN ? = '' THEN language ELSE ? END, analyzed_at = ?, last_activity_at = ?, updated_at = ?, version = version + 1
WHERE id = ? AND deleted_at IS NULL`

// applyEach takes a statement a lead: in process that costs little, while for an UPDATE … FROM of unknown size SQLite
// reads every lead to build a Bloom filter.
func applyEach(tx *gorm.DB, js []Judged) error {
	for _, j := range js {
		err := tx.Exec(judgeOne, followsAnalysis(), j.Status, j.Grade, j.Score, j.PainID, j.PainQuote, j.Language, j.Language, j.At, j.At, j.At, j.LeadID).Error
		if err != nil {
			return fmt.Errorf("apply judgement: %w", err)
		}
	}
	return nil
}

// The statement is made of constants; only the number of its VALUES rows follows the chunk.
const (
	judgedHead = `WITH j (id, status, grade, score, pain_id, pain_quote, language, at) AS (VALUES `
	judgedTail = `) UPDATE leads SET
  status = CASE WHEN leads.status IN ? THEN j.status ELSE leads.status END, grade = j.grade, score = j.score, pain_id = j.pain_id,
  pain_quote = j.pain_quote, language = CASE WHEN j.language = '' THEN leads.language ELSE j.language END, analyzed_at = j.at,
  last_activity_at = j.at, updated_at = j.at, version = leads.version + 1
FROM j WHERE leads.id = j.id AND leads.deleted_at IS NULL`
	judgedRow = `(?::uuid,?::text,?::text,?::int,?::text,?::text,?::text,?::timestamptz)`
)

// judgedPerStatement keeps a bulk update well below PostgreSQL's bound of parameters.
const judgedPerStatement = 200

func applyChunk(tx *gorm.DB, js []Judged) error {
	args := make([]any, 0, len(js)*8+1)
	for _, j := range js {
		args = append(args, j.LeadID, string(j.Status), j.Grade, j.Score, j.PainID, j.PainQuote, j.Language, j.At)
	}
	args = append(args, followsAnalysis())
	rows := strings.TrimSuffix(strings.Repeat(judgedRow+",", len(js)), ",")
	if err := tx.Exec(judgedHead+rows+judgedTail, args...).Error; err != nil {
		return fmt.Errorf("apply judgements: %w", err)
	}
	return nil
}

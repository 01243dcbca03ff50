import type { BreakdownRow } from '@/api/contract'

interface Why {
  /** Parts that gave most of what they can, weightiest first. */
  strong: BreakdownRow[]
  /** Parts that held the score back most. */
  weak: BreakdownRow[]
}

const FULL = 0.75
const THIN = 0.5
const MOST = 3

/** What lifted a score and what held it back, for the one sentence that says why. */
export function whyGrade(rows: readonly BreakdownRow[]): Why {
  const parts = rows.filter((row) => row.max > 0)
  const share = (row: BreakdownRow) => row.points / row.max
  return {
    strong: parts
      .filter((row) => share(row) >= FULL)
      .sort((a, b) => b.points - a.points)
      .slice(0, MOST),
    weak: parts
      .filter((row) => share(row) < THIN)
      .sort((a, b) => b.max - b.points - (a.max - a.points))
      .slice(0, 2),
  }
}

/** A column of the leads table as somebody has arranged it; saved views keep the same shape. */
export interface ColumnState {
  id: string
  /** In pixels. */
  width: number
  hidden: boolean
}

export const MIN_WIDTH = 48
export const MAX_WIDTH = 800

/** The table's columns in their first order. The first one stays in place: it says who a row is. */
export const LEAD_COLUMNS = [
  { id: 'name', width: 190, hidden: false },
  { id: 'grade', width: 68, hidden: false },
  { id: 'score', width: 96, hidden: false },
  { id: 'pain', width: 190, hidden: false },
  { id: 'status', width: 112, hidden: false },
  { id: 'company', width: 180, hidden: false },
  { id: 'title', width: 170, hidden: false },
  { id: 'owner', width: 130, hidden: false },
  { id: 'tags', width: 140, hidden: false },
  { id: 'source', width: 110, hidden: false },
  { id: 'created_at', width: 110, hidden: false },
  { id: 'industry', width: 150, hidden: true },
  { id: 'location', width: 150, hidden: true },
  { id: 'value', width: 110, hidden: true },
  { id: 'email', width: 210, hidden: true },
] as const satisfies readonly ColumnState[]

export type LeadColumnId = (typeof LEAD_COLUMNS)[number]['id']

const FIRST = LEAD_COLUMNS[0].id

/**
 * An arrangement that is whole, whatever was kept: columns that there are, each
 * once, the first in front and shown, widths within bounds (0 is a column's
 * own). Columns that it does not name follow, hidden unless nothing is named.
 */
export function completeColumns(kept: readonly Partial<ColumnState>[]): ColumnState[] {
  const named = kept.filter(
    (each, i) =>
      LEAD_COLUMNS.some(({ id }) => id === each.id) &&
      kept.findIndex(({ id }) => id === each.id) === i,
  )
  if (named.length === 0) return LEAD_COLUMNS.map((each) => ({ ...each }))
  const all = [
    ...named,
    ...LEAD_COLUMNS.filter(({ id }) => !named.some((each) => each.id === id)).map((each) => ({
      ...each,
      hidden: true,
    })),
  ]
  const whole = all.map((each) => {
    const own = LEAD_COLUMNS.find(({ id }) => id === each.id)!
    return {
      id: own.id,
      width: each.width ? clampWidth(each.width) : own.width,
      hidden: own.id !== FIRST && each.hidden === true,
    }
  })
  return [...whole.filter(({ id }) => id === FIRST), ...whole.filter(({ id }) => id !== FIRST)]
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)))
}

/** Puts a column before or after another one; the first keeps its place. */
export function moveColumn(
  columns: readonly ColumnState[],
  id: string,
  target: string,
  side: 'before' | 'after',
): ColumnState[] {
  const moved = columns.find((each) => each.id === id)
  if (!moved || id === FIRST || id === target) return [...columns]
  const others = columns.filter((each) => each.id !== id)
  const at = others.findIndex((each) => each.id === target) + (side === 'after' ? 1 : 0)
  return [...others.slice(0, Math.max(1, at)), moved, ...others.slice(Math.max(1, at))]
}

/** Moves a column one place among those that show. */
export function stepColumn(columns: readonly ColumnState[], id: string, by: -1 | 1): ColumnState[] {
  const shown = columns.filter((each) => !each.hidden)
  const target = shown[shown.findIndex((each) => each.id === id) + by]
  if (!target) return [...columns]
  return moveColumn(columns, id, target.id, by < 0 ? 'before' : 'after')
}

import { diffLines, diffWordsWithSpace } from 'diff'

export interface Span {
  text: string
  changed: boolean
}

export interface DiffRow {
  kind: 'same' | 'added' | 'removed' | 'changed'
  before?: { line: number; spans: Span[] }
  after?: { line: number; spans: Span[] }
}

export type DiffPart = { rows: DiffRow[] } | { hidden: DiffRow[] }

/** Texts larger than this are compared by line only; words would take seconds. */
const MOST_FOR_WORDS = 2_000

/** Stretches shorter than this are not folded away. */
const FEWEST = 4

function lines(value: string): string[] {
  const split = value.split('\n')
  if (split.at(-1) === '') split.pop()
  return split
}

function inWords(before: string, after: string): [Span[], Span[]] {
  if (before.length + after.length > MOST_FOR_WORDS) {
    return [[{ text: before, changed: true }], [{ text: after, changed: true }]]
  }
  const parts = diffWordsWithSpace(before, after)
  const side = (drop: 'added' | 'removed') =>
    parts
      .filter((part) => !part[drop])
      .map((part) => ({ text: part.value, changed: part.added || part.removed }))
  return [side('added'), side('removed')]
}

/** The two texts as rows; a removed line beside the one that took its place is one changed row. */
export function diffRows(before: string, after: string): DiffRow[] {
  const rows: DiffRow[] = []
  let [left, right] = [0, 0]
  let gone: string[] = []
  const flush = () => {
    for (const text of gone) {
      rows.push({
        kind: 'removed',
        before: { line: ++left, spans: [{ text, changed: true }] },
      })
    }
    gone = []
  }
  // A missing newline at the end of either text is no difference worth a row.
  const ended = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`)
  for (const part of diffLines(ended(before), ended(after))) {
    if (part.removed) {
      gone = lines(part.value)
      continue
    }
    for (const text of lines(part.value)) {
      const old = part.added ? gone.shift() : undefined
      if (!part.added) {
        flush()
        const spans = [{ text, changed: false }]
        rows.push({
          kind: 'same',
          before: { line: ++left, spans },
          after: { line: ++right, spans },
        })
      } else if (old !== undefined) {
        const [a, b] = inWords(old, text)
        rows.push({
          kind: 'changed',
          before: { line: ++left, spans: a },
          after: { line: ++right, spans: b },
        })
      } else {
        rows.push({ kind: 'added', after: { line: ++right, spans: [{ text, changed: true }] } })
      }
    }
  }
  flush()
  return rows
}

/** Folds long stretches without change, keeping `around` rows beside each change. */
export function foldRows(rows: readonly DiffRow[], around = 3): DiffPart[] {
  const near = rows.map((_, i) =>
    rows.slice(Math.max(0, i - around), i + around + 1).some((row) => row.kind !== 'same'),
  )
  const parts: DiffPart[] = []
  rows.forEach((row, i) => {
    const key = near[i] ? 'rows' : 'hidden'
    const last = parts.at(-1)
    if (last && key in last) (last as Record<string, DiffRow[]>)[key]!.push(row)
    else parts.push(near[i] ? { rows: [row] } : { hidden: [row] })
  })
  // A fold of a line or two would take the room of what it hides.
  return parts.map((part) =>
    'hidden' in part && part.hidden.length < FEWEST ? { rows: part.hidden } : part,
  )
}

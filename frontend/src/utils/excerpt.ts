/** A stretch of a text in UTF-16 units, half-open. */
export interface Slice {
  start: number
  end: number
}

/** How much of a long text is shown at first, and around each stretch that must be in sight. */
export const FIRST_UNITS = 20_000
const AROUND_UNITS = 400

/**
 * What is shown of a long text: its beginning and the surroundings of every
 * stretch that must be reachable, in order, none over another. A text that is
 * hardly longer than its beginning is shown whole.
 */
export function excerpt(text: string, wanted: readonly Slice[], first = FIRST_UNITS): Slice[] {
  if (text.length <= first * 1.5) return [{ start: 0, end: text.length }]
  const slices = [
    { start: 0, end: first },
    ...wanted.map(({ start, end }) => ({ start: start - AROUND_UNITS, end: end + AROUND_UNITS })),
  ]
    .map(({ start, end }) => ({ start: snap(text, start), end: snap(text, end) }))
    .sort((a, b) => a.start - b.start)
  const merged: Slice[] = []
  for (const slice of slices) {
    const last = merged.at(-1)
    if (last && slice.start <= last.end) last.end = Math.max(last.end, slice.end)
    else merged.push(slice)
  }
  return merged
}

/** Cuts a text into pieces of about `size` units that a browser can lay out one by one, at line ends where it can. */
export function pieces({ start, end }: Slice, text: string, size = FIRST_UNITS): Slice[] {
  const out: Slice[] = []
  for (let at = start; at < end;) {
    let cut = Math.min(end, at + size)
    if (cut < end) {
      const line = text.lastIndexOf('\n', cut)
      cut = line > at ? line + 1 : snap(text, cut)
    }
    out.push({ start: at, end: cut })
    at = cut
  }
  return out
}

/** The nearest word border before a place, never inside a pair of surrogates. */
function snap(text: string, place: number): number {
  if (place <= 0) return 0
  if (place >= text.length) return text.length
  for (let at = place; at > place - 40 && at > 0; at--) {
    if (/\s/.test(text[at - 1]!)) return at
  }
  const low = text.charCodeAt(place)
  return low >= 0xdc00 && low <= 0xdfff ? place - 1 : place
}

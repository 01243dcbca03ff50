import { utf16Places } from '@/utils/offsets'

/** A stretch of a text, half-open, with the key of what it belongs to. */
export interface Span {
  key: string
  start: number
  end: number
}

/** A piece of text between two borders; `keys` lists every span that covers it. */
export interface Segment {
  text: string
  start: number
  keys: string[]
}

/** Cuts a text at the borders of spans given in code points, as the API gives them. */
export function segmentText(text: string, spans: readonly Span[]): Segment[] {
  return segmentUnits(text, placeSpans(text, spans))
}

/** The same spans in UTF-16 units. */
export function placeSpans(text: string, spans: readonly Span[]): Span[] {
  const at = utf16Places(
    text,
    spans.flatMap((span) => [span.start, span.end]),
  )
  return spans.map(({ key, start, end }) => ({ key, start: at.get(start)!, end: at.get(end)! }))
}

/**
 * Cuts a text at the borders of spans given in UTF-16 units, so that
 * overlapping spans each stay whole: the pieces joined give the text back, and
 * a piece carries the keys of all spans over it. Empty and reversed spans are
 * left out. `from` and `to` cut out a part of the text.
 */
export function segmentUnits(
  text: string,
  spans: readonly Span[],
  from = 0,
  to = text.length,
): Segment[] {
  const placed = spans.filter((span) => span.end > span.start && span.start < to && span.end > from)
  const borders = new Set([from, to])
  for (const span of placed) {
    borders.add(Math.max(from, span.start)).add(Math.min(to, span.end))
  }
  const cuts = [...borders].sort((a, b) => a - b)
  const segments: Segment[] = []
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i]!, cuts[i + 1]!]
    const keys = placed.filter((s) => s.start <= start && s.end >= end).map((s) => s.key)
    segments.push({ text: text.slice(start, end), start, keys })
  }
  return segments
}

/** Where values occur in a text, longest first, none inside another; in UTF-16 units. */
export function findValues(
  text: string,
  values: readonly { key: string; value: string }[],
): Span[] {
  const found: Span[] = []
  const byLength = [...values].sort((a, b) => b.value.length - a.value.length)
  for (const { key, value } of byLength) {
    if (value.trim() === '') continue
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      const end = at + value.length
      if (!found.some((span) => at < span.end && span.start < end)) {
        found.push({ key, start: at, end })
      }
    }
  }
  return found
}

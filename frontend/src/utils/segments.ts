import { utf16Index } from '@/utils/offsets'

/** A stretch of a text in code points, half-open, with the key of what it belongs to. */
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

/**
 * Cuts a text at the borders of its spans, so that overlapping spans each stay
 * whole: the pieces joined give the text back, and a piece carries the keys of
 * all spans over it. Empty and reversed spans are left out.
 */
export function segmentText(text: string, spans: readonly Span[]): Segment[] {
  const at = utf16Index(text)
  const placed = spans
    .map((span) => ({ key: span.key, start: at(span.start), end: at(span.end) }))
    .filter((span) => span.end > span.start)
  const borders = new Set([0, text.length])
  for (const span of placed) borders.add(span.start).add(span.end)
  const cuts = [...borders].sort((a, b) => a - b)
  const segments: Segment[] = []
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i]!, cuts[i + 1]!]
    const keys = placed.filter((s) => s.start <= start && s.end >= end).map((s) => s.key)
    segments.push({ text: text.slice(start, end), start, keys })
  }
  return segments
}

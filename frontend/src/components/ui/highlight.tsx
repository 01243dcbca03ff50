import { useMemo } from 'react'

import { segmentText } from '@/utils/segments'

interface HighlightProps {
  text: string
  /** Half-open stretches in code points. */
  ranges?: readonly (readonly [number, number])[]
}

/** A text with what the search found marked in it. */
export function Highlight({ text, ranges }: HighlightProps) {
  const segments = useMemo(
    () =>
      segmentText(
        text,
        (ranges ?? []).map(([start, end], i) => ({ key: String(i), start, end })),
      ),
    [text, ranges],
  )
  if (!ranges?.length) return text
  return segments.map((segment) =>
    segment.keys.length > 0 ? (
      <mark
        key={segment.start}
        className="rounded-[2px] bg-part-urgency-soft text-ink outline-1 outline-part-urgency/40"
      >
        {segment.text}
      </mark>
    ) : (
      segment.text
    ),
  )
}

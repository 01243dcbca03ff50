import { useEffect, useMemo, useRef } from 'react'

import type { Claim } from '@/api/contract'
import { partLook } from '@/features/qualification/part-look'
import { useWords } from '@/features/qualification/use-words'
import { cn } from '@/utils/cn'
import { segmentText } from '@/utils/segments'

interface EvidenceTextProps {
  text: string
  /** The claims whose quotes stand in this text. */
  claims: readonly Claim[]
  /** The claim that is pointed at, here or in the list. */
  lit: string | null
  onLit: (key: string | null) => void
  /** Claims switched off: their quotes lose their colour. */
  off: ReadonlySet<string>
}

/** A lead's own words with the quotes of its claims marked in the colour of their part. */
export function EvidenceText({ text, claims, lit, onLit, off }: EvidenceTextProps) {
  const words = useWords()
  const box = useRef<HTMLSpanElement>(null)
  const byKey = useMemo(() => new Map(claims.map((claim) => [claim.key, claim])), [claims])
  const segments = useMemo(() => segmentText(text, claims), [text, claims])

  useEffect(() => {
    if (!lit) return
    const mark = box.current?.querySelector(`[data-claims~="${CSS.escape(lit)}"]`)
    mark?.scrollIntoView({ block: 'nearest' })
  }, [lit])

  return (
    <span ref={box} className="break-words whitespace-pre-wrap">
      {segments.map((segment) => {
        const on = segment.keys.filter((key) => !off.has(key)).map((key) => byKey.get(key)!)
        if (on.length === 0) return segment.text
        const first = on[0]!
        const isLit = lit !== null && segment.keys.includes(lit)
        return (
          <mark
            key={segment.start}
            data-claims={segment.keys.join(' ')}
            tabIndex={0}
            title={on.map((claim) => words.part(claim.part)).join(', ')}
            onMouseEnter={() => onLit(first.key)}
            onMouseLeave={() => onLit(null)}
            onFocus={() => onLit(first.key)}
            onBlur={() => onLit(null)}
            style={{ boxShadow: underlines(on) }}
            className={cn(
              'scroll-m-8 rounded-[2px] box-decoration-clone pt-px pb-[3px] text-ink transition-opacity duration-100',
              partLook(first.part).soft,
              lit !== null && !isLit && 'opacity-50',
              isLit && 'outline-2 outline-focus',
            )}
          >
            {segment.text}
          </mark>
        )
      })}
    </span>
  )
}

/** One line under the words for each part that quotes them. */
function underlines(claims: readonly Claim[]): string {
  const lines = [...new Set(claims.map((claim) => partLook(claim.part).line))]
  // Two lines at most: a third would run into the letters.
  return lines
    .slice(0, 2)
    .map((line, i) => `inset 0 ${-1.5 * (i + 1)}px ${line}`)
    .join(', ')
}

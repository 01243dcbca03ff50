import { type KeyboardEvent, memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { Claim } from '@/api/contract'
import { partLook } from '@/features/qualification/part-look'
import type { Evidence } from '@/features/qualification/use-evidence'
import { useWords } from '@/features/qualification/use-words'
import { cn } from '@/utils/cn'
import type { Slice } from '@/utils/excerpt'
import { formatNumber } from '@/utils/format'
import { type Segment, segmentUnits, type Span } from '@/utils/segments'

interface EvidencePieceProps {
  text: string
  slice: Slice
  spans: readonly Span[]
  evidence: Evidence
  /** The text is long: each piece is laid out by itself, when it comes into sight. */
  block: boolean
  quiet?: boolean
  /** How much is left out before this piece. */
  before: number
}

export function EvidencePiece(props: EvidencePieceProps) {
  const { text, slice, spans, evidence, block, quiet, before } = props
  const { t } = useTranslation()
  const segments = useMemo(
    () => segmentUnits(text, spans, slice.start, slice.end),
    [text, spans, slice],
  )
  const words = segments.map((segment) =>
    segment.keys.some((key) => !evidence.off.has(key)) ? (
      <Mark key={segment.start} segment={segment} evidence={evidence} quiet={quiet} />
    ) : (
      segment.text
    ),
  )
  if (!block) return words
  return (
    <>
      {before > 0 && (
        <span className="my-2 block text-xs text-ink-3">
          {t('score.gap', { count: before, n: formatNumber(before) })}
        </span>
      )}
      <span className="block [contain-intrinsic-size:auto_600px] [content-visibility:auto]">
        {words}
      </span>
    </>
  )
}

interface MarkProps {
  segment: Segment
  evidence: Evidence
  quiet?: boolean
}

/** Quoted words; where claims overlap, a press goes from one to the next. */
const Mark = memo(function Mark({ segment, evidence, quiet }: MarkProps) {
  const words = useWords()
  const { claims, lit, picked, off, onLit, onPick } = evidence
  const on = claims.filter((claim) => segment.keys.includes(claim.key) && !off.has(claim.key))
  // The narrowest claim is the one that these words say most of.
  const order = [...on].sort((a, b) => a.end - a.start - (b.end - b.start))
  const first = order.find((claim) => claim.key === lit) ?? order[0]!
  const isLit = lit !== null && segment.keys.includes(lit)
  const next = () => {
    const at = order.findIndex((claim) => claim.key === picked?.key)
    onPick(order[(at + 1) % order.length]!.key)
  }
  const press = {
    role: 'button',
    tabIndex: 0,
    onFocus: () => onLit(first.key),
    onBlur: () => onLit(null),
    onClick: next,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      next()
    },
  }
  return (
    <mark
      {...(quiet ? {} : press)}
      data-claims={segment.keys.join(' ')}
      title={[...new Set(on.map((claim) => words.claim(claim)))].join('\n')}
      onMouseEnter={() => onLit(first.key)}
      onMouseLeave={() => onLit(null)}
      style={{ boxShadow: underlines(order) }}
      className={cn(
        'cursor-pointer scroll-m-16 rounded-[2px] box-decoration-clone pt-px pb-[3px] text-ink transition-colors duration-100',
        // While one claim is lit, the others keep their line and give up their colour.
        (lit === null || isLit) && partLook(first.part).soft,
        lit !== null && !isLit && 'bg-transparent',
        isLit && 'outline-2 outline-focus',
      )}
    >
      {segment.text}
    </mark>
  )
})

/** One line under the words for each part that quotes them. */
function underlines(claims: readonly Claim[]): string {
  const lines = [...new Set(claims.map((claim) => partLook(claim.part).line))]
  // Two lines at most: a third would run into the letters.
  return lines
    .slice(0, 2)
    .map((line, i) => `inset 0 ${-1.5 * (i + 1)}px ${line}`)
    .join(', ')
}

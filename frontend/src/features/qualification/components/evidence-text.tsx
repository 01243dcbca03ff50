import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { placedClaims } from '@/features/qualification/claims'
import { EvidencePiece } from '@/features/qualification/components/evidence-piece'
import type { Evidence } from '@/features/qualification/use-evidence'
import { excerpt, pieces } from '@/utils/excerpt'
import { formatNumber } from '@/utils/format'

interface EvidenceTextProps {
  text: string
  /** The field of the lead that the text is. */
  field: string
  evidence: Evidence
  /** The text stands in a button of its own: its marks only light up. */
  quiet?: boolean
}

/**
 * A lead's own words with the quotes of its claims marked in the colour of
 * their part. Of a huge text the beginning and the surroundings of each quote
 * are shown, the rest when asked for.
 */
export function EvidenceText({ text, field, evidence, quiet }: EvidenceTextProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLSpanElement>(null)
  const [whole, setWhole] = useState(false)
  const { claims, picked } = evidence
  const spans = useMemo(() => placedClaims(text, claims, field), [text, field, claims])
  const slices = useMemo(
    () => (whole ? pieces({ start: 0, end: text.length }, text) : excerpt(text, spans)),
    [whole, text, spans],
  )

  useEffect(() => {
    if (!picked) return
    const mark = box.current?.querySelector(`[data-claims~="${CSS.escape(picked.key)}"]`)
    mark?.scrollIntoView({ block: 'center' })
  }, [picked])

  const long = slices.length > 1 || slices[0]?.end !== text.length
  return (
    <span ref={box} dir="auto" className="break-words whitespace-pre-wrap">
      {slices.map((slice, i) => (
        <EvidencePiece
          key={slice.start}
          text={text}
          slice={slice}
          spans={spans}
          evidence={evidence}
          block={long}
          quiet={quiet}
          before={whole ? 0 : slice.start - (slices[i - 1]?.end ?? 0)}
        />
      ))}
      {long && !whole && (
        <span className="mt-3 flex flex-wrap items-center gap-3 border-t border-line pt-3 text-xs text-ink-2">
          {t('score.partShown', { total: formatNumber(text.length) })}
          <Button size="sm" onClick={() => setWhole(true)}>
            {t('score.showAll')}
          </Button>
        </span>
      )}
    </span>
  )
}

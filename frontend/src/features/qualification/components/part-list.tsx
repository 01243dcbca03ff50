import { useTranslation } from 'react-i18next'

import type { BreakdownRow } from '@/api/contract'
import { byQuote, partOf } from '@/features/qualification/claims'
import { QuoteRow } from '@/features/qualification/components/quote-row'
import { partLook } from '@/features/qualification/part-look'
import { signedPoints, tidyPoints } from '@/features/qualification/points'
import type { Evidence } from '@/features/qualification/use-evidence'
import { useWords } from '@/features/qualification/use-words'
import { cn } from '@/utils/cn'

interface PartListProps {
  rows: readonly BreakdownRow[]
  before: readonly BreakdownRow[]
  evidence: Evidence
  onOff: (off: ReadonlySet<string>) => void
}

/** Each part with its points, its reason and the words that prove it. */
export function PartList({ rows, before, evidence, onOff }: PartListProps) {
  const { t } = useTranslation()
  const known = new Set(rows.map((row) => row.part))
  const others = evidence.claims.filter((claim) => !known.has(partOf(claim)))
  const list = (claims: Evidence['claims']) =>
    byQuote(claims).map((group) => (
      <QuoteRow key={group.claims[0]!.key} group={group} evidence={evidence} onOff={onOff} />
    ))
  return (
    <>
      {evidence.claims.length > 0 && (
        <p className="mt-3 text-xs text-ink-3">{t('score.markWrong')}</p>
      )}
      <ul className="mt-3 flex flex-col" aria-label={t('score.parts')}>
        {rows.map((row) => (
          <li key={row.part} className="border-t border-line py-2">
            <PartHead row={row} was={before.find((each) => each.part === row.part)} />
            <ul className="mt-1 flex flex-col">
              {list(evidence.claims.filter((claim) => partOf(claim) === row.part))}
            </ul>
          </li>
        ))}
        {others.length > 0 && (
          <li className="border-t border-line py-2">
            <ul>{list(others)}</ul>
          </li>
        )}
      </ul>
    </>
  )
}

function PartHead({ row, was }: { row: BreakdownRow; was: BreakdownRow | undefined }) {
  const { t } = useTranslation()
  const words = useWords()
  const moved = signedPoints(row.points - (was?.points ?? row.points))
  const level = row.part === 'disqualifier' ? words.disqualifier(row.level) : words.level(row.level)
  return (
    <div className="grid grid-cols-[10px_1fr_auto] items-baseline gap-x-2">
      <span aria-hidden className={cn('size-2.5 rounded-sm', partLook(row.part).solid)} />
      <span className="min-w-0 text-sm">
        <span className="font-medium">{words.part(row.part)}</span>
        <span className="text-ink-2">
          {' · '}
          {level}
          {row.part === 'specificity' && ' / 10'}
        </span>
      </span>
      <span className={cn('num text-sm', moved ? 'font-semibold' : 'text-ink-2')}>
        {moved && (
          <span className={moved.startsWith('+') ? 'text-good' : 'text-bad'}>{moved} </span>
        )}
        {row.max > 0
          ? t('score.points', { points: tidyPoints(row.points), max: tidyPoints(row.max) })
          : tidyPoints(row.points)}
      </span>
      {row.reason && row.part !== 'disqualifier' && (
        <span
          dir="auto"
          className="col-start-2 col-end-4 block text-xs text-ink-3 first-letter:uppercase"
        >
          {row.reason}
        </span>
      )}
    </div>
  )
}

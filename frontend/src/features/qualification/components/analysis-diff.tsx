import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { Analysis, Claim } from '@/api/contract'
import { compareAnalyses } from '@/features/qualification/compare'
import { partLook } from '@/features/qualification/part-look'
import { signedPoints, tidyPoints } from '@/features/qualification/points'
import { useWords } from '@/features/qualification/use-words'
import { cn } from '@/utils/cn'

/** What the second of two analyses says differently. */
export function AnalysisDiff({ before, after }: { before: Analysis; after: Analysis }) {
  const { t } = useTranslation()
  const words = useWords()
  const changes = useMemo(() => compareAnalyses(before, after), [before, after])
  const by = signedPoints(after.score - before.score)
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      <p className="text-sm font-medium">
        {by
          ? t('history.moved', { from: before.grade, to: after.grade, by })
          : t('history.same', { grade: after.grade })}
      </p>
      <table className="w-full text-sm">
        <thead>
          <tr className="text-start text-xs text-ink-3">
            <th className="py-1 text-start font-medium">{t('history.part')}</th>
            <th className="py-1 text-start font-medium">{t('history.before')}</th>
            <th className="py-1 text-start font-medium">{t('history.after')}</th>
            <th className="py-1 text-end font-medium">{t('history.points')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.parts.map((change) => {
            const signed = signedPoints(change.by)
            return (
              <tr key={change.part} className="border-t border-line align-baseline">
                <th scope="row" className="py-1.5 pe-2 text-start font-medium">
                  {words.part(change.part)}
                </th>
                <Cell level={change.before?.level} points={change.before?.points} />
                <Cell level={change.after?.level} points={change.after?.points} />
                <td
                  className={cn(
                    'num py-1.5 text-end',
                    !signed ? 'text-ink-3' : change.by > 0 ? 'text-good' : 'text-bad',
                  )}
                >
                  {signed || '='}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <ClaimChanges title={t('history.gained')} sign="+" claims={changes.gained} />
      <ClaimChanges title={t('history.lost')} sign="−" claims={changes.lost} />
      <p className="text-xs text-ink-3">{t('history.kept', { count: changes.kept })}</p>
    </div>
  )
}

function Cell({ level, points }: { level: string | undefined; points: number | undefined }) {
  const words = useWords()
  return (
    <td className="py-1.5 pe-2 text-ink-2">
      {level === undefined ? '–' : words.level(level)}
      {points !== undefined && <span className="num text-ink-3"> · {tidyPoints(points)}</span>}
    </td>
  )
}

interface ClaimChangesProps {
  title: string
  sign: string
  claims: readonly Claim[]
}

function ClaimChanges({ title, sign, claims }: ClaimChangesProps) {
  const words = useWords()
  if (claims.length === 0) return null
  return (
    <section>
      <h3 className="text-xs font-medium text-ink-2">
        {title} ({claims.length})
      </h3>
      <ul className="mt-1 flex flex-col gap-1">
        {claims.map((claim) => (
          <li key={claim.key} className="flex gap-2 text-sm">
            <span aria-hidden className={cn('num', sign === '+' ? 'text-good' : 'text-bad')}>
              {sign}
            </span>
            <span className="min-w-0">
              <span
                aria-hidden
                className={cn(
                  'me-1.5 inline-block size-2 rounded-full',
                  partLook(claim.part).solid,
                )}
              />
              {words.claim(claim)}
              <q dir="auto" className="block text-xs break-words text-ink-2">
                {claim.quote}
              </q>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

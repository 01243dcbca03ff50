import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { DuplicateBulkResponse } from '@/api/gen/types.gen'
import { SkeletonLines } from '@/components/ui/skeleton'
import { ScoreBadge } from '@/features/duplicates/components/score-words'
import { leadName } from '@/features/duplicates/field-words'
import { sampleQuery } from '@/features/duplicates/queries'
import { formatNumber } from '@/utils/format'

interface BulkSampleProps {
  min: number
  /** What the server says would be done; null while it is asked. */
  preview: DuplicateBulkResponse | null
}

/** How many pairs a verdict on many is about, and the first of them by name. */
export function BulkSample({ min, preview }: BulkSampleProps) {
  const { t } = useTranslation()
  const sample = useQuery(sampleQuery(min))
  if (!preview) return <SkeletonLines lines={4} />
  const items = sample.data?.items ?? []
  const more = preview.count - items.length
  return (
    <div className="rounded-md border border-line bg-sunken px-3 py-2.5 text-sm">
      <p className="num font-medium" aria-live="polite">
        {t('duplicate.bulk.will', { count: preview.count, n: formatNumber(preview.count) })}
      </p>
      {preview.skipped > 0 && (
        <p className="text-ink-2">
          {t('duplicate.bulk.skipped', {
            count: preview.skipped,
            n: formatNumber(preview.skipped),
          })}
        </p>
      )}
      {preview.left > 0 && (
        <p className="text-ink-2">
          {t('duplicate.bulk.left', { count: preview.left, n: formatNumber(preview.left) })}
        </p>
      )}
      {items.length > 0 && (
        <ul className="mt-2 flex flex-col gap-1">
          {items.map((pair) => (
            <li key={pair.id} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">
                <bdi>{leadName(pair.a, t)}</bdi>
                <span className="text-ink-3"> = </span>
                <bdi>{leadName(pair.b, t)}</bdi>
              </span>
              <ScoreBadge pair={pair} />
            </li>
          ))}
        </ul>
      )}
      {items.length > 0 && more > 0 && (
        <p className="mt-1 text-xs text-ink-3">
          {t('bulk.andMore', { count: more, n: formatNumber(more) })}
        </p>
      )}
    </div>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ProfileKind } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { SkeletonLines } from '@/components/ui/skeleton'
import { type Documents, previewQuery } from '@/features/profile/queries'
import { forPreview } from '@/features/profile/wizard/draft'
import { anyOf, type ErrorsOf, faultsOf } from '@/features/profile/wizard/faults'
import { PreviewRow } from '@/features/profile/wizard/preview-row'
import { STEPS } from '@/features/profile/wizard/steps'
import { useDebounced } from '@/hooks/use-debounced'

/** How leads would be graded with the answers so far. */
export function PreviewPanel({ texts }: { texts: Documents }) {
  const { t } = useTranslation()
  const settled = useDebounced(texts, 500)
  const asked = useMemo(() => forPreview(settled), [settled])
  const preview = useQuery({ ...previewQuery(asked, true), placeholderData: keepPreviousData })
  const waiting = preview.isPlaceholderData || settled !== texts
  const items = preview.data?.items ?? []
  const sorted = [...items].sort((a, b) => b.after.score - a.after.score)
  const qualified = items.filter(({ after }) => after.qualified).length
  return (
    <section aria-label={t('wizard.preview.title')} className="flex flex-col gap-3">
      <header>
        <h2 className="flex flex-wrap items-baseline gap-x-2 text-sm font-semibold">
          {t('wizard.preview.title')}
          <span role="status" className="num text-xs font-normal text-ink-3">
            {waiting && preview.data
              ? t('wizard.preview.updating')
              : items.length > 0 &&
                t('wizard.preview.qualified', { n: qualified, total: items.length })}
          </span>
        </h2>
        {items.length > 0 && (
          <p className="text-xs text-ink-3">
            {t(preview.data?.samples ? 'wizard.preview.samples' : 'wizard.preview.leads')}
          </p>
        )}
      </header>
      {preview.error ? (
        <ErrorState problem={toProblem(preview.error)} onRetry={() => void preview.refetch()} />
      ) : !preview.data ? (
        <SkeletonLines lines={8} />
      ) : preview.data.faults.length > 0 ? (
        <Missing errors={byKind(preview.data.faults)} />
      ) : (
        <ul className="flex flex-col" aria-busy={waiting}>
          {sorted.map((item, i) => (
            <PreviewRow
              key={item.lead.id || `${item.lead.name}${item.lead.company}${i}`}
              item={item}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

/** Which steps still lack what a preview needs. */
function Missing({ errors }: { errors: ErrorsOf }) {
  const { t } = useTranslation()
  const steps = STEPS.filter((step) => anyOf(faultsOf(step, errors)))
  return (
    <div className="rounded-md border border-dashed border-line-strong px-3 py-4 text-sm text-ink-2">
      <p>{t('wizard.preview.wait')}</p>
      <ul className="mt-1 list-inside list-disc">
        {steps.map((step) => (
          <li key={step}>
            <Link to={`/profile/wizard/${step}`} className="hover:underline">
              {t(`wizard.step.${step}`)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function byKind(faults: NonNullable<ErrorsOf[ProfileKind]>): ErrorsOf {
  const out: Partial<Record<ProfileKind, typeof faults>> = {}
  for (const fault of faults) {
    const kind = fault.file.replace(/\.yaml$/, '') as ProfileKind
    out[kind] = [...(out[kind] ?? []), fault]
  }
  return out
}

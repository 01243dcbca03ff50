import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { ButtonLink } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Outcome } from '@/features/imports/components/outcome'
import { Steps } from '@/features/imports/components/steps'
import { importQuery, isRunning } from '@/features/imports/queries'
import { formatNumber } from '@/utils/format'

/** One import: how far it is, then what came of it. */
export function ImportResult({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = useQuery(importQuery(id))
  if (query.error) {
    return <ErrorState problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
  }
  if (!query.data) return <SkeletonLines lines={6} />
  const item = query.data
  const seen = item.created + item.updated + item.unchanged + item.duplicate + item.rejected
  const running = isRunning(item)
  const title = running
    ? t('import.running')
    : item.status === 'failed'
      ? t('import.failed')
      : item.status === 'previewed'
        ? t('import.state.previewed')
        : t('import.finished')
  return (
    <div className="flex flex-col gap-4">
      <Steps at={running ? 2 : 4} />
      <Panel title={title} note={item.filename}>
        {running && (
          <div className="mb-4">
            <div
              role="progressbar"
              aria-label={t('import.running')}
              aria-valuenow={seen}
              aria-valuemax={item.rows_total}
              className="h-2 overflow-hidden rounded-full bg-line"
            >
              <div
                className="h-full bg-accent transition-[width] duration-150"
                style={{ width: `${(100 * seen) / Math.max(1, item.rows_total)}%` }}
              />
            </div>
            <p className="num mt-1 text-xs text-ink-2">
              {formatNumber(seen)} / {formatNumber(item.rows_total)}
            </p>
          </div>
        )}
        {item.error && <ErrorState problem={{ message: item.error }} className="mb-4" />}
        <Outcome item={item} />
        {item.status === 'finished' && (
          <div className="mt-4 flex justify-end">
            <ButtonLink to="/leads" variant="primary">
              {t('import.seeLeads')}
            </ButtonLink>
          </div>
        )}
      </Panel>
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import { firmMergesQuery, useUndoFirms } from '@/features/duplicates/company-queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

/** Which companies were merged, each to be undone; nothing where there was none. */
export function CompanyMerges({ nameOf }: { nameOf: (userId: string | null) => string }) {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const merges = useQuery({ ...firmMergesQuery, enabled: can('companies.merges') })
  const undo = useUndoFirms()
  if (merges.error && !merges.data) {
    return <ErrorState problem={toProblem(merges.error)} onRetry={() => merges.refetch()} />
  }
  if (!merges.data?.length) return null
  return (
    <Panel title={t('company.merges')} className="max-w-4xl">
      <ul className="-my-1 flex flex-col divide-y divide-line">
        {merges.data.map((merge) => (
          <li key={merge.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm">
            <div className="min-w-0 flex-1 basis-48">
              <p className="break-words">
                {t('duplicate.wentInto', { names: merge.from, into: merge.into })}
              </p>
              <p className="num text-xs text-ink-3">
                {merge.actor_id ? nameOf(merge.actor_id) : t('timeline.winnow')}
                {merge.automatic && `, ${t('duplicate.byItself')}`}
                {' · '}
                <Time iso={merge.created_at} />
                {' · '}
                {t('company.along', { count: merge.leads, n: formatNumber(merge.leads) })}
                {merge.state === 'undone' && (
                  <>
                    {' · '}
                    {t('duplicate.undoneBy', { name: nameOf(merge.undone_by) })}{' '}
                    <Time iso={merge.undone_at} />
                  </>
                )}
              </p>
            </div>
            {merge.state === 'done' && can('companies.undo') && (
              <Button
                size="sm"
                busy={undo.isPending && undo.variables === merge.id}
                disabled={undo.isPending}
                onClick={once(() => undo.mutateAsync(merge.id).catch(() => undefined))}
              >
                {t('duplicate.undoMerge')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

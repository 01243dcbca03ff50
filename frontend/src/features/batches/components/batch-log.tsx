import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { peopleQuery } from '@/api/people'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { batchLogQuery } from '@/features/batches/queries'
import { useCan } from '@/hooks/use-can'

/** What was done with a batch, and by whom. */
export function BatchLog({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const log = useQuery(batchLogQuery(id))
  const people = useQuery({ ...peopleQuery, enabled: can('users.list') })
  const nameOf = (actor: string | null) => {
    if (!actor) return t('batch.byItself')
    const person = people.data?.find((each) => each.id === actor)
    return person?.name || person?.email || t('batch.somebody')
  }
  return (
    <Panel title={t('batch.log')}>
      {log.error ? (
        <ErrorState problem={toProblem(log.error)} onRetry={() => void log.refetch()} />
      ) : !log.data ? (
        <SkeletonLines lines={3} />
      ) : (
        <ol className="flex max-h-60 flex-col overflow-y-auto">
          {log.data.items.map((event) => {
            const key = `event.${event.type.replaceAll('.', '_')}`
            return (
              <li key={event.seq} className="flex items-baseline gap-2.5 py-1 text-sm">
                <span>{i18n.exists(key) ? t(key as never) : event.type.replace(/[._]/g, ' ')}</span>
                <span dir="auto" className="min-w-0 truncate text-ink-2">
                  {nameOf(event.actor_id)}
                </span>
                <span className="ms-auto shrink-0 text-xs text-ink-3">
                  <Time iso={event.at} />
                </span>
              </li>
            )
          })}
        </ol>
      )}
    </Panel>
  )
}

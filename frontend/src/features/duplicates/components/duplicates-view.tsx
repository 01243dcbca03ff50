import { useTranslation } from 'react-i18next'

import type { User } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page'
import { BulkMerge } from '@/features/duplicates/components/bulk-merge'
import { EmptyQueue } from '@/features/duplicates/components/empty-queue'
import { KindTabs } from '@/features/duplicates/components/kind-tabs'
import { PairList } from '@/features/duplicates/components/pair-list'
import { PairView } from '@/features/duplicates/components/pair-view'
import { PolicyLine } from '@/features/duplicates/components/policy-line'
import { QueueFilters } from '@/features/duplicates/components/queue-filters'
import { PairSkeleton, QueueSkeleton } from '@/features/duplicates/components/skeletons'
import { SweepButton, SweepLine } from '@/features/duplicates/components/sweep-line'
import { VerdictBar } from '@/features/duplicates/components/verdict-bar'
import { leadName, type Say } from '@/features/duplicates/field-words'
import { following } from '@/features/duplicates/queue-state'
import { useQueue } from '@/features/duplicates/use-queue'
import { useQueueKeys } from '@/features/duplicates/use-queue-keys'
import type { Verdict } from '@/features/duplicates/use-verdicts'
import { useWish } from '@/features/duplicates/use-wish'
import { useCan } from '@/hooks/use-can'
import { formatNumber, formatTotal } from '@/utils/format'

interface DuplicatesViewProps {
  me?: User
  nameOf: (userId: string | null) => string
  say: Say
}

/** The queue of pairs that may be the same: one at a time, with the keys in reach of one hand. */
export function DuplicatesView({ me, nameOf, say }: DuplicatesViewProps) {
  const { t } = useTranslation()
  const can = useCan()
  const queue = useQueue()
  const { pair, items, filter } = queue
  const role = can('duplicates.judge') && !!me
  const own = (owner: string | null) => me?.role === 'admin' || owner === me?.id
  const mine = !!pair && own(pair.a.owner_id) && own(pair.b.owner_id)
  const decides = role && mine && pair.state !== 'merged' && !queue.over
  // Of two that are kept apart, the only verdict is to ask again.
  const merges = decides && pair.state !== 'different'
  const wish = useWish(
    pair,
    items.find(({ id }) => id === following(items, pair?.id ?? null)) ?? null,
    merges,
  )
  const judge = (verdict: Verdict) => {
    if (!pair || !decides) return false
    // First the next one: the verdict takes this one out of the list.
    queue.next()
    queue.judge(pair, verdict, wish.wish)
  }
  useQueueKeys({ queue, wish, decides: merges, judge })
  const at = items.findIndex((each) => each.id === pair?.id)
  const empty = !queue.loading && !queue.error && items.length === 0
  const total = formatTotal(queue.total, queue.capped)

  return (
    <>
      <PageHeader
        title={t('duplicate.many')}
        help="duplicates"
        note={queue.loading || queue.error ? undefined : total}
        tabs={<KindTabs kind="lead" />}
        actions={
          <>
            <SweepButton />
            {can('duplicates.bulk') && <BulkMerge disabled={queue.loading} />}
          </>
        }
      />
      <QueueFilters filter={filter} onChange={queue.setFilter}>
        <SweepLine />
      </QueueFilters>
      <PolicyLine say={say} nameOf={nameOf} />
      {queue.error && (
        <ErrorState
          problem={toProblem(queue.error)}
          onRetry={queue.retry}
          className="m-4 sm:mx-6"
        />
      )}
      {empty && !pair && <EmptyQueue filter={filter} onChange={queue.setFilter} />}
      {!queue.error && !(empty && !pair) && (
        <div className="flex min-h-0 flex-1">
          <aside className="flex w-72 shrink-0 flex-col border-e border-line max-lg:hidden">
            {queue.loading ? (
              <QueueSkeleton />
            ) : (
              <PairList
                items={items}
                chosen={pair?.id ?? null}
                onChoose={queue.choose}
                more={queue.more}
              />
            )}
          </aside>
          <section className="flex min-w-0 flex-1 flex-col" aria-label={t('duplicate.one')}>
            <VerdictBar
              pair={pair}
              decides={decides}
              onJudge={judge}
              onStep={queue.step}
              position={at < 0 ? '' : t('duplicate.position', { n: formatNumber(at + 1), total })}
            />
            <p className="sr-only" aria-live="polite">
              {pair && t('duplicate.atHand', { a: leadName(pair.a, t), b: leadName(pair.b, t) })}
            </p>
            <div key={pair?.id} className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
              {queue.pairError ? (
                <ErrorState problem={toProblem(queue.pairError)} className="m-4" />
              ) : pair ? (
                <PairView
                  pair={pair}
                  wish={wish}
                  say={say}
                  nameOf={nameOf}
                  decides={merges}
                  others={role && !mine}
                  over={queue.over}
                />
              ) : (
                <PairSkeleton />
              )}
            </div>
          </section>
        </div>
      )}
    </>
  )
}

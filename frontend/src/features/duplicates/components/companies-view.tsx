import { useInfiniteQuery } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { firmPairsQuery } from '@/features/duplicates/company-queries'
import { CompanyMerges } from '@/features/duplicates/components/company-merges'
import { CompanyPairCard } from '@/features/duplicates/components/company-pair-card'
import { KindTabs } from '@/features/duplicates/components/kind-tabs'
import { QueueSkeleton } from '@/features/duplicates/components/skeletons'
import { SweepButton } from '@/features/duplicates/components/sweep-line'
import { STATES } from '@/features/duplicates/queue-state'
import { formatTotal } from '@/utils/format'

interface CompaniesViewProps {
  nameOf: (userId: string | null) => string
}

/** Companies that may be the same: what speaks for it, and the verdict. */
export function CompaniesView({ nameOf }: CompaniesViewProps) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const state = STATES.find((each) => each === params.get('state')) ?? 'open'
  const list = useInfiniteQuery(firmPairsQuery(state))
  const head = list.data?.pages[0]
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <PageHeader
        title={t('duplicate.many')}
        help="duplicates"
        note={head ? formatTotal(head.total, head.total_capped) : undefined}
        tabs={<KindTabs kind="company" />}
        actions={<SweepButton />}
      />
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2 sm:px-6">
        <Segmented
          label={t('duplicate.which')}
          value={state}
          onChange={(next) =>
            setParams(next === 'open' ? { kind: 'company' } : { kind: 'company', state: next })
          }
          options={STATES.map((value) => ({ value, label: t(`duplicate.state.${value}`) }))}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4 sm:px-6">
        {list.isPending && <QueueSkeleton />}
        {list.error && !list.data && (
          <ErrorState problem={toProblem(list.error)} onRetry={() => list.refetch()} />
        )}
        {list.data && items.length === 0 && (
          <EmptyState
            icon={<Building2 />}
            title={t(`company.none.${state}`)}
            body={state === 'open' ? t('company.noneBody') : undefined}
            action={
              state === 'open' ? undefined : (
                <Button onClick={() => setParams({ kind: 'company' })}>
                  {t('duplicate.showOpen')}
                </Button>
              )
            }
          />
        )}
        <ul className="flex max-w-4xl flex-col gap-3" aria-label={t('company.queue')}>
          {items.map((pair) => (
            <CompanyPairCard key={pair.id} pair={pair} />
          ))}
        </ul>
        {list.hasNextPage && (
          <Button
            className="self-start"
            busy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        )}
        <CompanyMerges nameOf={nameOf} />
      </div>
    </>
  )
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { MergeRecord } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { Members } from '@/features/duplicates/components/merge-history'
import { automaticQuery } from '@/features/duplicates/policy-queries'
import { useCan } from '@/hooks/use-can'

interface AutomaticListProps {
  nameOf: (userId: string | null) => string
  onUndo: (merge: MergeRecord) => void
}

/** What was merged without a person's word, newest first, each to be undone. */
export function AutomaticList({ nameOf, onUndo }: AutomaticListProps) {
  const { t } = useTranslation()
  const can = useCan()
  const list = useInfiniteQuery({ ...automaticQuery, enabled: can('merges.list') })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('duplicate.policy.list')}>
      <h3 className="text-sm font-semibold">{t('duplicate.policy.list')}</h3>
      {list.isPending && <SkeletonLines lines={3} className="mt-2" />}
      {list.error && !list.data && (
        <ErrorState problem={toProblem(list.error)} onRetry={() => list.refetch()} />
      )}
      {list.data && items.length === 0 && (
        <p className="mt-1 text-sm text-ink-2">{t('duplicate.policy.none')}</p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {items.map((merge) => (
          <li key={merge.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm">
            <div className="min-w-0 flex-1 basis-48">
              <Members merge={merge} />
              <p className="text-xs text-ink-3">
                <Time iso={merge.created_at} />
                {' · '}
                <Link
                  to={
                    merge.state === 'done'
                      ? `/leads/${merge.into}`
                      : `/duplicates?state=different&pair=${merge.pair_id}`
                  }
                  className="text-accent-text hover:underline"
                >
                  {merge.state === 'done'
                    ? t('duplicate.policy.open')
                    : t('duplicate.policy.openPair')}
                </Link>
                {merge.state === 'undone' && (
                  <>
                    {' · '}
                    {t('duplicate.undoneBy', { name: nameOf(merge.undone_by) })}{' '}
                    <Time iso={merge.undone_at} />
                  </>
                )}
              </p>
            </div>
            {merge.state === 'done' && can('merges.undo') && (
              <Button size="sm" onClick={() => onUndo(merge)}>
                {t('duplicate.undoMerge')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          size="sm"
          className="mt-2"
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('common.more')}
        </Button>
      )}
    </section>
  )
}

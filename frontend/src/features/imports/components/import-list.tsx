import { useInfiniteQuery } from '@tanstack/react-query'
import { FileUp, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import type { Import } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button, ButtonLink } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { FateBar } from '@/features/imports/components/fate-bar'
import { importListQuery } from '@/features/imports/queries'
import { type ImportSort, IMPORT_SORTS, sortImports } from '@/features/imports/sort-imports'
import { useCan } from '@/hooks/use-can'
import { useDebounced } from '@/hooks/use-debounced'
import { formatNumber } from '@/utils/format'

const TONE: Record<string, Tone> = { finished: 'good', failed: 'bad', running: 'accent' }
const NONE: Import[] = []

/** Every file that was imported, with the fates of its rows. */
export function ImportList() {
  const { t } = useTranslation()
  const can = useCan()
  const [params, setParams] = useSearchParams()
  const q = params.get('q') ?? ''
  const sort = IMPORT_SORTS.find((each) => each === params.get('sort')) ?? 'newest'
  const imports = useInfiniteQuery(importListQuery(useDebounced(q.trim(), 200)))
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  const pages = imports.data?.pages
  const items = pages?.flatMap((page) => page.items) ?? NONE
  if (pages && items.length === 0 && !q) {
    return (
      <EmptyState
        icon={<FileUp />}
        title={t('import.none')}
        body={t('import.noneBody')}
        action={
          can('leads.import') && (
            <ButtonLink to="/imports/new" variant="primary">
              {t('import.new')}
            </ButtonLink>
          )
        }
      />
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <label className="relative min-w-48 flex-1 sm:max-w-80">
          <span className="sr-only">{t('import.find')}</span>
          <Search
            aria-hidden
            className="absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
          />
          <input
            type="search"
            value={q}
            onChange={(event) => set('q', event.target.value)}
            placeholder={t('import.find')}
            className="control ps-8"
          />
        </label>
        <Select<ImportSort>
          aria-label={t('import.sort')}
          className="w-44"
          value={sort}
          onChange={(next) => set('sort', next === 'newest' ? '' : next)}
          options={IMPORT_SORTS.map((value) => ({ value, label: t(`import.sorts.${value}`) }))}
        />
      </div>
      {imports.error && (
        <ErrorState problem={toProblem(imports.error)} onRetry={() => void imports.refetch()} />
      )}
      {!pages ? (
        !imports.error && <SkeletonLines lines={8} />
      ) : items.length === 0 ? (
        <p className="py-8 text-center text-sm text-ink-2">{t('import.noMatch', { q })}</p>
      ) : (
        <ul className="overflow-hidden rounded-lg border border-line bg-surface">
          {sortImports(items, sort).map((each) => (
            <ImportRow key={each.id} item={each} />
          ))}
        </ul>
      )}
      {imports.hasNextPage && (
        <div className="num flex items-center gap-3 text-sm text-ink-2">
          {t('import.shown', {
            n: formatNumber(items.length),
            total: formatNumber(pages?.[0]?.total ?? 0),
          })}
          <Button
            size="sm"
            busy={imports.isFetchingNextPage}
            onClick={() => void imports.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

function ImportRow({ item }: { item: Import }) {
  const { t } = useTranslation()
  return (
    <li className="border-b border-line [contain-intrinsic-size:auto_36px] [content-visibility:auto] last:border-b-0">
      <Link
        to={item.status === 'previewed' ? `/imports/new?import=${item.id}` : `/imports/${item.id}`}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-2.5 hover:bg-hover sm:h-9 sm:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_7rem_7rem_6.5rem_6.5rem] sm:py-0"
      >
        <span dir="auto" title={item.filename} className="truncate font-medium">
          {item.filename}
        </span>
        <span className="max-sm:order-last max-sm:col-span-2">
          <FateBar item={item} />
        </span>
        <span className="num text-ink-2 max-sm:order-last max-sm:text-xs sm:text-end">
          {t('import.rows', { count: item.rows_total, n: formatNumber(item.rows_total) })}
        </span>
        <span className="num hidden text-end text-ink-2 sm:block">
          {item.created > 0 && t('import.newCount', { n: formatNumber(item.created) })}
        </span>
        <span className="text-end">
          <Badge tone={TONE[item.status]}>{t(`import.state.${item.status}`)}</Badge>
        </span>
        <span className="text-end text-xs text-ink-3 max-sm:order-last">
          <Time iso={item.created_at} />
        </span>
      </Link>
    </li>
  )
}

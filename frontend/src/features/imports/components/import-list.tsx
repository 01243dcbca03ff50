import { useQuery } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Import } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge, type Tone } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { importListQuery } from '@/features/imports/queries'
import { useCan } from '@/hooks/use-can'
import { formatNumber } from '@/utils/format'

const TONE: Record<string, Tone> = { finished: 'good', failed: 'bad', running: 'accent' }

/** Every file that was imported, newest first. */
export function ImportList() {
  const { t } = useTranslation()
  const can = useCan()
  const imports = useQuery(importListQuery)
  if (imports.error) {
    return <ErrorState problem={toProblem(imports.error)} onRetry={() => void imports.refetch()} />
  }
  if (!imports.data) return <SkeletonLines lines={8} />
  if (imports.data.items.length === 0) {
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
    <ul className="overflow-hidden rounded-lg border border-line bg-surface">
      {imports.data.items.map((each) => (
        <ImportRow key={each.id} item={each} />
      ))}
    </ul>
  )
}

function ImportRow({ item }: { item: Import }) {
  const { t } = useTranslation()
  const parts = (['created', 'updated', 'unchanged', 'duplicate', 'rejected'] as const)
    .filter((key) => item[key] > 0)
    .map((key) => `${formatNumber(item[key])} ${t(`import.class.${key}`).toLowerCase()}`)
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        to={`/imports/${item.id}`}
        className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-0.5 px-4 py-2 hover:bg-hover sm:h-9 sm:grid-cols-[minmax(0,1.2fr)_minmax(0,2fr)_auto_110px] sm:py-0"
      >
        <span className="truncate font-medium">{item.filename}</span>
        <span className="num order-last col-span-2 truncate text-xs text-ink-2 sm:order-none sm:col-span-1">
          {parts.join(' · ') ||
            t('import.rows', { count: item.rows_total, n: formatNumber(item.rows_total) })}
        </span>
        <Badge tone={TONE[item.status]}>{t(`import.state.${item.status}`)}</Badge>
        <span className="hidden text-right text-xs text-ink-3 sm:block">
          <Time iso={item.created_at} />
        </span>
      </Link>
    </li>
  )
}

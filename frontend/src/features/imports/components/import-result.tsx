import { useQuery } from '@tanstack/react-query'
import { Download, Wrench } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Import } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { ButtonLink } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { FateRows } from '@/features/imports/components/fate-rows'
import { FateTiles } from '@/features/imports/components/fate-tiles'
import { ImportActs } from '@/features/imports/components/import-acts'
import { ImportProgress } from '@/features/imports/components/import-progress'
import { Steps } from '@/features/imports/components/steps'
import { Warnings } from '@/features/imports/components/warnings'
import { type Fate, seenRows } from '@/features/imports/fate'
import { importQuery, isRunning, rejectsHref } from '@/features/imports/queries'
import { useCan } from '@/hooks/use-can'
import { formatDuration, formatNumber } from '@/utils/format'

interface ImportResultProps {
  id: string
  /** Offered once the leads are there. */
  analyse: (filter: string) => ReactNode
}

/** One import: how far it is, then what came of it and what to do next. */
export function ImportResult({ id, analyse }: ImportResultProps) {
  const { t } = useTranslation()
  const query = useQuery(importQuery(id))
  const [open, setOpen] = useState<Fate | null>(null)
  if (!query.data) {
    return query.error ? (
      <ErrorState problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonLines lines={6} />
    )
  }
  const item = query.data
  const running = isRunning(item)
  const waiting = item.status === 'previewed'
  return (
    <div className="flex flex-col gap-4">
      <Steps at={running ? 3 : waiting ? 1 : 4} />
      {query.error && (
        <ErrorState problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
      )}
      <Panel title={t(titleOf(item))} note={<Took item={item} />}>
        {running && <ImportProgress item={item} />}
        {item.status === 'paused' && (
          <p role="status" className="num mb-3 text-sm">
            {t('import.pausedNote', {
              n: formatNumber(seenRows(item)),
              total: formatNumber(item.rows_total),
            })}
          </p>
        )}
        {item.error && <ErrorState problem={{ message: item.error }} className="mb-4" />}
        {waiting ? (
          <ButtonLink to={`/imports/new?import=${id}`} variant="primary">
            {t('import.goOn')}
          </ButtonLink>
        ) : (
          <>
            <FateTiles
              item={item}
              open={open}
              onOpen={(fate) => setOpen(fate === open ? null : fate)}
            />
            {open && <FateRows key={open} importId={id} fate={open} />}
            <Warnings item={item} />
            <UndoneNote item={item} />
            <div className="mt-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
              <ImportActs item={item} />
              {!running && <Next item={item} analyse={analyse} />}
            </div>
          </>
        )}
      </Panel>
    </div>
  )
}

function Next({ item, analyse }: { item: Import; analyse: ImportResultProps['analyse'] }) {
  const { t } = useTranslation()
  const can = useCan()
  const filter = `import = ${item.id}`
  const known = item.created + item.updated + item.unchanged
  return (
    <div className="ms-auto flex flex-wrap items-center justify-end gap-2">
      {item.rejected > 0 && (
        <span className="flex flex-wrap gap-2">
          <a
            href={rejectsHref(item.id)}
            download
            className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-accent-text hover:underline pointer-coarse:h-11"
          >
            <Download aria-hidden className="size-4" />
            {t('import.rejects')}
          </a>
          {can('leads.import') && (
            <ButtonLink to={`/imports/new?mend=${item.id}`} icon={<Wrench />}>
              {t('import.mend')}
            </ButtonLink>
          )}
        </span>
      )}
      {known > 0 && item.status !== 'undone' && analyse(filter)}
      {known > 0 && item.status !== 'undone' && (
        <ButtonLink to={`/leads?filter=${encodeURIComponent(filter)}`} variant="primary">
          {t('import.seeLeads')}
        </ButtonLink>
      )}
    </div>
  )
}

function Took({ item }: { item: Import }) {
  const { t } = useTranslation()
  if (!item.started_at || !item.finished_at) return <Time iso={item.created_at} />
  const seconds = (Date.parse(item.finished_at) - Date.parse(item.started_at)) / 1000
  return (
    <>
      <Time iso={item.finished_at} /> ·{' '}
      {seconds < 1 ? t('import.instant') : t('import.took', { time: formatDuration(seconds) })}
    </>
  )
}

function UndoneNote({ item }: { item: Import }) {
  const { t } = useTranslation()
  if (!item.undone_at) return null
  const words = [
    item.removed > 0 &&
      t('import.undoneRemoved', { count: item.removed, n: formatNumber(item.removed) }),
    item.put_back > 0 &&
      t('import.undonePutBack', { count: item.put_back, n: formatNumber(item.put_back) }),
    item.kept > 0 && t('import.undoneKept', { count: item.kept, n: formatNumber(item.kept) }),
  ].filter(Boolean)
  return (
    <p className="num mt-3 text-sm">
      {t('import.undoneWhen')} <Time iso={item.undone_at} />: {words.join(', ')}.
    </p>
  )
}

function titleOf(item: Import) {
  if (item.status === 'undoing') return 'import.undoing'
  if (item.status === 'undone') return 'import.undoneTitle'
  if (item.status === 'paused') return 'import.paused'
  if (isRunning(item)) return 'import.running'
  if (item.status === 'failed') return 'import.failed'
  return item.status === 'previewed' ? 'import.state.previewed' : 'import.finished'
}

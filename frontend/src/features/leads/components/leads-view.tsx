import { Inbox, Upload } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { LeadSelection, User } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { useRowSelection } from '@/components/data-table/use-row-selection'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Button, ButtonLink } from '@/components/ui/button'
import { lateLayer } from '@/components/ui/late'
import { BulkBar } from '@/features/leads/components/bulk-bar'
import { ExportMenu } from '@/features/leads/components/export-menu'
import { LeadFilters } from '@/features/leads/components/lead-filters'
import { LeadsHeader } from '@/features/leads/components/leads-header'
import { LeadsTable } from '@/features/leads/components/leads-table'
import { ListNewsPill } from '@/features/leads/components/list-news'
import { useLeadRows } from '@/features/leads/use-lead-rows'
import { useLeadView } from '@/features/leads/use-lead-view'
import { useMended } from '@/features/leads/use-mended'
import { useListSync, useVisibleIds } from '@/features/leads/use-list-sync'
import { isFiltered, type LeadMode, UNFILTERED, viewQuery } from '@/features/leads/view-state'
import { useCan } from '@/hooks/use-can'
import { useCommands } from '@/hooks/use-commands'
import { parseSort, type Sort } from '@/utils/sort'

const BulkActions = lateLayer(
  async () => (await import('@/features/leads/components/bulk-actions')).BulkActions,
)

const NEWEST = '-created_at'

interface LeadsViewProps {
  me?: User
  sources: string[]
  /** The saved views, which belong to another feature, and what can be done with a changed one. */
  tabs?: ReactNode
  manyTabs?: boolean
  viewActions?: ReactNode
  /** Offered when there is no lead at all. */
  samples: ReactNode
  /** The dialog that estimates and starts an analysis; it belongs to another feature. */
  analyse: (selection: LeadSelection | null, onClose: () => void) => ReactNode
  /** Merges the selected leads into one; it belongs to another feature. */
  merge?: (ids: readonly string[], onDone: () => void) => ReactNode
}

export function LeadsView(props: LeadsViewProps) {
  const { me, sources, tabs, manyTabs, viewActions, samples, analyse, merge } = props
  const { t } = useTranslation()
  const can = useCan()
  const [view, setView] = useLeadView()
  const asked = useMemo(() => viewQuery(view), [view])
  const { params, as: mended, heard } = useMended(asked)
  const rows = useLeadRows(params)
  const { head, ids } = rows
  useEffect(() => {
    if (head) heard(head.params, head.mended)
  })
  const { visible, setVisible } = useVisibleIds(ids)
  const { news, refresh } = useListSync(head, visible)
  const selection = useRowSelection(ids)
  const setSort = useCallback((sort: Sort[]) => setView({ sort }), [setView])
  const [analysing, setAnalysing] = useState<LeadSelection | null>(null)
  const total = head ? (head.capped ? head.total : rows.count) : 0
  const capped = head?.capped ?? false
  const chosen: LeadSelection = selection.everything
    ? { filter: params.filter, q: params.q }
    : { ids: [...selection.ids] }
  const empty = !!head && !rows.old && rows.count === 0
  const isGone = useCallback((id: string) => news.gone.has(id), [news.gone])

  // Where there was nothing, nothing can move under the pointer.
  const arrived = empty && news.fresh > 0
  useEffect(() => {
    if (arrived) void refresh()
  }, [arrived, refresh])
  // New leads are shown where they are: at the top of the newest. Back leads to the order before.
  const [round, setRound] = useState(0)
  const showNews = async () => {
    if (params.sort !== NEWEST) setView({ sort: parseSort(NEWEST) }, { push: true })
    await refresh()
    setRound((n) => n + 1)
  }
  const picked = selection.everything ? total : selection.ids.size
  const setMode = useCallback((mode: LeadMode) => setView({ mode }), [setView])
  const wanted = useRef<LeadSelection>(chosen)
  useEffect(() => {
    wanted.current = selection.count === 0 ? { filter: params.filter, q: params.q } : chosen
  })
  const analyseChosen = useCallback(() => setAnalysing(wanted.current), [])

  useCommands([
    ...(can('leads.batch_analyze') && rows.count > 0
      ? [
          {
            id: 'analyse',
            label: t('bulk.analyseN', { count: picked || total }),
            run: analyseChosen,
          },
        ]
      : []),
    ...(picked > 0 ? [{ id: 'clear', label: t('bulk.clear'), run: selection.clear }] : []),
  ])

  return (
    <>
      <LeadsHeader
        params={params}
        mode={view.mode}
        onMode={setMode}
        total={empty ? 0 : head ? total : null}
        capped={capped}
        tabs={tabs}
        manyTabs={manyTabs}
        onAnalyse={analyseChosen}
      />
      <div className="shrink-0 border-b border-line px-4 py-2 sm:px-6">
        <LeadFilters view={view} onChange={setView} sources={sources}>
          {viewActions}
        </LeadFilters>
      </div>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {rows.error && (
          <ErrorState problem={toProblem(rows.error)} onRetry={rows.retry} className="m-4" />
        )}
        {mended !== null && !empty && (
          <p role="status" className="border-b border-line px-4 py-2 text-sm text-ink-2 sm:px-6">
            {t('lead.mended', { typed: asked.q, mended })}
          </p>
        )}
        {empty && isFiltered(view) && (
          <EmptyState
            icon={<Inbox />}
            title={t('lead.noMatch')}
            body={t('lead.noMatchBody')}
            action={<Button onClick={() => setView(UNFILTERED)}>{t('filter.clear')}</Button>}
          />
        )}
        {empty && !isFiltered(view) && (
          <EmptyState
            icon={<Inbox />}
            title={t('lead.none')}
            body={t('lead.noneBody')}
            action={
              <>
                {can('leads.import') && (
                  <ButtonLink to="/imports/new" variant="primary" icon={<Upload />}>
                    {t('lead.importFile')}
                  </ButtonLink>
                )}
                {samples}
              </>
            }
          />
        )}
        {!empty && !(rows.error && !head) && (
          <LeadsTable
            rows={rows}
            mode={view.mode}
            me={me}
            sort={view.sort}
            onSort={setSort}
            selection={selection}
            onShow={setVisible}
            isGone={isGone}
            round={round}
          />
        )}
        {!empty && head && <ListNewsPill fresh={news.fresh} onShow={showNews} />}
        <BulkBar selection={selection} total={total} totalCapped={capped}>
          <BulkActions
            open={selection.count !== 0}
            me={me}
            selection={chosen}
            count={picked}
            onAnalyse={() => setAnalysing(chosen)}
            onDone={selection.clear}
            merging={selection.everything ? null : merge?.([...selection.ids], selection.clear)}
            exporting={
              <ExportMenu
                side="top"
                selection={chosen}
                sort={params.sort}
                count={picked}
                capped={selection.everything && capped}
              />
            }
          />
        </BulkBar>
      </div>
      {analyse(analysing, () => setAnalysing(null))}
    </>
  )
}

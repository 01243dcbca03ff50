import { Download, Inbox, LayoutGrid, Rows3, Sparkles, Trash2, Upload } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { LeadSelection, User } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { useRowSelection } from '@/components/data-table/use-row-selection'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page'
import { Button, ButtonLink, IconButton } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { Segmented } from '@/components/ui/segmented'
import { BulkActions } from '@/features/leads/components/bulk-actions'
import { BulkBar } from '@/features/leads/components/bulk-bar'
import { ColumnsMenu } from '@/features/leads/components/columns-menu'
import { DeleteLeadsDialog } from '@/features/leads/components/delete-leads-dialog'
import { LeadFilters } from '@/features/leads/components/lead-filters'
import { LeadsTable } from '@/features/leads/components/leads-table'
import { ListNewsPill } from '@/features/leads/components/list-news'
import { exportHref } from '@/features/leads/queries'
import { useLeadRows } from '@/features/leads/use-lead-rows'
import { useLeadView } from '@/features/leads/use-lead-view'
import { useListSync, useVisibleIds } from '@/features/leads/use-list-sync'
import { isFiltered, type LeadMode, UNFILTERED, viewQuery } from '@/features/leads/view-state'
import { useCan } from '@/hooks/use-can'
import { useCommands } from '@/hooks/use-commands'
import { formatTotal } from '@/utils/format'
import type { Sort } from '@/utils/sort'

interface LeadsViewProps {
  me?: User
  sources: string[]
  /** The saved views, which belong to another feature, and what can be done with a changed one. */
  tabs?: ReactNode
  viewActions?: ReactNode
  /** Offered when there is no lead at all. */
  samples: ReactNode
  /** The dialog that estimates and starts an analysis; it belongs to another feature. */
  analyse: (selection: LeadSelection | null, onClose: () => void) => ReactNode
}

export function LeadsView(props: LeadsViewProps) {
  const { me, sources, tabs, viewActions, samples, analyse } = props
  const { t } = useTranslation()
  const can = useCan()
  const [view, setView] = useLeadView()
  const params = useMemo(() => viewQuery(view), [view])
  const rows = useLeadRows(params)
  const { head, ids } = rows
  const { visible, setVisible } = useVisibleIds(ids)
  const { news, refresh } = useListSync(head, visible)
  const selection = useRowSelection(ids)
  const setSort = useCallback((sort: Sort[]) => setView({ sort }), [setView])
  const [analysing, setAnalysing] = useState<LeadSelection | null>(null)
  const [deleting, setDeleting] = useState(false)
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
  const picked = selection.everything ? total : selection.ids.size

  useCommands([
    ...(can('leads.batch_analyze') && rows.count > 0
      ? [
          {
            id: 'analyse',
            label: t('bulk.analyseN', { count: picked || total }),
            run: () => setAnalysing(picked === 0 ? { filter: params.filter, q: params.q } : chosen),
          },
        ]
      : []),
    ...(picked > 0 && can('leads.bulk')
      ? [
          {
            id: 'delete',
            label: t('bulk.deleteN', { count: picked }),
            run: () => setDeleting(true),
          },
        ]
      : []),
    ...(picked > 0 ? [{ id: 'clear', label: t('bulk.clear'), run: selection.clear }] : []),
  ])

  return (
    <>
      <PageHeader
        title={t('lead.many')}
        help="filters"
        note={head && formatTotal(total, capped)}
        tabs={tabs}
        actions={
          <>
            <span className="hidden items-center gap-2 sm:flex">
              <ModeSwitch mode={view.mode} onChange={(mode) => setView({ mode })} />
              {view.mode === 'table' && <ColumnsMenu />}
            </span>
            <ExportMenu params={params} disabled={empty} />
            {can('leads.import') && (
              <ButtonLink to="/imports/new" icon={<Upload />} iconOnPhone>
                {t('nav.import')}
              </ButtonLink>
            )}
            {can('leads.batch_analyze') && (
              <Button
                variant="primary"
                icon={<Sparkles />}
                disabled={empty || !head}
                onClick={() =>
                  setAnalysing(
                    selection.count === 0 ? { filter: params.filter, q: params.q } : chosen,
                  )
                }
              >
                {t('analyse.verb')}
              </Button>
            )}
          </>
        }
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
          />
        )}
        {!empty && head && <ListNewsPill fresh={news.fresh} onShow={refresh} />}
        <BulkBar selection={selection} loaded={ids.length} total={total} totalCapped={capped}>
          {can('leads.bulk') && <BulkActions selection={chosen} onDone={selection.clear} />}
          {can('leads.bulk') && (
            <IconButton label={t('lead.delete')} onClick={() => setDeleting(true)}>
              <Trash2 />
            </IconButton>
          )}
          {can('leads.batch_analyze') && (
            <Button variant="primary" icon={<Sparkles />} onClick={() => setAnalysing(chosen)}>
              {t('analyse.verb')}
            </Button>
          )}
        </BulkBar>
      </div>
      {analyse(analysing, () => setAnalysing(null))}
      <DeleteLeadsDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        onDone={selection.clear}
        count={selection.everything ? total : selection.ids.size}
        selection={chosen}
      />
    </>
  )
}

interface ModeSwitchProps {
  mode: LeadMode
  onChange: (mode: LeadMode) => void
}

function ModeSwitch({ mode, onChange }: ModeSwitchProps) {
  const { t } = useTranslation()
  return (
    <Segmented
      iconsOnly
      label={t('table.mode')}
      value={mode}
      onChange={onChange}
      options={[
        { value: 'table', label: t('table.modeTable'), icon: <Rows3 /> },
        { value: 'cards', label: t('table.modeCards'), icon: <LayoutGrid /> },
      ]}
    />
  )
}

interface ExportMenuProps {
  params: ReturnType<typeof viewQuery>
  disabled: boolean
}

function ExportMenu({ params, disabled }: ExportMenuProps) {
  const { t } = useTranslation()
  const download = (format: 'csv' | 'json' | 'xlsx') => {
    window.location.assign(exportHref(format, params))
  }
  return (
    <Menu
      trigger={
        <Button icon={<Download />} iconOnPhone disabled={disabled}>
          {t('export.verb')}
        </Button>
      }
    >
      <MenuItem onSelect={() => download('csv')}>{t('export.csv')}</MenuItem>
      <MenuItem onSelect={() => download('xlsx')}>{t('export.xlsx')}</MenuItem>
      <MenuItem onSelect={() => download('json')}>{t('export.json')}</MenuItem>
    </Menu>
  )
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { Columns3, Download, Inbox, Sparkles, Trash2, Upload } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { LeadSelection } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { useRowSelection } from '@/components/data-table/use-row-selection'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { PageHeader } from '@/components/layout/page'
import { Button, ButtonLink, IconButton } from '@/components/ui/button'
import { Menu, MenuCheckItem, MenuItem } from '@/components/ui/menu'
import { HIDDEN_AT_FIRST, leadColumns } from '@/features/leads/columns'
import { BulkActions } from '@/features/leads/components/bulk-actions'
import { BulkBar } from '@/features/leads/components/bulk-bar'
import { DeleteLeadsDialog } from '@/features/leads/components/delete-leads-dialog'
import { LeadFilters } from '@/features/leads/components/lead-filters'
import { LeadsTable } from '@/features/leads/components/leads-table'
import { exportHref, leadListQuery } from '@/features/leads/queries'
import { useLeadView } from '@/features/leads/use-lead-view'
import { isFiltered, UNFILTERED, viewQuery } from '@/features/leads/view-state'
import { useCan } from '@/hooks/use-can'
import { useCommands } from '@/hooks/use-commands'
import { useStored } from '@/hooks/use-stored'
import { formatTotal } from '@/utils/format'

interface LeadsViewProps {
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
  const { sources, tabs, viewActions, samples, analyse } = props
  const { t } = useTranslation()
  const can = useCan()
  const [view, setView] = useLeadView()
  const params = useMemo(() => viewQuery(view), [view])
  const list = useInfiniteQuery(leadListQuery(params))
  const leads = useMemo(() => list.data?.flatMap((page) => page.items) ?? [], [list.data])
  const ids = useMemo(() => leads.map((lead) => lead.id), [leads])
  const selection = useRowSelection(ids)
  const [analysing, setAnalysing] = useState<LeadSelection | null>(null)
  const [deleting, setDeleting] = useState(false)
  const [visibility, setVisibility] = useStored('winnow.leads.columns', HIDDEN_AT_FIRST)
  const first = list.data?.[0]
  const total = first?.total ?? 0
  const capped = first?.total_capped ?? false
  const chosen: LeadSelection = selection.everything
    ? { filter: params.filter, q: params.q }
    : { ids: [...selection.ids] }
  const empty = list.isSuccess && leads.length === 0
  const picked = selection.everything ? total : selection.ids.size

  useCommands([
    ...(can('leads.batch_analyze') && leads.length > 0
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
        note={first && formatTotal(total, capped)}
        tabs={tabs}
        actions={
          <>
            <ColumnsMenu visibility={visibility} onChange={setVisibility} />
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
                disabled={empty || !list.data}
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
        {list.error && (
          <ErrorState
            problem={toProblem(list.error)}
            onRetry={() => void list.refetch()}
            className="m-4"
          />
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
        {!empty && !(list.error && leads.length === 0) && (
          <LeadsTable
            leads={leads}
            total={total}
            loading={list.isPending || list.isFetchingNextPage}
            hasMore={list.hasNextPage}
            onMore={() => void list.fetchNextPage()}
            sort={view.sort}
            onSort={(sort) => setView({ sort })}
            selection={selection}
            visibility={visibility}
          />
        )}
        <BulkBar selection={selection} loaded={leads.length} total={total} totalCapped={capped}>
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

interface ColumnsMenuProps {
  visibility: Record<string, boolean>
  onChange: (visibility: Record<string, boolean>) => void
}

function ColumnsMenu({ visibility, onChange }: ColumnsMenuProps) {
  const { t } = useTranslation()
  return (
    <span className="hidden sm:block">
      <Menu
        trigger={
          <IconButton label={t('table.columns')} className="size-8">
            <Columns3 />
          </IconButton>
        }
      >
        {leadColumns(t)
          .filter((column) => column.id !== 'name')
          .map((column) => (
            <MenuCheckItem
              key={column.id}
              checked={visibility[column.id!] !== false}
              onCheckedChange={(on) => onChange({ ...visibility, [column.id!]: on })}
            >
              {column.meta?.title}
            </MenuCheckItem>
          ))}
      </Menu>
    </span>
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

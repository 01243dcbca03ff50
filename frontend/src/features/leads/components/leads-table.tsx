import type { VisibilityState } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Lead } from '@/api/contract'
import { DataTable } from '@/components/data-table/data-table'
import type { RowSelection } from '@/components/data-table/use-row-selection'
import { leadColumns, leadLabel } from '@/features/leads/columns'
import { LeadCard } from '@/features/leads/components/lead-card'
import { readLastLead } from '@/features/leads/place'
import { type Shortcut } from '@/hooks/shortcuts'
import { useShortcuts } from '@/hooks/use-shortcuts'
import { parseSort, type Sort, writeSort } from '@/utils/sort'

interface LeadsTableProps {
  leads: Lead[]
  total: number
  loading: boolean
  hasMore: boolean
  onMore: () => void
  sort: Sort[]
  onSort: (sort: Sort[]) => void
  selection: RowSelection
  visibility: VisibilityState
}

/** How the server sorts when nothing is asked for. */
const DEFAULT_SORT = parseSort('-score,-created_at')

/** Rows that Page up and Page down pass. */
const PAGE = 20

const rowId = (lead: Lead) => lead.id
const card = (lead: Lead) => <LeadCard lead={lead} />

export function LeadsTable(props: LeadsTableProps) {
  const { leads, selection } = props
  const { t } = useTranslation()
  const navigate = useNavigate()
  const columns = useMemo(() => leadColumns(t), [t])
  // Back from a lead, the list stands at that lead.
  const [active, setActive] = useState(() => {
    const last = readLastLead()
    return last === null ? -1 : leads.findIndex((lead) => lead.id === last)
  })
  const current = leads[active]
  const open = (lead: Lead) => void navigate(`/leads/${lead.id}`)

  const move = (by: number) => setActive((i) => Math.max(0, Math.min(i + by, leads.length - 1)))

  const key = (id: string, keys: Shortcut['keys'], label: string, run: () => void): Shortcut => ({
    id: `row-${id}`,
    keys,
    label,
    where: 'list',
    run,
  })
  useShortcuts([
    key('down', ['j', 'arrowdown'], t('shortcut.down'), () => move(1)),
    key('up', ['k', 'arrowup'], t('shortcut.up'), () => move(-1)),
    key('page-down', 'pagedown', t('shortcut.pageDown'), () => move(PAGE)),
    key('page-up', 'pageup', t('shortcut.pageUp'), () => move(-PAGE)),
    key('first', 'home', t('shortcut.first'), () => setActive(0)),
    key('last', 'end', t('shortcut.last'), () => setActive(leads.length - 1)),
    key('select', 'x', t('shortcut.select'), () => current && selection.toggle(current.id)),
    key(
      'range',
      'shift+x',
      t('shortcut.range'),
      () => current && selection.toggle(current.id, true),
    ),
    key('open', 'enter', t('shortcut.open'), () => current && open(current)),
    key('clear', 'escape', t('shortcut.clear'), () => selection.clear()),
  ])

  return (
    <DataTable
      label={t('lead.many')}
      columns={columns}
      rows={leads}
      rowId={rowId}
      rowLabel={(lead) => leadLabel(lead, t)}
      total={props.total}
      sort={props.sort.length > 0 ? props.sort : DEFAULT_SORT}
      onSort={(sort) => props.onSort(writeSort(sort) === writeSort(DEFAULT_SORT) ? [] : sort)}
      selection={selection}
      visibility={props.visibility}
      activeIndex={active}
      onOpen={open}
      loading={props.loading}
      hasMore={props.hasMore}
      onMore={props.onMore}
      card={card}
    />
  )
}

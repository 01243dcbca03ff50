import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Lead, User } from '@/api/contract'
import { peopleQuery } from '@/api/people'
import { CardGrid } from '@/components/data-table/card-grid'
import { DataGrid } from '@/components/data-table/data-grid'
import type { Place } from '@/components/data-table/grid-types'
import type { RowSelection } from '@/components/data-table/use-row-selection'
import { leadLabel } from '@/features/leads/lead-words'
import { LeadCard } from '@/features/leads/components/lead-card'
import { useNameOf } from '@/features/leads/one/use-name-of'
import { readLastLead } from '@/features/leads/place'
import { useInlineEdit } from '@/features/leads/use-inline-edit'
import type { LeadRows } from '@/features/leads/use-lead-rows'
import { useLeadColumns } from '@/features/leads/use-lead-columns'
import { useListKeys } from '@/features/leads/use-list-keys'
import type { LeadMode } from '@/features/leads/view-state'
import { useCan } from '@/hooks/use-can'
import { useMedia } from '@/hooks/use-media'
import { parseSort, type Sort, writeSort } from '@/utils/sort'

interface LeadsTableProps {
  rows: LeadRows
  mode: LeadMode
  me: User | undefined
  sort: readonly Sort[]
  onSort: (sort: Sort[]) => void
  selection: RowSelection
  /** Told which rows are drawn. */
  onShow: (first: number, last: number) => void
  isGone: (id: string) => boolean
  /** Goes up when the list was read anew at somebody's wish: it begins at its top. */
  round: number
}

/** How the server sorts when nothing is asked for. */
const STANDING = parseSort('-score,-created_at')
/** Rows that stand in for those that are being read for the first time. */
const PENDING = 24
const NOBODY: readonly User[] = []

export function LeadsTable(props: LeadsTableProps) {
  const { rows, selection, me, onSort, onShow } = props
  const { t } = useTranslation()
  const can = useCan()
  const navigate = useNavigate()
  const narrow = useMedia('(max-width: 640px)')
  const cards = narrow || props.mode === 'cards'
  const people = useQuery({ ...peopleQuery, enabled: can('users.list') })
  const known = useMemo(() => people.data ?? (me ? [me] : NOBODY), [people.data, me])
  const nameOf = useNameOf(known)
  const { columns, widths, acts } = useLeadColumns(nameOf)

  // Back from a lead, the list stands at that lead.
  const [active, setActive] = useState<Place | null>(() => {
    const row = rows.ids.indexOf(readLastLead() ?? '')
    return row < 0 ? null : { row, col: 1 }
  })
  const open = useCallback((lead: Lead) => void navigate(`/leads/${lead.id}`), [navigate])
  const { at, ids } = rows
  const { editing, dialog } = useInlineEdit({
    me,
    people: known,
    columns,
    before: 1,
    at,
    ids,
    onMove: setActive,
  })
  useListKeys({
    active,
    count: rows.count,
    setActive,
    selection,
    ids,
    open: (row) => {
      const lead = at(row)
      if (lead) open(lead)
    },
    edit: cards ? null : (place) => editing.begin(place, null),
  })
  const sort = useMemo(
    () => ({
      chosen: props.sort,
      standing: STANDING,
      onSort: (next: Sort[]) => onSort(writeSort(next) === writeSort(STANDING) ? [] : next),
    }),
    [props.sort, onSort],
  )
  const show = useCallback(
    (first: number, last: number) => {
      rows.show(first, last)
      onShow(first, last)
    },
    [rows.show, onShow], // eslint-disable-line react-hooks/exhaustive-deps -- the rest of rows changes with every page
  )
  const shared = {
    label: t('lead.many'),
    count: rows.head ? rows.count : PENDING,
    at,
    ids,
    rowLabel: (lead: Lead) => leadLabel(lead, t),
    selection,
    onOpen: open,
    onShow: show,
    isGone: props.isGone,
    busy: rows.old || !rows.head,
    list: rows.head && `${JSON.stringify(rows.head.params)} ${props.round}`,
  }
  return (
    <>
      {cards ? (
        <CardGrid
          {...shared}
          card={(lead) => <LeadCard lead={lead} nameOf={nameOf} />}
          active={active && Math.max(0, active.row)}
          onActive={(row) => setActive(row === null ? null : { row, col: 1 })}
        />
      ) : (
        <DataGrid
          {...shared}
          columns={columns}
          widths={widths}
          acts={acts}
          total={rows.head?.capped ? null : rows.count}
          sort={sort}
          active={active}
          onActive={setActive}
          editing={editing}
        />
      )}
      {dialog}
    </>
  )
}

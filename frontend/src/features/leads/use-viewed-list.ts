import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

import { type ColumnState, completeColumns } from '@/features/leads/column-list'
import { forgetLayout, showLayout, useColumnLayout } from '@/features/leads/use-column-layout'
import { useLeadView } from '@/features/leads/use-lead-view'
import { type LeadView, writeView } from '@/features/leads/view-state'
import { parseSort, writeSort } from '@/utils/sort'

interface Shown {
  q: string
  filter: string
  sort: string
  mode: LeadView['mode']
  columns: readonly ColumnState[]
}

const INITIAL: Shown = { q: '', filter: '', sort: '', mode: 'table', columns: completeColumns([]) }

function viewOf(id: string, { q, filter, sort, mode }: Omit<Shown, 'columns'>): LeadView {
  return { view: id, q, filter, sort: parseSort(sort), mode }
}

/** The leads list as saved views need it: what shows, and how to show something else. */
export function useViewedList() {
  const [params] = useSearchParams()
  const [view, setView] = useLeadView()
  const { columns } = useColumnLayout()
  const state = useMemo<Shown>(() => {
    const { q, filter, sort, mode } = view
    return { q, filter, sort: writeSort(sort), mode, columns }
  }, [view, columns])
  const show = useCallback(
    (id: string, to: Omit<Shown, 'columns'>, push: boolean) => setView(viewOf(id, to), { push }),
    [setView],
  )
  return {
    id: view.view,
    bare: [...params.keys()].every((key) => key === 'view'),
    state,
    initial: INITIAL,
    complete: completeColumns,
    hrefOf: (id: string, to: Omit<Shown, 'columns'>) =>
      `/leads?${writeView(viewOf(id, to)).toString()}`,
    show,
    arrange: showLayout,
    forget: forgetLayout,
  }
}

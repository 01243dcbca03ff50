import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { Lead } from '@/api/contract'
import type { ColumnActs, GridColumn } from '@/components/data-table/grid-types'
import { clampWidth, type LeadColumnId, moveColumn, stepColumn } from '@/features/leads/column-list'
import { leadColumns } from '@/features/leads/columns'
import { workspaceQuery } from '@/features/leads/one/queries'
import { useColumnLayout } from '@/features/leads/use-column-layout'

interface LeadColumns {
  /** Those that show, in order; the same object while neither order nor content changes. */
  columns: readonly GridColumn<Lead>[]
  widths: Readonly<Record<string, number>>
  acts: ColumnActs
}

/** The columns of the leads table as they are arranged. */
export function useLeadColumns(nameOf: (userId: string | null) => string): LeadColumns {
  const { t } = useTranslation()
  const { columns: layout, setColumns } = useColumnLayout()
  const shown = layout.filter((each) => !each.hidden)
  const order = shown.map(({ id }) => id).join()
  const money = shown.some(({ id }) => id === 'value')
  const currency = useQuery({ ...workspaceQuery, enabled: money }).data?.currency
  const columns = useMemo(() => {
    const all = leadColumns({ t, nameOf, currency })
    return order.split(',').map((id) => ({ id, ...all[id as LeadColumnId] }))
  }, [t, nameOf, currency, order])
  const widths = useMemo(
    () => Object.fromEntries(layout.map(({ id, width }) => [id, width])),
    [layout],
  )
  const acts = useMemo((): ColumnActs => {
    const change = (id: string, by: Partial<{ width: number; hidden: boolean }>) =>
      setColumns(layout.map((each) => (each.id === id ? { ...each, ...by } : each)))
    return {
      resize: (id, width) => change(id, { width: clampWidth(width) }),
      hide: (id) => change(id, { hidden: true }),
      move: (id, target, side) => setColumns(moveColumn(layout, id, target, side)),
      step: (id, by) => setColumns(stepColumn(layout, id, by)),
    }
  }, [layout, setColumns])
  return { columns, widths, acts }
}

import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { toast } from '@/components/feedback/toast'
import { viewsQuery } from '@/features/views/queries'
import {
  changedParts,
  inOrder,
  type SavedView,
  type ViewColumn,
  type ViewPart,
  type ViewState,
} from '@/features/views/view-state'

/** The list that views are of, as far as views need it. */
export interface ViewedList {
  /** The view that the address names; empty for all. */
  id: string
  /** The address names the view and nothing else. */
  bare: boolean
  state: ViewState
  /** How the list came, and so how "all" looks. */
  initial: ViewState
  /** Columns as the list would arrange them. */
  complete: (columns: readonly ViewColumn[]) => readonly ViewColumn[]
  hrefOf: (id: string, state: ViewState) => string
  /** Puts a view into the address; `push` makes it a step of its own for the back button. */
  show: (id: string, state: ViewState, push: boolean) => void
  /** Turns to the columns of a view. */
  arrange: (id: string, columns: readonly ViewColumn[]) => void
  /** Forgets what this browser changed of a view's columns. */
  forget: (id: string) => void
}

export interface SavedViews {
  list: ViewedList
  views: readonly SavedView[]
  active: SavedView | null
  /** The view, or all, as it was before it was changed here. */
  base: ViewState
  changed: readonly ViewPart[]
}

/** The saved views of a list, which of them shows, and what was changed of it. */
export function useSavedViews(list: ViewedList): SavedViews {
  const { t } = useTranslation()
  const query = useQuery(viewsQuery)
  const { complete } = list
  const views = useMemo(
    () => inOrder(query.data ?? []).map((view) => ({ ...view, columns: complete(view.columns) })),
    [query.data, complete],
  )
  const active = views.find((each) => each.id === list.id) ?? null
  const base = active ?? list.initial
  const latest = useRef(list)
  useLayoutEffect(() => {
    latest.current = list
  })

  useLayoutEffect(() => {
    latest.current.arrange(active?.id ?? '', active?.columns ?? [])
  }, [active])

  // An address that only names a view becomes that of what the view shows.
  useEffect(() => {
    const { id, bare, initial, state, show } = latest.current
    if (!id || !query.isSuccess) return
    if (active && bare) show(id, active, false)
    if (active || query.isFetching) return
    // Of a view that is gone, or private, the link still shows the rows.
    show('', bare ? initial : state, false)
    toast({ title: t('view.gone') })
  }, [active, list.id, list.bare, query.isSuccess, query.isFetching, t])

  // Somebody changed the view that shows here as it was saved: follow.
  const seen = useRef<SavedView | null>(null)
  useEffect(() => {
    const before = seen.current
    seen.current = active
    if (!active || before?.id !== active.id || before.version === active.version) return
    const { id, state, show } = latest.current
    const own = changedParts(state, before).filter((part) => part !== 'columns')
    if (own.length === 0) show(id, active, false)
  }, [active])

  const all = active === null
  const changed = useMemo(
    () => changedParts(list.state, base).filter((part) => !(all && part === 'columns')),
    [list.state, base, all],
  )
  return { list, views, active, base, changed: list.bare && list.id ? NONE : changed }
}

const NONE: readonly ViewPart[] = []

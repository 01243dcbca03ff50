import { readChips, writeChips } from '@/components/filter-builder/chips'
import { FilterFault } from '@/components/filter-builder/lex'

export interface ViewColumn {
  id: string
  width: number
  hidden: boolean
}

/** What a view is about, beside its name: what stands in the address, and the columns. */
export interface ViewState {
  q: string
  filter: string
  sort: string
  mode: 'table' | 'cards'
  columns: readonly ViewColumn[]
}

export interface SavedView extends ViewState {
  id: string
  name: string
  shared: boolean
  mine: boolean
  position: number
  version: number
}

/** What of a view differs from another; nothing when they show the same. */
export type ViewPart = 'q' | 'filter' | 'sort' | 'mode' | 'columns'

export function changedParts(a: ViewState, b: ViewState): ViewPart[] {
  const differs: Record<ViewPart, boolean> = {
    q: a.q.trim() !== b.q.trim(),
    filter: plainFilter(a.filter) !== plainFilter(b.filter),
    sort: a.sort !== b.sort,
    mode: a.mode !== b.mode,
    columns: columnText(a.columns) !== columnText(b.columns),
  }
  return (Object.keys(differs) as ViewPart[]).filter((part) => differs[part])
}

/** Two ways to write one filter read the same; what cannot be read stays as it is. */
function plainFilter(text: string): string {
  const chips = readChips(text)
  return chips instanceof FilterFault ? text.trim() : writeChips(chips)
}

/** Where hidden columns stand, and how wide they were, nobody sees. */
function columnText(columns: readonly ViewColumn[]): string {
  return columns
    .filter((each) => !each.hidden)
    .map(({ id, width }) => `${id} ${width}`)
    .join('\n')
}

/** One's own views by position, then those that others share. */
export function inOrder(views: readonly SavedView[]): SavedView[] {
  const by = (a: SavedView, b: SavedView) =>
    a.position - b.position || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)
  return [
    ...views.filter((each) => each.mine).sort(by),
    ...views.filter((each) => !each.mine).sort(by),
  ]
}

/**
 * The views whose position changes when one of them goes to the place of
 * another, with their new positions; only one's own can be moved.
 */
export function moved(views: readonly SavedView[], id: string, to: number): SavedView[] {
  const mine = inOrder(views).filter((each) => each.mine)
  const from = mine.findIndex((each) => each.id === id)
  const target = Math.min(Math.max(to, 0), mine.length - 1)
  if (from < 0 || from === target) return []
  const order = [...mine]
  order.splice(target, 0, ...order.splice(from, 1))
  return order
    .map((view, position) => ({ ...view, position }))
    .filter((view) => mine.find((each) => each.id === view.id)!.position !== view.position)
}

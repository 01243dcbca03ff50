import { type Clause, buildFilter } from '@/utils/filter'
import { parseSort, type Sort, writeSort } from '@/utils/sort'

/** What the leads list shows, as it stands in the address. */
export interface LeadView {
  /** The saved view it began from; empty for all leads. */
  view: string
  q: string
  /** In the grammar that the API, exports and saved views share. */
  filter: string
  sort: Sort[]
  /** Rows or cards; on narrow screens cards show either way. */
  mode: LeadMode
}

export type LeadMode = 'table' | 'cards'

/** Links may name values of these fields on their own, such as ?grade=A&grade=B. */
const LISTS = ['grade', 'status', 'source'] as const

export function readView(params: URLSearchParams): LeadView {
  const clauses: Clause[] = LISTS.map((field) => ({
    field,
    op: 'in',
    values: [...new Set(params.getAll(field))].filter((value) => value !== ''),
  }))
  const lists = buildFilter(clauses)
  const written = params.get('filter') ?? ''
  return {
    view: params.get('view') ?? '',
    q: params.get('q') ?? '',
    filter: lists && written ? `${lists} and (${written})` : lists || written,
    sort: parseSort(params.get('sort') ?? ''),
    mode: params.get('mode') === 'cards' ? 'cards' : 'table',
  }
}

/**
 * Writes a view into an address; what is at its default is left out. Beside a
 * saved view the filter always stands, so that one taken away is not read as
 * "as it was saved".
 */
export function writeView(view: LeadView): URLSearchParams {
  const params = new URLSearchParams()
  if (view.view) params.set('view', view.view)
  if (view.q) params.set('q', view.q)
  if (view.filter || view.view) params.set('filter', view.filter)
  if (view.sort.length > 0) params.set('sort', writeSort(view.sort))
  if (view.mode !== 'table') params.set('mode', view.mode)
  return params
}

/** The view as the API's parameters. */
export function viewQuery(view: LeadView): { q?: string; filter?: string; sort?: string } {
  return {
    q: view.q || undefined,
    filter: view.filter || undefined,
    sort: view.sort.length > 0 ? writeSort(view.sort) : undefined,
  }
}

export function isFiltered(view: LeadView): boolean {
  return !!(view.q || view.filter)
}

/** A view without its search and filter. */
export const UNFILTERED = { q: '', filter: '' } as const

import { type Clause, buildFilter } from '@/utils/filter'
import { parseSort, type Sort, writeSort } from '@/utils/sort'

/** What the leads list shows, as it stands in the address. */
export interface LeadView {
  q: string
  grade: string[]
  status: string[]
  source: string[]
  /** Further conditions, written in the grammar by hand. */
  filter: string
  sort: Sort[]
}

const LISTS = ['grade', 'status', 'source'] as const
export type ChipField = (typeof LISTS)[number]

export function readView(params: URLSearchParams): LeadView {
  const list = (name: string) => [...new Set(params.getAll(name))].filter((value) => value !== '')
  return {
    q: params.get('q') ?? '',
    grade: list('grade'),
    status: list('status'),
    source: list('source'),
    filter: params.get('filter') ?? '',
    sort: parseSort(params.get('sort') ?? ''),
  }
}

/** Writes a view into an address; what is at its default is left out. */
export function writeView(view: LeadView): URLSearchParams {
  const params = new URLSearchParams()
  if (view.q) params.set('q', view.q)
  for (const name of LISTS) for (const value of view[name]) params.append(name, value)
  if (view.filter) params.set('filter', view.filter)
  if (view.sort.length > 0) params.set('sort', writeSort(view.sort))
  return params
}

/** The view as the API's parameters; the chips become one filter expression. */
export function viewQuery(view: LeadView): { q?: string; filter?: string; sort?: string } {
  const clauses: Clause[] = LISTS.map((field) => ({ field, op: 'in', values: view[field] }))
  const chips = buildFilter(clauses)
  const filter =
    view.filter && chips ? `${chips} and (${view.filter})` : chips || view.filter || undefined
  return {
    q: view.q || undefined,
    filter,
    sort: view.sort.length > 0 ? writeSort(view.sort) : undefined,
  }
}

export function isFiltered(view: LeadView): boolean {
  return !!(view.q || view.filter || view.grade.length || view.status.length || view.source.length)
}

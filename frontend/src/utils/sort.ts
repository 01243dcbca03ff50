export interface Sort {
  field: string
  desc: boolean
}

/** Reads "-score,created_at". */
export function parseSort(text: string): Sort[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => /^-?[a-z_.]+$/.test(part))
    .map((part) => ({ field: part.replace(/^-/, ''), desc: part.startsWith('-') }))
}

export function writeSort(sort: readonly Sort[]): string {
  return sort.map(({ field, desc }) => (desc ? '-' : '') + field).join(',')
}

export function sortOf(sort: readonly Sort[], field: string): 'asc' | 'desc' | null {
  const found = sort.find((each) => each.field === field)
  return found ? (found.desc ? 'desc' : 'asc') : null
}

/** Walks a field through descending, ascending and off; `add` keeps the other fields. */
export function toggleSort(sort: readonly Sort[], field: string, add: boolean): Sort[] {
  const others = add ? sort.filter((each) => each.field !== field) : []
  const now = sortOf(sort, field)
  if (now === null) return [...others, { field, desc: true }]
  if (now === 'desc') return [...others, { field, desc: false }]
  return others
}

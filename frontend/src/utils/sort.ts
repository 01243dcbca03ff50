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

/**
 * Walks a field through one direction, the other and off, in place; `add` keeps
 * the other fields. Numbers begin with the highest, letters with A.
 */
export function toggleSort(
  sort: readonly Sort[],
  field: string,
  add: boolean,
  first: 'asc' | 'desc' = 'desc',
): Sort[] {
  const kept = add ? sort : sort.filter((each) => each.field === field)
  const now = sortOf(kept, field)
  if (now === null) return [...kept, { field, desc: first === 'desc' }]
  if (now !== first) return kept.filter((each) => each.field !== field)
  return kept.map((each) => (each.field === field ? { field, desc: !each.desc } : each))
}

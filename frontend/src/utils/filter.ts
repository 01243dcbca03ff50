/** One condition of the filter grammar that the API, exports and segments share. */
export interface Clause {
  field: string
  op: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'has' | 'contains' | 'empty'
  values: string[]
}

const BARE = /^[A-Za-z0-9_+][A-Za-z0-9_+.:-]*$/
const RELATIVE = /^-\d+[hdwmy]$/
const WORDS = new Set(['and', 'or', 'not', 'in', 'has', 'contains', 'empty', 'true', 'false'])

/** Writes a value so that the grammar reads it as one value, whatever it holds. */
export function quoteValue(value: string): string {
  if (RELATIVE.test(value)) return value
  if (BARE.test(value) && !WORDS.has(value.toLowerCase())) return value
  return `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`
}

/** Joins clauses with `and`; clauses that need values and have none are left out. */
export function buildFilter(clauses: readonly Clause[]): string {
  return clauses.map(writeClause).filter(Boolean).join(' and ')
}

function writeClause({ field, op, values }: Clause): string {
  if (op === 'empty') return `${field} empty`
  const [first] = values
  if (first === undefined) return ''
  if (op !== 'in') return `${field} ${op} ${quoteValue(first)}`
  if (values.length === 1) return `${field} = ${quoteValue(first)}`
  return `${field} in (${values.map(quoteValue).join(',')})`
}

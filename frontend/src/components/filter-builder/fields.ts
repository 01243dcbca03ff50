/** The allow-list of the filter grammar: the names people write and how their values are read. */
export type FilterKind =
  | 'text'
  | 'code'
  | 'grade'
  | 'status'
  | 'int'
  | 'money'
  | 'time'
  | 'id'
  | 'of'
  | 'word'
  | 'tags'
  | 'custom'

export type FilterOp = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'has' | 'contains' | 'empty'

export const FILTER_OPS: readonly FilterOp[] = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'has',
  'contains',
  'empty',
]

const ORDERED: readonly FilterOp[] = ['=', '!=', '<', '<=', '>', '>=']
const WORDS: readonly FilterOp[] = ['=', '!=', 'in', 'contains', 'empty']

/** What can be asked of a field of this kind. */
export const OPS_OF: Record<FilterKind, readonly FilterOp[]> = {
  text: WORDS,
  code: WORDS,
  status: ['=', '!=', 'in'],
  grade: [...ORDERED, 'in', 'empty'],
  int: [...ORDERED, 'in', 'empty'],
  money: [...ORDERED, 'in', 'empty'],
  time: [...ORDERED, 'empty'],
  id: ['=', '!=', 'in', 'empty'],
  of: ['=', '!=', 'in'],
  word: ['=', '!=', 'in', 'empty'],
  tags: ['has', 'empty'],
  custom: [...ORDERED, 'in', 'contains', 'empty'],
}

const KINDS: Record<string, FilterKind> = {
  id: 'id',
  name: 'text',
  title: 'text',
  company: 'text',
  company_id: 'id',
  email: 'text',
  phone: 'text',
  linkedin_url: 'text',
  url: 'text',
  source: 'code',
  source_id: 'text',
  content: 'text',
  industry: 'text',
  location: 'text',
  country: 'text',
  timezone: 'text',
  company_size: 'text',
  language: 'code',
  status: 'status',
  grade: 'grade',
  score: 'int',
  pain: 'code',
  top_pain: 'code',
  owner: 'id',
  owner_id: 'id',
  value: 'money',
  tags: 'tags',
  posted_at: 'time',
  analyzed_at: 'time',
  last_activity_at: 'time',
  created_at: 'time',
  updated_at: 'time',
  import: 'of',
  batch: 'of',
  archived_at: 'time',
  drafted: 'time',
  twins: 'word',
  mail_domain: 'word',
}

/** The values of the fields that have only a few. */
const WORDS_OF: Record<string, readonly string[]> = {
  twins: ['open', 'skipped', 'different', 'merged'],
  mail_domain: ['takes', 'none', 'unknown'],
}

export function wordsOf(field: string): readonly string[] {
  return WORDS_OF[field.toLowerCase()] ?? []
}

const CUSTOM = 'custom.'

/** The kind of a field, in whatever letters it is written; null when there is no such field. */
export function kindOf(field: string): FilterKind | null {
  if (field.toLowerCase().startsWith(CUSTOM)) {
    const bytes = new TextEncoder().encode(field.slice(CUSTOM.length)).length
    return bytes > 0 && bytes <= 100 ? 'custom' : null
  }
  return Object.hasOwn(KINDS, field.toLowerCase()) ? KINDS[field.toLowerCase()]! : null
}

import type { Test } from '@/components/filter-builder/chips'
import { type FilterKind, type FilterOp, kindOf, OPS_OF } from '@/components/filter-builder/fields'
import { valueFits } from '@/components/filter-builder/values'

/** How people say a comparison: "=" and "in" are both "is". */
export type Mode =
  | 'is'
  | 'isnt'
  | 'contains'
  | 'lacks'
  | 'has'
  | 'hasnt'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'not_lt'
  | 'not_le'
  | 'not_gt'
  | 'not_ge'
  | 'empty'
  | 'filled'

const PLAIN: Record<FilterOp, readonly [plain: Mode, negated: Mode]> = {
  '=': ['is', 'isnt'],
  in: ['is', 'isnt'],
  '!=': ['isnt', 'is'],
  contains: ['contains', 'lacks'],
  has: ['has', 'hasnt'],
  '<': ['lt', 'not_lt'],
  '<=': ['le', 'not_le'],
  '>': ['gt', 'not_gt'],
  '>=': ['ge', 'not_ge'],
  empty: ['empty', 'filled'],
}

const ORDERED: readonly Mode[] = ['is', 'isnt', 'ge', 'gt', 'le', 'lt']

/** What is offered for a field of this kind, the usual first. */
const OFFERED: Record<FilterKind, readonly Mode[]> = {
  text: ['contains', 'lacks', 'is', 'isnt', 'empty', 'filled'],
  code: ['is', 'isnt', 'contains', 'lacks', 'empty', 'filled'],
  status: ['is', 'isnt'],
  grade: [...ORDERED, 'empty', 'filled'],
  int: ['ge', 'gt', 'le', 'lt', 'is', 'isnt', 'empty', 'filled'],
  money: ['ge', 'gt', 'le', 'lt', 'is', 'isnt', 'empty', 'filled'],
  time: ['ge', 'gt', 'le', 'lt', 'is', 'isnt', 'empty', 'filled'],
  id: ['is', 'isnt', 'empty', 'filled'],
  of: ['is', 'isnt'],
  word: ['is', 'isnt', 'empty', 'filled'],
  tags: ['has', 'hasnt', 'empty', 'filled'],
  custom: ['contains', 'lacks', ...ORDERED, 'empty', 'filled'],
}

const OP: Partial<Record<Mode, FilterOp>> = {
  contains: 'contains',
  lacks: 'contains',
  has: 'has',
  hasnt: 'has',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  not_lt: '<',
  not_le: '<=',
  not_gt: '>',
  not_ge: '>=',
  empty: 'empty',
  filled: 'empty',
}

const NEGATED: readonly Mode[] = [
  'lacks',
  'hasnt',
  'not_lt',
  'not_le',
  'not_gt',
  'not_ge',
  'filled',
]

export function modeOf(test: Test): Mode {
  return PLAIN[test.op][test.not ? 1 : 0]
}

/** The modes to choose from, with the one that the test has already. */
export function modesFor(field: string, now?: Mode): readonly Mode[] {
  const offered = OFFERED[kindOf(field) ?? 'text']
  return !now || offered.includes(now) ? offered : [...offered, now]
}

/** Whether a mode takes several values: any of them. */
export function takesMany(field: string, mode: Mode): boolean {
  if (mode === 'has' || mode === 'hasnt') return true
  return (mode === 'is' || mode === 'isnt') && OPS_OF[kindOf(field) ?? 'text'].includes('in')
}

export function takesNone(mode: Mode): boolean {
  return mode === 'empty' || mode === 'filled'
}

/** The test that says this, or null while a value is missing or wrong. */
export function testOf(field: string, mode: Mode, values: readonly string[]): Test | null {
  const kind = kindOf(field)
  if (!kind) return null
  if (takesNone(mode)) return { type: 'is', field, op: 'empty', values: [], not: mode === 'filled' }
  const kept = takesMany(field, mode) ? [...values] : values.slice(0, 1)
  if (kept.length === 0 || kept.some((each) => !valueFits(kind, field, each))) return null
  const one = kept.length === 1
  if (mode === 'is') return { type: 'is', field, op: one ? '=' : 'in', values: kept, not: false }
  if (mode === 'isnt') return { type: 'is', field, op: one ? '!=' : 'in', values: kept, not: !one }
  return { type: 'is', field, op: OP[mode]!, values: kept, not: NEGATED.includes(mode) }
}

/** Which words say a mode: of time, of grades, of numbers, or of anything else. */
export function familyOf(field: string): 'time' | 'grade' | 'number' | 'word' {
  const kind = kindOf(field)
  if (kind === 'time' || kind === 'grade') return kind
  return kind === 'int' || kind === 'money' ? 'number' : 'word'
}

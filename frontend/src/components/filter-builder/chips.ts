import { FilterFault } from '@/components/filter-builder/lex'
import { type Condition, type FilterNode, parseFilter } from '@/components/filter-builder/parse'
import { printFilter } from '@/components/filter-builder/print'

export type Join = 'and' | 'or'

/** One comparison, or its opposite. */
export interface Test extends Condition {
  not: boolean
}

/** What one chip stands for; what no other chip can say is a custom one. */
export type Chip =
  | { kind: 'test'; test: Test }
  | { kind: 'group'; join: Join; not: boolean; tests: Test[] }
  | { kind: 'custom'; node: FilterNode }

/** A filter as a row of chips: all of them must hold, or any. */
export interface Chips {
  join: Join
  chips: Chip[]
}

/** The chips of a filter as text; a fault when it cannot be read. */
export function readChips(text: string): Chips | FilterFault {
  try {
    return toChips(parseFilter(text))
  } catch (error) {
    if (error instanceof FilterFault) return error
    throw error
  }
}

export function writeChips(chips: Chips): string {
  return printFilter(toNode(chips))
}

export function toChips(node: FilterNode | null): Chips {
  if (!node) return { join: 'and', chips: [] }
  const { inner, not } = unwrap(node)
  if (inner.type === 'is' || not) return { join: 'and', chips: [toChip(node)] }
  const join = inner.type === 'or' ? 'or' : 'and'
  return { join, chips: flat(inner, join).map(toChip) }
}

export function toNode({ join, chips }: Chips): FilterNode | null {
  return joined(join, chips.map(chipNode))
}

/** Takes "not not" away, which says nothing. */
function unwrap(node: FilterNode): { inner: FilterNode; not: boolean } {
  let not = false
  let inner = node
  while (inner.type === 'not') {
    not = !not
    inner = inner.inner
  }
  return { inner, not }
}

/** The parts of a chain with those of chains of the same kind within it. */
function flat(node: FilterNode, join: Join): FilterNode[] {
  const { inner, not } = unwrap(node)
  return inner.type === join && !not ? inner.parts.flatMap((part) => flat(part, join)) : [node]
}

function toTest(node: FilterNode): Test | null {
  const { inner, not } = unwrap(node)
  return inner.type === 'is' ? { ...inner, not } : null
}

function toChip(node: FilterNode): Chip {
  const test = toTest(node)
  if (test) return { kind: 'test', test }
  const { inner, not } = unwrap(node)
  if (inner.type === 'and' || inner.type === 'or') {
    const tests = flat(inner, inner.type).map(toTest)
    if (tests.every((each) => each !== null)) {
      return { kind: 'group', join: inner.type, not, tests }
    }
  }
  return { kind: 'custom', node }
}

function chipNode(chip: Chip): FilterNode | null {
  if (chip.kind === 'custom') return chip.node
  if (chip.kind === 'test') return testNode(chip.test)
  const inner = joined(chip.join, chip.tests.map(testNode))
  return inner && chip.not ? { type: 'not', inner } : inner
}

function testNode({ not, ...condition }: Test): FilterNode {
  return not ? { type: 'not', inner: condition } : condition
}

function joined(type: Join, nodes: (FilterNode | null)[]): FilterNode | null {
  const parts = nodes.filter((each) => each !== null)
  return parts.length > 1 ? { type, parts } : (parts[0] ?? null)
}

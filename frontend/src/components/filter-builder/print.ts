import type { Condition, FilterNode } from '@/components/filter-builder/parse'
import { quoteValue } from '@/utils/filter'

const PLAIN_NAME = /^custom\.[A-Za-z0-9_-]+$/

/** Writes a filter so that reading it gives the same tree again; empty for none. */
export function printFilter(node: FilterNode | null): string {
  return node ? write(node, 'or') : ''
}

/** `inside` is what stands around: an "or" within an "and", or either within a "not", is put in parentheses. */
function write(node: FilterNode, inside: 'or' | 'and' | 'not'): string {
  if (node.type === 'is') return writeCondition(node)
  if (node.type === 'not') return `not ${write(node.inner, 'not')}`
  const own = node.type
  const text = node.parts
    .map((part) => (part.type === own ? `(${write(part, 'or')})` : write(part, own)))
    .join(` ${own} `)
  return inside === 'not' || (own === 'or' && inside === 'and') ? `(${text})` : text
}

function writeCondition({ field, op, values }: Condition): string {
  const name = writeField(field)
  if (op === 'empty') return `${name} empty`
  const written = values.map(quoteValue)
  if (op === 'in' || written.length > 1) return `${name} ${op} (${written.join(',')})`
  return `${name} ${op} ${written[0]}`
}

function writeField(field: string): string {
  if (!field.startsWith('custom.') || PLAIN_NAME.test(field)) return field
  const name = field.slice('custom.'.length)
  return `custom."${name.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`
}

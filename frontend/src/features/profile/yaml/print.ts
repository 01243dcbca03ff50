import { Document, isCollection, Scalar } from 'yaml'

const OPTIONS = { lineWidth: 0, flowCollectionPadding: false } as const
/** Folded texts wrap here, as the templates do. */
const FOLD = 110

/** A value as YAML inside [brackets] or {braces}. */
export function printFlow(value: unknown): string {
  const doc = new Document([value])
  flow(doc.contents)
  return doc.toString(OPTIONS).trim().slice(1, -1)
}

/** A single value, written as the one it replaces was. */
export function printScalar(value: unknown, indent: number, was?: Scalar): string {
  const scalar = new Scalar(value)
  const text = typeof value === 'string'
  const block = was?.type === Scalar.BLOCK_FOLDED || was?.type === Scalar.BLOCK_LITERAL
  if (text && (block || value.includes('\n'))) {
    scalar.type = block ? was.type : Scalar.BLOCK_LITERAL
  } else if (text && was?.type) scalar.type = was.type
  const lines = new Document({ k: scalar }).toString({ ...OPTIONS, lineWidth: FOLD })
  return indented(lines.slice(2).trim(), indent)
}

/** A list or map as block lines, the first without its indentation. */
export function printBlock(value: unknown, indent: number): string {
  const doc = new Document(value)
  return indented(doc.toString({ ...OPTIONS, lineWidth: FOLD }).trimEnd(), indent)
}

function indented(text: string, indent: number): string {
  const pad = ' '.repeat(indent)
  return text
    .split('\n')
    .map((line, i) => (i === 0 || line === '' ? line : pad + line))
    .join('\n')
}

function flow(node: unknown): void {
  if (!isCollection(node)) return
  node.flow = true
  for (const item of node.items) {
    flow(item)
    if (typeof item === 'object' && item !== null && 'value' in item) flow(item.value)
  }
}

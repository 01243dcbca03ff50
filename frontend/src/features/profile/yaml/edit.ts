import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'

import { type Path, sameValue, valueAt, withValue } from '@/features/profile/yaml/plain'
import { printBlock, printFlow, printScalar } from '@/features/profile/yaml/print'
import { readYaml } from '@/features/profile/yaml/read'

/**
 * Changes one value of a YAML text and nothing else: comments, order, blank lines and the way other values are written
 * stay as they are. `undefined` takes a key out; `null` empties it but keeps its line. Answers null when the change
 * cannot be made in this text (a list where a map should be, an alias), so that the form can send people to the YAML.
 */
export function setValue(text: string, path: Path, to: unknown): string | null {
  const windows = text.includes('\r\n')
  const source = windows ? text.replaceAll('\r\n', '\n') : text
  const before = readYaml(source)
  if (before.faults.length > 0 || path.length === 0) return null
  const value = closed(valueAt(before.values, path), to)
  const want = withValue(before.values, path, value)
  for (const attempt of [patched, rewritten]) {
    const changed = attempt(source, path, value)
    if (changed === null) continue
    const read = readYaml(changed)
    if (read.faults.length === 0 && sameValue(read.values, want)) {
      return windows ? changed.replaceAll('\n', '\r\n') : changed
    }
  }
  return null
}

/** A text that ended with a line break, as block texts do, ends with one again. */
function closed(was: unknown, to: unknown): unknown {
  const block = typeof was === 'string' && was.endsWith('\n')
  return block && typeof to === 'string' && to !== '' ? to.replace(/\n*$/, '\n') : to
}

/** The whole document written anew: comments and order stay, the layout may not. Only where patching fails. */
function rewritten(source: string, path: Path, value: unknown): string | null {
  const { doc } = readYaml(source)
  try {
    if (value === undefined) doc.deleteIn(path)
    else keepingComment(doc, path, value)
    return doc.toString({ lineWidth: 0, flowCollectionPadding: false })
  } catch {
    return null
  }
}

/** Sets a value; a single one in the place of a single one keeps the comment beside it. */
function keepingComment(doc: Document.Parsed, path: Path, value: unknown): void {
  const node = doc.getIn(path, true)
  if (!isScalar(node) || block(value)) return doc.setIn(path, doc.createNode(value))
  node.value = value
  if (typeof value === 'string' && value.includes('\n')) node.type = Scalar.BLOCK_LITERAL
}

/** A text with the stretch from start to end replaced. */
function splice(source: string, start: number, end: number, by: string): string {
  return source.slice(0, start) + by + source.slice(end)
}

function patched(source: string, path: Path, value: unknown): string | null {
  const { doc } = readYaml(source)
  const step = path[path.length - 1]!
  if (path.length === 1 && !doc.contents) {
    return withBreak(source) + `${printFlow(step)}:${after(value, 0)}\n`
  }
  const parent = path.length === 1 ? doc.contents : doc.getIn(path.slice(0, -1), true)
  if (isSeq(parent)) return inSeq(source, parent, path, Number(step), value)
  if (isMap(parent)) return inMap(source, parent, path, String(step), value)
  // The way there is missing or empty: it is made with the value in it.
  if (parent === undefined || (isScalar(parent) && parent.value === null)) {
    return value === undefined || typeof step === 'number'
      ? null
      : patched(source, path.slice(0, -1), { [step]: value })
  }
  return null
}

function inMap(
  source: string,
  map: YAMLMap,
  path: Path,
  key: string,
  value: unknown,
): string | null {
  const pair = map.items.find((each) => keyOf(each) === key)
  if (pair?.value) {
    if (value !== undefined) return replaced(source, pair.value as Node, path, value, map)
  }
  if (map.flow || map.items.length === 0)
    return anew(source, map, withValue(map.toJSON(), [key], value))
  if (value === undefined) {
    if (!pair) return source
    const start = lineStart(source, (pair.key as Node).range![0])
    return map.items.length === 1
      ? null
      : splice(source, start, endOf(source, pair.value as Node), '')
  }
  const column = columnOf(source, (map.items[0]!.key as Node).range![0])
  const last = map.items[map.items.length - 1]!.value as Node
  const at = endOf(source, last)
  const head = withBreak(source.slice(0, at))
  return `${head}${' '.repeat(column)}${printFlow(key)}:${after(value, column)}\n${source.slice(at)}`
}

function inSeq(
  source: string,
  seq: YAMLSeq,
  path: Path,
  index: number,
  value: unknown,
): string | null {
  const item = seq.items[index] as Node | undefined
  if (item && value !== undefined) return replaced(source, item, path, value, seq)
  if (seq.flow || seq.items.length === 0) {
    const list: unknown = withValue(seq.toJSON(), [index], value)
    return anew(source, seq, list)
  }
  const column = columnOf(source, seq.range![0])
  if (item) return withoutItem(source, item)
  if (value === undefined || index !== seq.items.length) return null
  const at = endOf(source, seq.items[index - 1] as Node)
  const line = `${' '.repeat(column)}- ${block(value) ? printBlock(value, column + 2) : printScalar(value, column + 2)}\n`
  return withBreak(source.slice(0, at)) + line + source.slice(at)
}

/** Takes a list's item out with its lines; comments above a group of keys belong to it and go along. */
function withoutItem(source: string, item: Node): string | null {
  let start = lineStart(source, item.range![0])
  if (!/^[ ]*-[ ]+$/.test(source.slice(start, item.range![0]))) return null
  while (isMap(item) && start > 0) {
    const above = lineStart(source, start - 1)
    if (!/^[ ]+#/.test(source.slice(above, start))) break
    start = above
  }
  return splice(source, start, endOf(source, item), '')
}

/** Another value in the place of a node. */
function replaced(
  source: string,
  node: Node,
  path: Path,
  value: unknown,
  parent: YAMLMap | YAMLSeq,
): string | null {
  const [start, end] = node.range!
  if (isSeq(node) && Array.isArray(value)) {
    if (value.length === 0 && !node.flow && isMap(parent)) return emptied(source, node, parent)
    return editedList(source, node, path, value)
  }
  if (parent.flow) return splice(source, start, end, value === null ? 'null' : printFlow(value))
  const column = columnOf(source, parent.range![0])
  if (isScalar(node) && !block(value)) {
    const printed = value === null ? '' : printScalar(value, column, node)
    const gap = printed && source[start - 1] === ':' ? ' ' : ''
    const tail = source.slice(start, end).endsWith('\n') && !printed.endsWith('\n') ? '\n' : ''
    return splice(source, start, end, gap + printed + tail)
  }
  if (isScalar(node) && node.value === null && isMap(parent)) {
    return splice(source, start, end, after(value, column))
  }
  return null
}

/** Brings a list to another one by the fewest changes of items, so that comments beside the others stay. */
function editedList(
  source: string,
  seq: YAMLSeq,
  path: Path,
  next: readonly unknown[],
): string | null {
  const now = seq.toJSON()
  if (seq.flow && !source.slice(seq.range![0], seq.range![1]).includes('#'))
    return anew(source, seq, next)
  let head = 0
  while (head < now.length && head < next.length && sameValue(now[head], next[head])) head++
  let tail = 0
  while (
    tail < now.length - head &&
    tail < next.length - head &&
    sameValue(now[now.length - 1 - tail], next[next.length - 1 - tail])
  )
    tail++
  // Items in the middle are only changed in place; what is too many goes, what is missing comes at the end.
  if (next.length > now.length && tail > 0) tail = 0
  let text: string | null = source
  for (let i = head; i < next.length - tail && text !== null; i++) {
    text = patched(text, [...path, i], next[i])
  }
  for (let i = now.length - 1 - tail; i >= next.length - tail && text !== null; i--) {
    text = patched(text, [...path, i], undefined)
  }
  return text
}

/** A list without items is written as an empty one; its key, and comments above its items, stay. */
function emptied(source: string, seq: YAMLSeq, map: YAMLMap): string {
  const key = map.items.find((pair) => pair.value === seq)!.key as Node
  const colon = source.indexOf(':', key.range![1]) + 1
  const first = lineStart(source, seq.range![0])
  const end = endOf(source, seq.items[seq.items.length - 1] as Node)
  return `${source.slice(0, colon)} []${source.slice(colon, first)}${source.slice(end)}`
}

/** A collection in brackets or braces, written again with other content. */
function anew(source: string, node: YAMLMap | YAMLSeq, value: unknown): string {
  return splice(source, node.range![0], node.range![1], printFlow(value))
}

/** What comes after "key:", on lines of its own below when it is a list or a group. */
function after(value: unknown, column: number): string {
  if (value === null) return ''
  if (!block(value)) return ` ${printScalar(value, column)}`
  const pad = column + 2
  return `\n${' '.repeat(pad)}${printBlock(value, pad)}`
}

function block(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key)
}

function lineStart(source: string, at: number): number {
  return source.lastIndexOf('\n', at - 1) + 1
}

function columnOf(source: string, at: number): number {
  return at - lineStart(source, at)
}

/** Where the line after a node begins, past a comment beside it. */
function endOf(source: string, node: Node): number {
  const end = node.range![1]
  if (source[end - 1] === '\n') return end
  const next = source.indexOf('\n', end)
  return next === -1 ? source.length : next + 1
}

function withBreak(source: string): string {
  return source === '' || source.endsWith('\n') ? source : `${source}\n`
}

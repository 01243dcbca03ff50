/** How a value of a document is edited, as its JSON Schema tells. */
export type Shape =
  | { kind: 'text'; long: boolean }
  | { kind: 'number'; min?: number; max?: number }
  | { kind: 'choice'; options: string[] }
  | { kind: 'lines' }
  | { kind: 'group'; fields: Field[] }
  | { kind: 'list'; fields: Field[] }
  /** Free in its form: only the YAML can say it. */
  | { kind: 'free' }

export interface Field {
  key: string
  label: string
  hint: string
  required: boolean
  shape: Shape
}

interface Schema {
  type?: unknown
  enum?: unknown[]
  $ref?: string
  $defs?: Record<string, Schema>
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minimum?: number
  maximum?: number
  maxLength?: number
  pattern?: string
}

/** Texts longer than this get more than one line. */
const LONG = 300

/** The fields of a document, in the order of its schema. */
export function fieldsOf(schema: unknown): Field[] {
  const root = schema as Schema
  return fields(root, root.$defs ?? {})
}

function fields(schema: Schema, defs: Record<string, Schema>): Field[] {
  return Object.entries(schema.properties ?? {}).map(([key, raw]) => {
    const each = resolved(raw, defs)
    return {
      key,
      label: labelOf(key),
      hint: each.description ?? '',
      required: schema.required?.includes(key) ?? false,
      shape: shapeOf(each, defs),
    }
  })
}

function resolved(schema: Schema, defs: Record<string, Schema>): Schema {
  const name = schema.$ref?.split('/').pop()
  return name ? { ...defs[name], ...schema } : schema
}

function shapeOf(schema: Schema, defs: Record<string, Schema>): Shape {
  if (schema.enum) return { kind: 'choice', options: schema.enum.map(String) }
  if (schema.type === 'string') {
    // A pattern for the beginning is that of an address or a code, not of prose.
    const prose = !schema.pattern?.startsWith('^')
    return { kind: 'text', long: prose && (schema.maxLength ?? 0) > LONG }
  }
  if (schema.type === 'integer' || schema.type === 'number') {
    return { kind: 'number', min: schema.minimum, max: schema.maximum }
  }
  if (schema.type === 'array') {
    const items = resolved(schema.items ?? {}, defs)
    if (items.type === 'string') return { kind: 'lines' }
    if (items.properties) return { kind: 'list', fields: fields(items, defs) }
  }
  if (schema.properties) return { kind: 'group', fields: fields(schema, defs) }
  return { kind: 'free' }
}

/** "one_liner" reads "One liner". */
export function labelOf(key: string): string {
  const words = key.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A new item of a list: what must be there, still to be filled in. */
export function freshItem(of: readonly Field[], number: number): Record<string, unknown> {
  const entries = of
    .filter((field) => field.required)
    .map((field) => [field.key, first(field, number)])
  return Object.fromEntries(entries) as Record<string, unknown>
}

function first({ key, shape }: Field, number: number): unknown {
  if (key === 'id') return `item_${number}`
  if (shape.kind === 'number') return Math.round(((shape.min ?? 0) + (shape.max ?? 0)) / 2)
  if (shape.kind === 'lines' || shape.kind === 'list') return []
  return shape.kind === 'choice' ? shape.options[0] : ''
}

/** One entry a line; empty lines and spaces around do not count. */
export function toLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

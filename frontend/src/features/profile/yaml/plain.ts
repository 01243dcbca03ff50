/** A place in a document: keys of maps and indexes of lists, from the top. */
export type Path = readonly (string | number)[]

/** What stands at a place; undefined when there is nothing. */
export function valueAt(values: unknown, path: Path): unknown {
  let at = values
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<string | number, unknown>)[step]
  }
  return at
}

/** A copy with another value at a place; maps on the way are made, undefined removes. */
export function withValue(values: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  const inner = withValue(valueAt(values, [step]), rest, value)
  if (Array.isArray(values)) {
    const list = [...(values as unknown[])]
    if (inner === undefined) list.splice(Number(step), 1)
    else list[Number(step)] = inner
    return list
  }
  const map: Record<string, unknown> = isMap(values) ? { ...values } : {}
  if (inner === undefined) delete map[step]
  else map[step] = inner
  return map
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether two plain values say the same. A key without a value counts as left out, as it does for the server. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b || (empty(a) && empty(b))) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i]))
  }
  if (!isMap(a) || !isMap(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => sameValue(a[key], b[key]))
}

function empty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

import type { Problem } from '@/types/problem'

/** Whatever was thrown, as a problem; what carries more than a message keeps it. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Error) return error
  return { message: String(error) }
}

/** A field's name as forms write it: "/steps/0/days", "steps[0].days" and "body.steps.0.days" are one. */
export function fieldPath(name: string): string {
  return name
    .replace(/\[(\w+)\]/g, '.$1')
    .replaceAll('/', '.')
    .replace(/^(\.|#|body\.)+/, '')
    .replace(/\.+/g, '.')
}

export interface SortedFaults {
  /** Faults with a field in the form, one message each. */
  placed: { name: string; message: string }[]
  /** Faults of fields the form does not show, to be said at its top. */
  rest: { name: string; message: string }[]
}

/**
 * Puts each fault to the field that shows it. A fault of "budget.limit" goes to
 * "budget" when only that is shown. `alias` names fields that the API calls otherwise.
 */
export function sortFaults(
  faults: Problem['fields'],
  shown: ReadonlySet<string>,
  alias: Readonly<Record<string, string>> = {},
): SortedFaults {
  const placed = new Map<string, string[]>()
  const rest: SortedFaults['rest'] = []
  for (const fault of faults ?? []) {
    let path = alias[fault.name] ?? fieldPath(fault.name)
    path = alias[path] ?? path
    while (path && !shown.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf('.')))
    if (!path) rest.push(fault)
    else placed.set(path, [...(placed.get(path) ?? []), fault.message])
  }
  return {
    placed: [...placed].map(([name, messages]) => ({ name, message: messages.join(' ') })),
    rest,
  }
}

/** A stretch of a template that means something: a variable, or a fault. In UTF-16 units, half-open. */
export interface Mark {
  start: number
  end: number
  kind: 'variable' | 'fault'
  name: string
  /** Why it cannot be used; keys of the catalogue. */
  fault?: 'unknown' | 'unclosed' | 'unopened' | 'emptyDefault' | 'nested'
}

/**
 * Finds the variables of a template, {{name}} or {{name|default}}, and what the
 * server will refuse, with its place. The server's reading is the one that
 * counts; this one shows it while one types.
 */
export function readTemplate(text: string, known: ReadonlySet<string>): Mark[] {
  const marks: Mark[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{{', at)
    const stray = text.indexOf('}}', at)
    if (stray >= 0 && (open < 0 || stray < open)) {
      marks.push({ start: stray, end: stray + 2, kind: 'fault', name: '', fault: 'unopened' })
      at = stray + 2
      continue
    }
    if (open < 0) break
    const close = text.indexOf('}}', open + 2)
    if (close < 0) {
      marks.push({ start: open, end: open + 2, kind: 'fault', name: '', fault: 'unclosed' })
      break
    }
    marks.push(readVariable(text.slice(open + 2, close), open, close + 2, known))
    at = close + 2
  }
  return marks
}

function readVariable(inner: string, start: number, end: number, known: ReadonlySet<string>): Mark {
  const bar = inner.indexOf('|')
  const name = (bar < 0 ? inner : inner.slice(0, bar)).trim()
  const fallback = bar < 0 ? null : inner.slice(bar + 1).trim()
  const fault = !known.has(name)
    ? 'unknown'
    : fallback !== null && /[{}]/.test(fallback)
      ? 'nested'
      : fallback === ''
        ? 'emptyDefault'
        : undefined
  return { start, end, kind: fault ? 'fault' : 'variable', name, fault }
}

/** The line, from 1, that a place is on. */
export function lineOf(text: string, place: number): number {
  return text.slice(0, place).split('\n').length
}

const SAFE = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** The address if following it cannot run anything, else null. */
export function safeHref(value: string): string | null {
  try {
    return SAFE.has(new URL(value).protocol) ? value : null
  } catch {
    return null
  }
}

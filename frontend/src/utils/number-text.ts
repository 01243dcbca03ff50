const locale = typeof navigator === 'undefined' ? 'en' : navigator.language

/** The sign between whole and fraction in this locale. */
function decimalSign(of: string): string {
  const parts = new Intl.NumberFormat(of).formatToParts(1.5)
  return parts.find((part) => part.type === 'decimal')?.value ?? '.'
}

/**
 * A typed number, or null. The locale's own signs hold ("1.234,5" in German);
 * a single other sign is taken for the decimal one when no three digits follow.
 */
export function parseNumber(text: string, of: string = locale): number | null {
  const decimal = decimalSign(of)
  const grouping = decimal === ',' ? '.' : ','
  let plain = text
    .trim()
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace('−', '-')
  const alone = plain.split(grouping).length === 2 && !plain.includes(decimal)
  plain =
    alone && !new RegExp(`\\${grouping}\\d{3}$`).test(plain)
      ? plain.replace(grouping, '.')
      : plain.replaceAll(grouping, '').replace(decimal, '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

/** A number as it is edited: the locale's decimal sign, no grouping, nothing rounded away. */
export function formatPlain(value: number | null, of: string = locale): string {
  if (value === null || !Number.isFinite(value)) return ''
  return new Intl.NumberFormat(of, { useGrouping: false, maximumFractionDigits: 12 }).format(value)
}

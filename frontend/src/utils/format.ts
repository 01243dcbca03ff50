const browser = typeof navigator === 'undefined' ? 'en' : navigator.language

let locale = browser
let { whole, relative, exact, clock, day } = formats(browser, undefined)

function formats(of: string, timeZone: string | undefined) {
  return {
    whole: new Intl.NumberFormat(of),
    relative: new Intl.RelativeTimeFormat(of, { numeric: 'auto', style: 'short' }),
    exact: new Intl.DateTimeFormat(of, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
    clock: new Intl.DateTimeFormat(of, { timeStyle: 'short', timeZone }),
    day: new Intl.DateTimeFormat(of, { dateStyle: 'medium' }),
  }
}

/** Writes numbers and times as somebody prefers; "" is the browser's way. What this browser does not know is left. */
export function setFormats(preferred: { locale: string; timezone: string }): void {
  try {
    const of = preferred.locale || browser
    ;({ whole, relative, exact, clock, day } = formats(of, preferred.timezone || undefined))
    locale = of
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
}

export function formatNumber(value: number): string {
  return whole.format(value)
}

/** A count that the server stopped counting at a cap reads "10,000+", from left to right in every script. */
export function formatTotal(total: number, capped: boolean): string {
  return capped ? `\u2066${whole.format(total)}+\u2069` : whole.format(total)
}

/** Money comes as integer micro-units; amounts under a cent keep four digits. */
export function formatMoney(micros: number, currency = 'USD'): string {
  const amount = micros / 1_000_000
  const tiny = amount !== 0 && Math.abs(amount) < 0.01
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: tiny ? 4 : 2,
  }).format(amount)
}

export function formatPercent(part: number, whole: number): string {
  if (whole <= 0) return '–'
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    part / whole,
  )
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(value < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`
}

/** Seconds as "12 s", "3 min 20 s", "2 h 5 min". */
export function formatDuration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  if (s < 60) return `${s} s`
  if (s < 3600) return s % 60 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${s / 60} min`
  const minutes = Math.floor((s % 3600) / 60)
  return minutes ? `${Math.floor(s / 3600)} h ${minutes} min` : `${s / 3600} h`
}

export function formatExact(iso: string): string {
  return exact.format(new Date(iso))
}

/** The time of day alone, where the day stands beside it. */
export function formatClock(iso: string): string {
  return clock.format(new Date(iso))
}

/** A bare day (YYYY-MM-DD) is that day everywhere, not midnight in Greenwich. */
export function formatDay(iso: string): string {
  return day.format(new Date(iso.length === 10 ? `${iso}T00:00` : iso))
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
  ['year', Infinity],
]

export function formatRelative(iso: string, now: number): string {
  let value = (new Date(iso).getTime() - now) / 1000
  for (const [unit, size] of STEPS) {
    if (Math.abs(value) < size) return relative.format(Math.round(value), unit)
    value /= size
  }
  return day.format(new Date(iso))
}

/** Days as YYYY-MM-DD; an empty end is open. */
export interface DateRange {
  from: string
  to: string
}

export const PRESETS = ['today', 'last7', 'last30', 'last90', 'thisMonth'] as const
export type Preset = (typeof PRESETS)[number]

/** The day in the viewer's own time zone. */
export function toDay(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

const BACK: Record<Exclude<Preset, 'thisMonth'>, number> = {
  today: 0,
  last7: 6,
  last30: 29,
  last90: 89,
}

/** A usual stretch that ends with the given day. */
export function presetRange(preset: Preset, now: Date): DateRange {
  const from =
    preset === 'thisMonth'
      ? new Date(now.getFullYear(), now.getMonth(), 1)
      : new Date(now.getFullYear(), now.getMonth(), now.getDate() - BACK[preset])
  return { from: toDay(from), to: toDay(now) }
}

export function isBackwards({ from, to }: DateRange): boolean {
  return from !== '' && to !== '' && from > to
}

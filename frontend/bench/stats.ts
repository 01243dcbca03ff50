/** The value below which `share` of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)
  return sorted[Math.max(0, at)] ?? NaN
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** One line of the report. */
export interface Measure {
  what: string
  size: string
  measured: string
  target: string
  met: boolean
  /** The figures behind the words, in milliseconds unless their name says otherwise. */
  figures: Record<string, number>
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`
}

/** The usual line of a latency: median, p95 and worst. */
export function latency(
  what: string,
  size: string,
  values: readonly number[],
  limit: number,
): Measure {
  const p50 = percentile(values, 0.5)
  const p95 = percentile(values, 0.95)
  const worst = Math.max(...values)
  return {
    what,
    size,
    measured: `p50 ${ms(p50)}, p95 ${ms(p95)}, worst ${ms(worst)}`,
    target: `p95 < ${limit} ms`,
    met: values.length > 0 && p95 < limit,
    figures: { n_count: values.length, p50, p95, worst },
  }
}

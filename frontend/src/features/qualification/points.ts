const oneDigit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

/** Points with at most one digit after the point. */
export function tidyPoints(points: number): string {
  return oneDigit.format(points)
}

/** A difference with its sign, "±0" never: nothing moved reads as an empty text. */
export function signedPoints(by: number): string {
  if (Math.abs(by) < 0.05) return ''
  return (by > 0 ? '+' : '−') + oneDigit.format(Math.abs(by))
}

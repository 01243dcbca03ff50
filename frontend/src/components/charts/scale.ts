/** A round number at or above the greatest value, for an axis that starts at zero. */
export function niceTop(most: number): number {
  if (!(most > 0) || !Number.isFinite(most)) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= most) ?? 10
  return step * power
}

export interface Point {
  x: number
  y: number
}

/** Values on an axis from zero as points in a box; a single one stands in the middle. */
export function points(
  values: readonly number[],
  top: number,
  width: number,
  height: number,
): Point[] {
  return values.map((value, i) => ({
    x: values.length === 1 ? width / 2 : (i * width) / (values.length - 1),
    y: height - (height * Math.max(0, Math.min(top, value))) / top,
  }))
}

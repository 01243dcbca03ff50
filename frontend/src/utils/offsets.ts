/**
 * The API counts text in Unicode code points, JavaScript in UTF-16 units.
 * Converts some places of a text that may be huge: one walk up to the furthest
 * of them, and none where every character is in the basic plane.
 */
export function utf16Places(text: string, codePoints: readonly number[]): Map<number, number> {
  const places = new Map<number, number>()
  if (!ASTRAL.test(text)) {
    for (const point of codePoints) places.set(point, clamp(point, text.length))
    return places
  }
  let unit = 0
  let at = 0
  for (const point of [...codePoints].sort((a, b) => a - b)) {
    while (at < point && unit < text.length) {
      unit += text.codePointAt(unit)! > 0xffff ? 2 : 1
      at++
    }
    places.set(point, unit)
  }
  return places
}

const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, value), max)
}

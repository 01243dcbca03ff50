/**
 * The API counts text in Unicode code points, JavaScript in UTF-16 units. A
 * text without characters outside the basic plane needs no conversion, so the
 * table is built only for those that have them.
 */
export function utf16Index(text: string): (codePoint: number) => number {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) {
    return (codePoint) => clamp(codePoint, text.length)
  }
  const starts: number[] = []
  for (let unit = 0; unit < text.length;) {
    starts.push(unit)
    unit += text.codePointAt(unit)! > 0xffff ? 2 : 1
  }
  return (codePoint) => (codePoint >= starts.length ? text.length : starts[Math.max(0, codePoint)]!)
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, value), max)
}

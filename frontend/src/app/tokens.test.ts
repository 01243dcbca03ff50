import { readFileSync } from 'node:fs'

const css = readFileSync('src/app/styles.css', 'utf8')

function theme(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('\n}')[0]!
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]))
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

const SURFACES = ['bg', 'surface', 'rail', 'sunken', 'hover']
const PAIRS: [string, string][] = [
  ...['aplus', 'a', 'b', 'c', 'd'].map((g): [string, string] => ['grade-ink', `grade-${g}`]),
  ...['ink', 'ink-2'].flatMap((ink) =>
    [...SURFACES, 'selected'].map((s): [string, string] => [ink, s]),
  ),
  ...['bg', 'surface', 'rail', 'sunken'].map((s): [string, string] => ['ink-3', s]),
  ...['pain', 'urgency', 'authority', 'specificity', 'fit', 'other'].map((p): [string, string] => [
    'ink',
    `part-${p}-soft`,
  ]),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['accent-text', 'selected'],
  ['bad-ink', 'bad'],
  ['good', 'good-soft'],
  ['warn', 'warn-soft'],
  ['bad', 'bad-soft'],
  ...['good', 'warn', 'bad', 'accent-text'].flatMap((ink) =>
    ['bg', 'surface', 'sunken'].map((s): [string, string] => [ink, s]),
  ),
  // Remarks and faults carry words on a ground of their tone.
  ...['ink', 'ink-2'].flatMap((ink) =>
    ['good-soft', 'warn-soft', 'bad-soft'].map((s): [string, string] => [ink, s]),
  ),
  ['bad-ink', 'bad-hover'],
]

describe.each([
  ['light', ':root'],
  ['dark', "[data-theme='dark']"],
])('the %s theme', (_name, selector) => {
  const tokens = theme(selector)

  it.each(PAIRS)('%s on %s reads at 4.5 or better', (ink, ground) => {
    expect(contrast(tokens.get(ink)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(4.5)
  })

  // What is told apart by its edge or its filling alone, such as a switch that is off.
  it.each([
    ['ink-3', 'surface'],
    ['focus', 'surface'],
    ['focus', 'bg'],
    ['accent', 'surface'],
  ])('%s beside %s is told apart at 3 or better', (mark, ground) => {
    expect(contrast(tokens.get(mark)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(3)
  })
})

import { utf16Places } from '@/utils/offsets'

const utf16Index = (text: string) => (codePoint: number) =>
  utf16Places(text, [codePoint]).get(codePoint)

describe('utf16Places', () => {
  it.each([
    ['plain', 'hello', 2, 2],
    ['accents of the basic plane', 'Zoë', 2, 2],
    ['after one emoji', '🏭 fab', 1, 2],
    ['between two emoji', '🏭🏭x', 1, 2],
    ['after two emoji', '🏭🏭x', 2, 4],
    ['at the end', '🏭', 1, 2],
    ['past the end', '🏭', 9, 2],
    ['before the start', 'abc', -3, 0],
    ['a joined family emoji counts each code point', '👩‍👧x', 3, 5],
  ])('%s', (_name, text, codePoint, unit) => {
    expect(utf16Index(text)(codePoint)).toBe(unit)
  })

  it('agrees with Array.from at every place of a mixed text', () => {
    const text = 'a🏭b👩‍👧é𝔘c'
    const points = Array.from(text)
    const at = utf16Index(text)
    for (let i = 0; i <= points.length; i++) {
      expect(text.slice(0, at(i))).toBe(points.slice(0, i).join(''))
    }
  })

  it('counts a lone surrogate as one', () => {
    expect(utf16Index('🏭\ud83dx')(2)).toBe(3)
  })
})

import { findValues, segmentText, segmentUnits } from '@/utils/segments'

const joined = (segments: { text: string }[]) => segments.map((s) => s.text).join('')

describe('segmentText', () => {
  it('gives the text back whole when nothing is quoted', () => {
    expect(segmentText('hello', [])).toEqual([{ text: 'hello', start: 0, keys: [] }])
  })

  it('cuts overlapping quotes so that the shared words carry both', () => {
    const text = 'We shipped 9 wrong orders'
    const segments = segmentText(text, [
      { key: 'pain', start: 0, end: 25 },
      { key: 'number', start: 11, end: 18 },
    ])
    expect(segments.map((s) => [s.text, s.keys])).toEqual([
      ['We shipped ', ['pain']],
      ['9 wrong', ['pain', 'number']],
      [' orders', ['pain']],
    ])
  })

  it('cuts quotes that cross each other', () => {
    const segments = segmentText('abcdef', [
      { key: 'x', start: 0, end: 4 },
      { key: 'y', start: 2, end: 6 },
    ])
    expect(segments.map((s) => [s.text, s.keys])).toEqual([
      ['ab', ['x']],
      ['cd', ['x', 'y']],
      ['ef', ['y']],
    ])
  })

  it('counts in code points, so that emoji before a quote do not shift it', () => {
    const text = '🏭🏭 we lose orders'
    const [before, quote] = segmentText(text, [{ key: 'c', start: 3, end: 10 }])
    expect(before?.text).toBe('🏭🏭 ')
    expect(quote).toEqual({ text: 'we lose', start: 5, keys: ['c'] })
  })

  it('never loses or doubles a character, whatever the spans', () => {
    const text = 'a🏭b👩‍👧é𝔘c'
    const spans = [
      { key: '1', start: 0, end: 99 },
      { key: '2', start: 2, end: 2 },
      { key: '3', start: 5, end: 3 },
      { key: '4', start: -2, end: 4 },
    ]
    const segments = segmentText(text, spans)
    expect(joined(segments)).toBe(text)
    expect(segments.flatMap((s) => s.keys)).not.toContain('2')
    expect(segments.flatMap((s) => s.keys)).not.toContain('3')
  })
})

describe('findValues', () => {
  it('finds each value where it stands, the longer first', () => {
    const text = 'Hi Dana, Dana Whitlock Metalworks'
    const spans = findValues(text, [
      { key: 'first', value: 'Dana' },
      { key: 'company', value: 'Dana Whitlock Metalworks' },
    ])
    const pieces = segmentUnits(text, spans).filter((s) => s.keys.length > 0)
    expect(pieces.map((s) => [s.text, s.keys[0]])).toEqual([
      ['Dana', 'first'],
      ['Dana Whitlock Metalworks', 'company'],
    ])
  })

  it('ignores empty values', () => {
    expect(findValues('abc', [{ key: 'x', value: '' }])).toEqual([])
  })
})

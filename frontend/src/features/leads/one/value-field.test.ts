import { readAmount } from '@/features/leads/one/value-field'

describe('readAmount', () => {
  it.each<[string, number | null | undefined]>([
    ['', null],
    [' ', null],
    ['1200', 1_200_000_000],
    ['12 000', 12_000_000_000],
    ['2.5', 2_500_000],
    ['2,50', 2_500_000],
    ['0.1', 100_000],
    ['1,200', undefined],
    ['-5', undefined],
    ['five', undefined],
    ['1e9', undefined],
  ])('%j', (text, micros) => {
    expect(readAmount(text)).toBe(micros)
  })
})

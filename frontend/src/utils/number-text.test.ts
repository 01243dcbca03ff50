import { formatPlain, parseNumber } from '@/utils/number-text'

it.each([
  ['1.5', 'en', 1.5],
  ['1,234.5', 'en', 1234.5],
  ['1,5', 'en', 1.5],
  ['1,500', 'en', 1500],
  ['1.234,5', 'de', 1234.5],
  ['1.5', 'de', 1.5],
  ['1 234,5', 'fr', 1234.5],
  ['−3', 'en', -3],
  ['.25', 'en', 0.25],
  ['', 'en', null],
  ['abc', 'en', null],
  ['1.2.3', 'en', null],
  ['1e999', 'en', null],
  ['Infinity', 'en', null],
])('reads %j in %s as %j', (text, locale, value) => {
  expect(parseNumber(text, locale)).toBe(value)
})

it.each([
  [0.1 + 0.2, 'en', '0.3'],
  [1234.5, 'de', '1234,5'],
  [0, 'en', '0'],
  [null, 'en', ''],
  [Number.NaN, 'en', ''],
])('writes %j in %s as %j', (value, locale, text) => {
  expect(formatPlain(value, locale)).toBe(text)
})

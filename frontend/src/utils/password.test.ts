import { strengthOf } from '@/utils/password'

it.each([
  ['', 'none'],
  ['eleven char', 'short'],
  ['😀😀😀😀😀😀', 'short'], // six characters, though twelve units
  ['aaaaaaaaaaaaaaaa', 'dull'],
  ['hunterhunterhunter', 'dull'],
  ['abcdefghijklmnop', 'dull'],
  ['twelve chars', 'enough'],
  ['seventeen letters', 'good'],
  ['plain words work well enough', 'strong'],
  ['x'.repeat(129), 'long'],
])('%s is %s', (password, level) => {
  expect(strengthOf(password).level).toBe(level)
})

it('says how many characters are missing', () => {
  expect(strengthOf('eight ch')).toEqual({ level: 'short', missing: 4 })
})

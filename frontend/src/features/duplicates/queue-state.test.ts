import {
  following,
  readFilter,
  stepped,
  waiting,
  writeFilter,
} from '@/features/duplicates/queue-state'

const items = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]

it.each([
  ['', { state: 'open', min: 0, lead: null }],
  ['state=skipped&min=0.9&lead=x', { state: 'skipped', min: 0.9, lead: 'x' }],
  ['state=lost&min=7', { state: 'open', min: 0, lead: null }],
  ['min=-1', { state: 'open', min: 0, lead: null }],
  ['min=often', { state: 'open', min: 0, lead: null }],
])('reads the address "%s"', (text, want) => {
  expect(readFilter(new URLSearchParams(text))).toEqual(want)
})

it('writes what it reads, and nothing that goes without saying', () => {
  const text = 'state=merged&min=0.95&lead=x&pair=p'
  expect(writeFilter(readFilter(new URLSearchParams(text)), 'p').toString()).toBe(text)
  expect(writeFilter(readFilter(new URLSearchParams()), null).toString()).toBe('')
})

it('leaves out what waits for an answer, and shows a pair that moved to another page once', () => {
  const pages = [{ items: [items[0]!, items[1]!] }, { items: [items[1]!, items[2]!] }]
  expect(waiting(pages, new Set(['a'])).map(({ id }) => id)).toEqual(['b', 'c'])
})

it.each([
  ['the next', 'a', 'b'],
  ['at the end the one before', 'c', 'b'],
  ['the first when it is not among them', 'z', 'a'],
])('after a verdict comes %s', (_name, at, want) => {
  expect(following(items, at)).toBe(want)
})

it('has nothing left after the last', () => {
  expect(following([{ id: 'a' }], 'a')).toBeNull()
  expect(stepped([], 'a', 1)).toBeNull()
})

it('steps to the ends and no further', () => {
  expect(stepped(items, 'a', -1)).toBe('a')
  expect(stepped(items, 'b', 1)).toBe('c')
  expect(stepped(items, 'c', 1)).toBe('c')
  expect(stepped(items, 'z', 1)).toBe('a')
})

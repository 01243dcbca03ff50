import { noteServerTime, serverNow } from '@/utils/clock'

afterEach(() => noteServerTime(new Date().toUTCString()))

const HOUR = 3_600_000

it.each([
  ['three hours behind', -3 * HOUR],
  ['a day ahead', 24 * HOUR],
])('follows the server when this clock is %s', (_name, off) => {
  noteServerTime(new Date(Date.now() - off).toUTCString())
  expect(Math.abs(serverNow() + off - Date.now())).toBeLessThan(2000)
})

it('leaves a difference of seconds alone, and what is no time', () => {
  noteServerTime(new Date(Date.now() + 5000).toUTCString())
  expect(serverNow() - Date.now()).toBeLessThan(5)
  noteServerTime('yesterday')
  noteServerTime(null)
  expect(serverNow() - Date.now()).toBeLessThan(5)
})

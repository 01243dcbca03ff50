import { type InfiniteData, QueryClient, QueryObserver } from '@tanstack/react-query'

import type { LiveEvent } from '@/api/contract'
import { dropPair, listsFollow } from '@/features/duplicates/queue-cache'

interface Page {
  items: { id: string; a: { id: string }; b: { id: string } }[]
  total: number
}

const pair = (id: string) => ({ id, a: { id: `${id}-a` }, b: { id: `${id}-b` } })
const KEY = ['duplicates', 'queue', { state: 'open', min: 0, lead: null }]

/** A queue of two pages in view. */
function queue(key: unknown[] = KEY) {
  const client = new QueryClient()
  const read = vi.fn(() => Promise.reject(new Error('read again')))
  const data: InfiniteData<Page> = {
    pageParams: ['', 'x'],
    pages: [
      { items: [pair('p1'), pair('p2')], total: 3 },
      { items: [pair('p3')], total: 3 },
    ],
  }
  client.setQueryData(key, data)
  const observer = new QueryObserver(client, { queryKey: key, queryFn: read, staleTime: Infinity })
  onTestFinished(observer.subscribe(() => undefined))
  const ids = () =>
    client
      .getQueryData<InfiniteData<Page>>(key)!
      .pages.map(({ items, total }) => [items.map(({ id }) => id).join(), total])
  return { client, ids, read }
}

function event(type: string, subject: string, data: object = {}): LiveEvent {
  const at = '2026-01-01T00:00:00Z'
  return { seq: 1, type, at, subject: { kind: 'lead', id: subject }, data } as LiveEvent
}

describe('the lists of pairs that were read', () => {
  it('lose a pair from whichever page, and count one less', () => {
    const { client, ids } = queue()
    dropPair(client, 'p3')
    expect(ids()).toEqual([
      ['p1,p2', 2],
      ['', 2],
    ])
  })

  it.each([
    [
      'a pair that was judged leaves',
      event('duplicate.judged', 'x', { pair_id: 'p1', state: 'different' }),
      true,
      'p2',
    ],
    [
      'a pair that is open again has its place only at the server',
      event('duplicate.judged', 'x', { pair_id: 'p9', state: 'open' }),
      false,
      'p1,p2',
    ],
    [
      'a change of a lead of no pair here is nothing to it',
      event('lead.updated', 'somebody'),
      true,
      'p1,p2',
    ],
    [
      'a change of a lead of a pair here is to be read',
      event('lead.updated', 'p3-b'),
      false,
      'p1,p2',
    ],
    ['a merge into a lead of a pair here too', event('lead.merged', 'p1-a'), false, 'p1,p2'],
    ['a lead that came back may bring pairs', event('lead.restored', 'somebody'), false, 'p1,p2'],
  ])('%s', (_what, told, follow, first) => {
    const { client, ids, read } = queue()
    expect(listsFollow(client, told)).toBe(follow)
    expect(ids()[0]![0]).toBe(first)
    expect(read).not.toHaveBeenCalled()
  })

  it('of the state that a pair comes into have to be read', () => {
    const { client } = queue(['duplicates', 'queue', { state: 'different', min: 0, lead: null }])
    const told = event('duplicate.judged', 'x', { pair_id: 'p9', state: 'different' })
    expect(listsFollow(client, told)).toBe(false)
  })
})

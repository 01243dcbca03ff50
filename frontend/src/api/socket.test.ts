import type { LiveEvent } from '@/api/contract'
import { followEvents, type SocketState } from '@/api/socket'

class FakeSocket {
  onopen: (() => void) | null = null
  onclose: (() => void) | null = null
  onmessage: ((message: { data: unknown }) => void) | null = null
  closed = false
  constructor(readonly url: string) {}
  close() {
    this.closed = true
  }
  say(value: unknown) {
    this.onmessage?.({ data: JSON.stringify(value) })
  }
}

function follow() {
  const sockets: FakeSocket[] = []
  const events: LiveEvent[] = []
  const states: SocketState[] = []
  const onRefused = vi.fn()
  const stop = followEvents({
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    onRefused,
    create: (url) => {
      const socket = new FakeSocket(url)
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
  })
  return { sockets, events, states, onRefused, stop }
}

describe('followEvents', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('takes up after the last event seen when the connection breaks', () => {
    const { sockets, events, states } = follow()
    sockets[0]!.onopen?.()
    sockets[0]!.say({ type: 'hello', seq: 40 })
    sockets[0]!.say({ type: 'lead.found', seq: 41, at: '', subject: { kind: 'lead', id: '1' } })
    sockets[0]!.onclose?.()
    vi.advanceTimersByTime(1000)
    expect(sockets[1]!.url).toMatch(/since=41$/)
    expect(events.map((event) => event.type)).toEqual(['lead.found'])
    expect(states).toEqual(['connecting', 'open', 'reconnecting'])
  })

  it('tries again at once when the network is back', () => {
    const { sockets, stop } = follow()
    sockets[0]!.onopen?.()
    window.dispatchEvent(new Event('online'))
    expect(sockets).toHaveLength(1)
    sockets[0]!.onclose?.()
    window.dispatchEvent(new Event('online'))
    expect(sockets).toHaveLength(2)
    vi.advanceTimersByTime(20_000)
    expect(sockets).toHaveLength(2)
    stop()
  })

  it('waits longer after each failure', () => {
    const { sockets } = follow()
    for (let i = 0; i < 6; i++) {
      sockets.at(-1)!.onclose?.()
      vi.advanceTimersByTime(20_000)
    }
    const before = sockets.length
    sockets.at(-1)!.onclose?.()
    vi.advanceTimersByTime(10_000)
    expect(sockets.length).toBe(before)
  })

  it('reports a refusal, so that the session can be renewed', () => {
    const { sockets, onRefused } = follow()
    sockets[0]!.onclose?.()
    expect(onRefused).toHaveBeenCalledOnce()
  })

  it('ignores what is no event', () => {
    const { sockets, events } = follow()
    sockets[0]!.onmessage?.({ data: 'not json' })
    sockets[0]!.onmessage?.({ data: new ArrayBuffer(2) })
    sockets[0]!.say({ nothing: true })
    expect(events).toEqual([])
  })

  it('stops for good', () => {
    const { sockets, stop } = follow()
    stop()
    sockets[0]!.onclose?.()
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    expect(sockets[0]!.closed).toBe(true)
  })
})

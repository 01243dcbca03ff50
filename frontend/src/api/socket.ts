import type { LiveEvent } from '@/api/contract'
import { socketUrl } from '@/api/client'

export type SocketState = 'connecting' | 'open' | 'reconnecting' | 'closed'

interface SocketOptions {
  onEvent: (event: LiveEvent) => void
  onState: (state: SocketState) => void
  /** A connection was refused: perhaps the session has to be renewed first. */
  onRefused: () => void
  create?: (url: string) => WebSocket
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000

/**
 * Follows the event feed and never loses its place: after a break it asks for
 * everything since the last number seen. Waits double up to 15 s, with jitter
 * so that a restarted server is not met by all tabs at once.
 */
export function followEvents({ onEvent, onState, onRefused, create }: SocketOptions): () => void {
  const open = create ?? ((url: string) => new WebSocket(url))
  let since = 0
  let wait = FIRST_WAIT_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let socket: WebSocket | null = null
  let stopped = false
  let opened = false

  const connect = () => {
    timer = undefined
    socket = open(socketUrl(since))
    opened = false
    socket.onopen = () => {
      opened = true
      wait = FIRST_WAIT_MS
      onState('open')
    }
    socket.onmessage = (message: MessageEvent<unknown>) => {
      const event = parse(message.data)
      if (!event) return
      if (event.seq > since) since = event.seq
      if (event.type !== 'hello') onEvent(event)
    }
    socket.onclose = () => {
      if (stopped) return
      onState('reconnecting')
      if (!opened) onRefused()
      timer = setTimeout(connect, wait * (0.75 + Math.random() / 2))
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
  }

  // A network that is back is worth a try at once.
  const onOnline = () => {
    if (!timer) return
    clearTimeout(timer)
    connect()
  }

  onState('connecting')
  connect()
  window.addEventListener('online', onOnline)
  return () => {
    stopped = true
    window.removeEventListener('online', onOnline)
    clearTimeout(timer)
    socket?.close()
    onState('closed')
  }
}

function parse(data: unknown): LiveEvent | null {
  if (typeof data !== 'string') return null
  try {
    const value = JSON.parse(data) as LiveEvent
    return typeof value.type === 'string' && typeof value.seq === 'number' ? value : null
  } catch {
    return null
  }
}

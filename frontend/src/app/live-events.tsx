import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import type { LiveEvent } from '@/api/contract'
import { followEvents, type SocketState } from '@/api/socket'
import { sessionKeys } from '@/features/auth/queries'

/** Which cached answers an event makes old, by what it is about. */
const STALE: Record<string, readonly (readonly unknown[])[]> = {
  lead: [['leads'], ['overview']],
  batch: [['batches'], ['overview']],
  import: [['imports'], ['overview']],
  message: [['messages']],
  profile: [['profile']],
  user: [[{ _id: 'usersList' }]],
  api_key: [[{ _id: 'apiKeysList' }]],
  budget: [[{ _id: 'budgetsList' }]],
}

const GATHER_MS = 700

/** Follows the server's events and renews what they touched, at most once per 0.7 s. */
export function useLiveEvents(): SocketState {
  const client = useQueryClient()
  const [state, setState] = useState<SocketState>('connecting')
  useEffect(() => {
    const touched = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      const keys = [...touched].flatMap((kind) => STALE[kind] ?? [])
      touched.clear()
      for (const key of keys) void client.invalidateQueries({ queryKey: [...key] })
    }
    const onEvent = (event: LiveEvent) => {
      // Too much was missed to be told one by one.
      if (event.type === 'resync') return void client.invalidateQueries()
      touched.add(event.subject?.kind ?? '')
      touched.add(event.type.split('.')[0] ?? '')
      timer ??= setTimeout(flush, GATHER_MS)
    }
    const stop = followEvents({
      onEvent,
      onState: setState,
      // An expired session refuses the socket; any call renews it.
      onRefused: () => void client.invalidateQueries({ queryKey: sessionKeys.me }),
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client])
  return state
}

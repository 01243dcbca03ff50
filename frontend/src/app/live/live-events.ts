import { hashKey, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import type { LiveEvent } from '@/api/contract'
import { followEvents, type SocketState } from '@/api/socket'
import { staleBy } from '@/app/live/stale'
import { sessionKeys } from '@/features/auth/queries'
import { listsFollow, renewBesideLists } from '@/features/duplicates/queue-cache'

const GATHER_MS = 700
const PAIRS = hashKey(['duplicates'])

/** Follows the server's events and renews what they touched, at most once per 0.7 s. */
export function useLiveEvents(): SocketState {
  const client = useQueryClient()
  const [state, setState] = useState<SocketState>('connecting')
  useEffect(() => {
    const touched = new Map<string, QueryKey>()
    let timer: ReturnType<typeof setTimeout> | undefined
    let pairs = false
    const flush = () => {
      timer = undefined
      const keys = [...touched.values()]
      if (pairs && !touched.has(PAIRS)) void renewBesideLists(client)
      pairs = false
      touched.clear()
      for (const queryKey of keys) void client.invalidateQueries({ queryKey })
    }
    const onEvent = (event: LiveEvent) => {
      // Too much was missed to be told one by one.
      if (event.type === 'resync') return void client.invalidateQueries()
      const follow = listsFollow(client, event)
      for (const key of staleBy(event) ?? []) {
        if (follow && hashKey(key) === PAIRS) pairs = true
        else touched.set(hashKey(key), key)
      }
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

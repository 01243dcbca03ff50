import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** What people change without the server telling of it: other tabs hear of it from this one. */
const UNTOLD: ReadonlySet<unknown> = new Set(['templates', 'views'])
const CHANNEL = 'winnow.changes'

/** Renews in this browser's other tabs what was changed in this one, where no event of the server does. */
export function useTabEcho(): void {
  const client = useQueryClient()
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    let echoing = false
    channel.onmessage = ({ data }: MessageEvent<QueryKey>) => {
      echoing = true
      void client.invalidateQueries({ queryKey: [...data] })
      echoing = false
    }
    const stop = client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || echoing) return
      const { action } = event
      const changed = action.type === 'invalidate' || (action.type === 'success' && action.manual)
      if (!changed) return
      const [root] = event.query.queryKey as QueryKey
      if (UNTOLD.has(root)) channel.postMessage([root])
    })
    return () => {
      stop()
      channel.close()
    }
  }, [client])
}

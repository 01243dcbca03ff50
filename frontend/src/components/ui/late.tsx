import { type ComponentType, type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { SkeletonLines } from '@/components/ui/skeleton'
import { late, useLately } from '@/hooks/use-lately'

/** Until the page has come to rest: what it may need next is then fetched ahead. */
const REST_MS = 1500

interface Layer {
  open: boolean
  onClose?: () => void
}

/**
 * A dialog, sheet or bar whose code is not part of the page's first load: it is
 * fetched when the page has come to rest, or when it is opened before that.
 */
export function lateLayer<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P & Layer) => ReactNode {
  const code = late(load)
  return function LateLayer(props: P & Layer) {
    const { t } = useTranslation()
    const [Code, want] = useLately(code)
    const { open, onClose } = props
    const fetchNow = useEffectEvent(() => {
      want().catch(() => {
        toast({ tone: 'bad', title: t('error.offline') })
        onClose?.()
      })
    })
    // A failure ahead of time is nobody's concern yet.
    const fetchAhead = useEffectEvent(() => void want().catch(() => undefined))
    useEffect(() => {
      if (open) return fetchNow()
      const timer = setTimeout(fetchAhead, REST_MS)
      return () => clearTimeout(timer)
    }, [open])
    return Code && <Code {...props} />
  }
}

/** What a layer holds, fetched when it is shown: its shape meanwhile, a fault with a retry in its place. */
export function lateContent<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P) => ReactNode {
  const code = late(load)
  return function LateContent(props: P) {
    const { t } = useTranslation()
    const [Code, want] = useLately(code)
    const [failed, setFailed] = useState(false)
    const get = async () => {
      setFailed(false)
      await want().catch(() => setFailed(true))
    }
    const start = useEffectEvent(() => void get())
    useEffect(() => start(), [])
    if (Code) return <Code {...props} />
    if (!failed) return <SkeletonLines lines={5} className="p-3" />
    return <ErrorState problem={{ message: t('error.offline') }} onRetry={get} />
  }
}

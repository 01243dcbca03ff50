import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { onNewVersion } from '@/api/client'
import type { SocketState } from '@/api/socket'
import { Button } from '@/components/ui/button'
import { useOnline } from '@/hooks/use-online'

/** A short break is not worth a word. */
const QUIET_MS = 4000

/** One quiet line above the page: offline, server away, or a new version. */
export function StatusBar({ socket }: { socket: SocketState }) {
  const { t } = useTranslation()
  const online = useOnline()
  const lost = useLasting(socket === 'reconnecting', QUIET_MS)
  const [newVersion, setNewVersion] = useState(false)
  useEffect(() => onNewVersion(() => setNewVersion(true)), [])

  const words = !online ? t('live.offline') : lost ? t('live.lost') : null
  return (
    <div role="status" className="shrink-0">
      {words && (
        <p className="border-b border-line bg-warn-soft px-4 py-1.5 text-sm text-ink">{words}</p>
      )}
      {!words && newVersion && (
        <p className="flex flex-wrap items-center gap-3 border-b border-line bg-selected px-4 py-1 text-sm">
          {t('live.newVersion')}
          <Button size="sm" onClick={() => window.location.reload()}>
            {t('live.reload')}
          </Button>
        </p>
      )}
    </div>
  )
}

/** True once `value` has been true for `ms`. */
function useLasting(value: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLasting(value), value ? ms : 0)
    return () => clearTimeout(timer)
  }, [value, ms])
  return lasting && value
}

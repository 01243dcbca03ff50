import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Time } from '@/components/ui/time'
import { Loaded } from '@/features/settings/components/query-panel'
import { sessionsQuery, useEndSession, useLogoutAll } from '@/features/settings/queries'
import { browserName } from '@/features/settings/browser-name'
import { useOnce } from '@/hooks/use-once'

export function SessionsPanel() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const sessions = useQuery(sessionsQuery)
  const end = useEndSession()
  const all = useLogoutAll()
  const once = useOnce()
  const [asking, setAsking] = useState(false)
  const endOne = once(async (id: string) => {
    const ended = await end.mutateAsync(id).catch(() => null)
    if (ended) toast({ title: t('settings.sessions.ended') })
  })
  const endAll = once(async () => {
    const ended = await all.mutateAsync().catch(() => null)
    if (ended) await navigate('/login', { replace: true })
  })
  return (
    <Panel
      title={t('settings.sessions.title')}
      actions={<Button onClick={() => setAsking(true)}>{t('settings.sessions.all')}</Button>}
      flush
    >
      {end.error && <ErrorState problem={toProblem(end.error)} className="m-4" />}
      <Loaded query={sessions}>
        {({ items }) => (
          <ul>
            {items.map((session) => (
              <li
                key={session.id}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line px-4 py-2 not-first:border-t"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate" title={session.user_agent}>
                    {browserName(session.user_agent, t)}
                  </span>
                  <span className="num text-xs text-ink-2">
                    {session.ip} · {t('settings.sessions.seen')} <Time iso={session.last_seen_at} />
                  </span>
                </span>
                {session.current ? (
                  <Badge tone="accent">{t('settings.sessions.current')}</Badge>
                ) : (
                  <Button size="sm" disabled={end.isPending} onClick={() => endOne(session.id)}>
                    {t('settings.sessions.end')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('settings.sessions.allTitle')}
        description={t('settings.sessions.allBody')}
        closeLabel={t('common.close')}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
            <Button variant="danger" busy={all.isPending} onClick={endAll}>
              {t('settings.sessions.all')}
            </Button>
          </>
        }
      />
    </Panel>
  )
}

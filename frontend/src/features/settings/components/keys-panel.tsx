import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ApiKey } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Time } from '@/components/ui/time'
import { CreateKeyDialog } from '@/features/settings/components/create-key-dialog'
import { Loaded } from '@/features/settings/components/query-panel'
import { keysQuery, useRevokeKey } from '@/features/settings/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

export function KeysPanel() {
  const { t } = useTranslation()
  const can = useCan()
  const keys = useQuery(keysQuery)
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const create = can('api_keys.create') && (
    <Button icon={<Plus />} variant="primary" onClick={() => setCreating(true)}>
      {t('settings.keys.create')}
    </Button>
  )
  return (
    <Panel title={t('settings.keys.title')} actions={create} flush>
      <p className="px-4 pt-3 pb-1 text-sm text-ink-2">{t('settings.keys.note')}</p>
      <Loaded query={keys}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<KeyRound />}
              title={t('settings.keys.none')}
              body={t('settings.keys.noneBody')}
            />
          ) : (
            <ul>
              {items.map((key) => (
                <KeyRow key={key.id} item={key} onRevoke={() => setRevoking(key)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <CreateKeyDialog open={creating} onClose={() => setCreating(false)} />
      <RevokeDialog item={revoking} onClose={() => setRevoking(null)} />
    </Panel>
  )
}

function KeyRow({ item, onRevoke }: { item: ApiKey; onRevoke: () => void }) {
  const { t } = useTranslation()
  const can = useCan()
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2">
      <span className="min-w-32 font-medium">{item.name}</span>
      <code className="font-mono text-xs text-ink-2">{item.prefix}…</code>
      <span className="flex flex-1 flex-wrap gap-1">
        {item.scopes.map((scope) => (
          <Badge key={scope}>{t(`settings.scope.${scope}` as never)}</Badge>
        ))}
      </span>
      <span className="text-xs text-ink-3">
        {t('settings.keys.used')}:{' '}
        {item.last_used_at ? <Time iso={item.last_used_at} /> : t('common.never')}
      </span>
      {can('api_keys.revoke') && (
        <Button size="sm" onClick={onRevoke}>
          {t('settings.keys.revoke')}
        </Button>
      )}
    </li>
  )
}

function RevokeDialog({ item, onClose }: { item: ApiKey | null; onClose: () => void }) {
  const { t } = useTranslation()
  const once = useOnce()
  const revoke = useRevokeKey()
  const take = once(async (id: string) => {
    const revoked = await revoke.mutateAsync(id).catch(() => null)
    if (!revoked) return // Shown in place.
    toast({ title: t('settings.keys.revoked') })
    onClose()
  })
  return (
    <Dialog
      open={item !== null}
      onClose={onClose}
      title={t('settings.keys.revokeTitle', { name: item?.name ?? '' })}
      description={t('settings.keys.revokeBody')}
      closeLabel={t('common.close')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="danger" busy={revoke.isPending} onClick={() => item && take(item.id)}>
            {t('settings.keys.revoke')}
          </Button>
        </>
      }
    >
      {revoke.error && <ErrorState problem={toProblem(revoke.error)} />}
    </Dialog>
  )
}

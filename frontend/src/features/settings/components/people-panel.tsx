import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Role, User } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { InviteDialog } from '@/features/settings/components/invite-dialog'
import { Loaded } from '@/features/settings/components/query-panel'
import { usersQuery, useUpdateUser } from '@/features/settings/queries'
import { useCan } from '@/hooks/use-can'

const ROLES: readonly Role[] = ['viewer', 'user', 'admin']

export function PeoplePanel({ me }: { me: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const users = useQuery(usersQuery)
  const update = useUpdateUser()
  const [inviting, setInviting] = useState(false)

  const change = (user: User, to: { role?: Role; disabled?: boolean }) => {
    const back = {
      role: to.role && user.role,
      disabled: to.disabled === undefined ? undefined : user.disabled,
    }
    update.mutate(
      { id: user.id, ...to },
      {
        onSuccess: () =>
          toast({
            title: t('settings.people.changed', { name: user.name || user.email }),
            undo: () => update.mutate({ id: user.id, ...back }),
          }),
      },
    )
  }

  return (
    <Panel
      title={t('settings.people.title')}
      actions={
        can('users.invite') && (
          <Button icon={<UserPlus />} variant="primary" onClick={() => setInviting(true)}>
            {t('settings.people.invite')}
          </Button>
        )
      }
      flush
    >
      {update.error && <ErrorState problem={toProblem(update.error)} className="m-4" />}
      <Loaded query={users}>
        {({ items }) => (
          <ul>
            {items.map((user) => (
              <PersonRow
                key={user.id}
                user={user}
                own={user.id === me}
                onChange={(to) => change(user, to)}
              />
            ))}
          </ul>
        )}
      </Loaded>
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
    </Panel>
  )
}

interface PersonRowProps {
  user: User
  own: boolean
  onChange: (to: { role?: Role; disabled?: boolean }) => void
}

function PersonRow({ user, own, onChange }: PersonRowProps) {
  const { t } = useTranslation()
  const can = useCan()
  const editable = can('users.update') && !own
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line px-4 py-2 not-first:border-t">
      <span className="min-w-0 flex-1">
        <span className="font-medium">{user.name || user.email}</span>
        {own && <span className="text-ink-3"> ({t('settings.people.you')})</span>}
        {user.name && user.email && (
          <span className="block truncate text-xs text-ink-2">{user.email}</span>
        )}
      </span>
      {user.pending && <Badge tone="warn">{t('settings.people.pending')}</Badge>}
      {user.disabled && <Badge tone="bad">{t('settings.people.disabled')}</Badge>}
      {editable ? (
        <>
          <select
            aria-label={t('settings.people.roleOf', { name: user.name || user.email })}
            value={user.role}
            onChange={(event) => onChange({ role: event.target.value as Role })}
            className="control w-28"
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`settings.role.${role}`)}
              </option>
            ))}
          </select>
          <Button size="sm" onClick={() => onChange({ disabled: !user.disabled })}>
            {user.disabled ? t('settings.people.enable') : t('settings.people.disable')}
          </Button>
        </>
      ) : (
        <span className="text-sm text-ink-2">{t(`settings.role.${user.role}`)}</span>
      )}
    </li>
  )
}

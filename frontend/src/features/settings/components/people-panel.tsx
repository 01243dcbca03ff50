import { useQuery } from '@tanstack/react-query'
import { KeyRound, MoreHorizontal, Trash2, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Role, User } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button, IconButton } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { Select } from '@/components/ui/select'
import { DeleteUserDialog } from '@/features/settings/components/delete-user-dialog'
import { InviteDialog } from '@/features/settings/components/invite-dialog'
import { Loaded } from '@/features/settings/components/query-panel'
import { ResetLinkDialog } from '@/features/settings/components/reset-link-dialog'
import { usersQuery, useUpdateUser } from '@/features/settings/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

const ROLES: readonly Role[] = ['viewer', 'user', 'admin']

export function PeoplePanel({ me }: { me: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const users = useQuery(usersQuery)
  const once = useOnce()
  const update = useUpdateUser()
  const [inviting, setInviting] = useState(false)
  const [leaving, setLeaving] = useState<User | null>(null)
  const [locked, setLocked] = useState<User | null>(null)

  const change = once(async (user: User, to: { role?: Role; disabled?: boolean }) => {
    const back = {
      role: to.role && user.role,
      disabled: to.disabled === undefined ? undefined : user.disabled,
    }
    const changed = await update.mutateAsync({ id: user.id, ...to }).catch(() => null)
    if (!changed) return // Shown in place.
    toast({
      title: t('settings.people.changed', { name: user.name || user.email }),
      undo: () => update.mutateAsync({ id: user.id, ...back }),
    })
  })

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
                pending={update.isPending}
                onChange={(to) => change(user, to)}
                onDelete={() => setLeaving(user)}
                onReset={() => setLocked(user)}
              />
            ))}
          </ul>
        )}
      </Loaded>
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
      <DeleteUserDialog
        user={leaving}
        others={(users.data?.items ?? []).filter(
          (each) =>
            each.id !== leaving?.id && !each.disabled && !each.pending && each.role !== 'viewer',
        )}
        onClose={() => setLeaving(null)}
      />
      <ResetLinkDialog user={locked} onClose={() => setLocked(null)} />
    </Panel>
  )
}

interface PersonRowProps {
  user: User
  own: boolean
  pending: boolean
  onChange: (to: { role?: Role; disabled?: boolean }) => void
  onDelete: () => void
  onReset: () => void
}

function PersonRow({ user, own, pending, onChange, onDelete, onReset }: PersonRowProps) {
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
          <Select
            aria-label={t('settings.people.roleOf', { name: user.name || user.email })}
            value={user.role}
            disabled={pending}
            onChange={(role) => onChange({ role })}
            options={ROLES.map((value) => ({ value, label: t(`settings.role.${value}`) }))}
            className="w-28"
          />
          <Button disabled={pending} onClick={() => onChange({ disabled: !user.disabled })}>
            {user.disabled ? t('settings.people.enable') : t('settings.people.disable')}
          </Button>
        </>
      ) : (
        <span className="text-sm text-ink-2">{t(`settings.role.${user.role}`)}</span>
      )}
      {!own && (can('users.delete') || can('users.reset_link')) && (
        <Menu
          trigger={
            <IconButton label={t('settings.people.more', { name: user.name || user.email })}>
              <MoreHorizontal />
            </IconButton>
          }
        >
          {can('users.reset_link') && !user.pending && (
            <MenuItem icon={<KeyRound />} onSelect={onReset}>
              {t('settings.people.reset')}
            </MenuItem>
          )}
          {can('users.delete') && (
            <MenuItem danger icon={<Trash2 />} onSelect={onDelete}>
              {t('settings.people.delete')}
            </MenuItem>
          )}
        </Menu>
      )}
    </li>
  )
}

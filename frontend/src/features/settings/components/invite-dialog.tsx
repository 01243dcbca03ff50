import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Role } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { CopyLine } from '@/components/ui/copy-line'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { useInvite } from '@/features/settings/queries'
import { useOnce } from '@/hooks/use-once'

const ROLES: readonly Role[] = ['viewer', 'user', 'admin']

interface InviteDialogProps {
  open: boolean
  onClose: () => void
}

/** Invites somebody: by mail where a mail server is set up, else with a link to pass on. */
export function InviteDialog({ open, onClose }: InviteDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('settings.people.inviteTitle')}
      closeLabel={t('common.close')}
    >
      {open && <InviteForm onClose={onClose} />}
    </Dialog>
  )
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const invite = useInvite()
  const once = useOnce()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('user')
  const [tried, setTried] = useState(false)
  const bad = !/^\S+@\S+$/.test(email.trim())
  if (invite.data) {
    const link = invite.data.invite_url
    return (
      <div className="flex flex-col gap-4">
        <p role="status" className="text-sm">
          {t(link ? 'settings.people.link' : 'settings.people.mailed', { email })}
        </p>
        {link && <CopyLine label={t('settings.people.inviteTitle')} value={link} />}
        <Button variant="primary" className="self-end" onClick={onClose}>
          {t('common.close')}
        </Button>
      </div>
    )
  }
  const submit = once(() =>
    invite.mutateAsync({ email: email.trim(), role }).catch(() => undefined),
  )
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!bad) submit()
      }}
    >
      {invite.error && <ErrorState problem={toProblem(invite.error)} />}
      <Field
        label={t('settings.people.email')}
        error={tried && bad ? t('settings.people.emailFault') : undefined}
      >
        {(control) => (
          <input
            {...control}
            autoFocus
            type="email"
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            className="control"
          />
        )}
      </Field>
      <Field label={t('settings.people.role')} hint={t(`settings.roleNote.${role}`)}>
        {(control) => (
          <Select
            {...control}
            value={role}
            onChange={setRole}
            options={ROLES.map((value) => ({ value, label: t(`settings.role.${value}`) }))}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="primary" busy={invite.isPending}>
          {t('settings.people.invite')}
        </Button>
      </div>
    </form>
  )
}

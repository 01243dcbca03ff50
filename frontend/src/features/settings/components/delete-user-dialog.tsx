import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { useDeleteUser } from '@/features/settings/workspace-queries'

interface DeleteUserDialogProps {
  /** Null while nobody is to go. */
  user: User | null
  /** Who may get the leads. */
  others: readonly User[]
  onClose: () => void
}

const NOBODY = 'none'
const OWNS = 'user_owns_leads'

/** Takes a person out. Who still has leads goes only once it is said who gets them. */
export function DeleteUserDialog({ user, others, onClose }: DeleteUserDialogProps) {
  return user && <Question key={user.id} user={user} others={others} onClose={onClose} />
}

function Question({ user, others, onClose }: DeleteUserDialogProps & { user: User }) {
  const { t } = useTranslation()
  const remove = useDeleteUser()
  const [to, setTo] = useState(NOBODY)
  const [owns, setOwns] = useState<number | null>(null)
  const name = user.name || user.email
  const problem = remove.error ? toProblem(remove.error) : null

  const submit = async () => {
    try {
      await remove.mutateAsync({ id: user.id, to: owns === null ? undefined : to })
    } catch (error) {
      const { code, leadCount } = toProblem(error)
      if (code === OWNS) setOwns(leadCount ?? 0)
      return
    }
    toast({ title: t('settings.people.deleted', { name }) })
    onClose()
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('settings.people.deleteTitle', { name })}
      description={t('settings.people.deleteBody')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="danger" busy={remove.isPending} onClick={() => void submit()}>
            {t(owns !== null ? 'settings.people.deleteGive' : 'settings.people.delete')}
          </Button>
        </>
      }
    >
      {owns !== null && (
        <div className="flex flex-col gap-3">
          <Callout tone="warn" alert>
            {t('settings.people.owns', { name, count: owns })}
          </Callout>
          <Field label={t('settings.people.giveTo')}>
            {(control) => (
              <Select
                {...control}
                value={to}
                onChange={setTo}
                options={[
                  { value: NOBODY, label: t('settings.people.nobody') },
                  ...others.map((each) => ({ value: each.id, label: each.name || each.email })),
                ]}
              />
            )}
          </Field>
        </div>
      )}
      {problem && problem.code !== OWNS && <ErrorState problem={problem} />}
    </Dialog>
  )
}

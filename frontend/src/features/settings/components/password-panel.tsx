import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { useChangePassword } from '@/features/settings/queries'
import { useOnce } from '@/hooks/use-once'

const SHORTEST = 12

export function PasswordPanel() {
  const { t } = useTranslation()
  const once = useOnce()
  const change = useChangePassword()
  const [current, setCurrent] = useState('')
  const [fresh, setFresh] = useState('')
  const [tried, setTried] = useState(false)
  const short = fresh.length < SHORTEST

  const save = once(async () => {
    const saved = await change.mutateAsync({ current, new: fresh }).catch(() => null)
    if (!saved) return // Shown in place.
    setCurrent('')
    setFresh('')
    setTried(false)
    toast({ title: t('settings.sessions.passwordSaved') })
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (current && !short) save()
  }

  return (
    <Panel title={t('settings.sessions.password')}>
      <form noValidate className="flex max-w-sm flex-col gap-4" onSubmit={submit}>
        {change.error && <ErrorState problem={toProblem(change.error)} />}
        <Field
          label={t('settings.sessions.currentPassword')}
          error={tried && !current ? t('auth.fault.passwordMissing') : undefined}
        >
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
              className="control"
            />
          )}
        </Field>
        <Field
          label={t('auth.newPassword')}
          hint={t('auth.passwordHint')}
          error={tried && short ? t('auth.fault.passwordShort') : undefined}
        >
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="new-password"
              value={fresh}
              onChange={(event) => setFresh(event.target.value)}
              className="control"
            />
          )}
        </Field>
        <Button type="submit" className="self-start" busy={change.isPending}>
          {t('settings.sessions.password')}
        </Button>
      </form>
    </Panel>
  )
}

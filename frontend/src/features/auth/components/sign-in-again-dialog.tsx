import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { SignInProblem } from '@/features/auth/components/sign-in-problem'
import { useSignInAgain } from '@/features/auth/queries'

/** Asks for the password over the page when the session has ended; what is on the page stays. */
export function SignInAgainDialog({ email, onDone }: { email: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const login = useSignInAgain(onDone)
  return (
    <Dialog
      open
      firm
      onClose={() => undefined}
      title={t('auth.ended')}
      description={t('auth.endedBody')}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!login.isPending) login.mutate({ email, password, remember: true })
        }}
      >
        <SignInProblem error={login.error} />
        <p className="text-sm">
          <span className="text-ink-2">{t('auth.email')}: </span>
          <span dir="auto" className="font-medium break-words">
            {email}
          </span>
        </p>
        {/* For password managers, which look for the name beside the password. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field label={t('auth.password')}>
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="current-password"
              autoFocus
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              className="control"
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <a href="/login" className="text-sm text-accent-text hover:underline">
            {t('auth.someoneElse')}
          </a>
          <Button type="submit" variant="primary" busy={login.isPending}>
            {t('auth.signIn')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

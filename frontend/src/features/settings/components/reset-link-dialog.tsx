import { useTranslation } from 'react-i18next'

import type { User } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { CopyLine } from '@/components/ui/copy-line'
import { Dialog } from '@/components/ui/dialog'
import { useResetLink } from '@/features/settings/workspace-queries'
import { useOnce } from '@/hooks/use-once'

interface ResetLinkDialogProps {
  user: User | null
  onClose: () => void
}

/** Lets somebody choose a new password: by mail where a mail server is set up, else with a link to pass on. */
export function ResetLinkDialog({ user, onClose }: ResetLinkDialogProps) {
  return user && <Question key={user.id} user={user} onClose={onClose} />
}

function Question({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation()
  const make = useResetLink()
  const once = useOnce()
  const name = user.name || user.email
  const link = make.data?.reset_url
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('settings.people.resetTitle', { name })}
      footer={
        make.isSuccess ? (
          <Button variant="primary" onClick={onClose}>
            {t('common.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button
              variant="primary"
              busy={make.isPending}
              onClick={once(() => make.mutateAsync(user.id).catch(() => undefined))}
            >
              {t('settings.people.reset')}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        {make.error && <ErrorState problem={toProblem(make.error)} />}
        {make.isSuccess ? (
          <>
            <p role="status">
              {t(link ? 'settings.people.link' : 'settings.people.resetMailed', {
                email: user.email,
              })}
            </p>
            {link && <CopyLine label={t('settings.people.resetTitle', { name })} value={link} />}
          </>
        ) : (
          <p>{t('settings.people.resetBody')}</p>
        )}
      </div>
    </Dialog>
  )
}

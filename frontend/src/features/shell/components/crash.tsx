import { CloudOff, RefreshCw, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button, ButtonLink } from '@/components/ui/button'
import { CopyLine } from '@/components/ui/copy-line'
import { FullPage } from '@/features/shell/components/full-page'
import { useOnline } from '@/hooks/use-online'

interface CrashProps {
  error: unknown
  /** Shows the page anew; nothing else is touched. */
  onRetry: () => void
}

/** What a browser says when a page's code cannot be fetched. */
const NOT_FETCHED =
  /dynamically imported module|module script failed|Importing a module|preload CSS/i

/** A page that broke, or whose code did not come. */
export function Crash({ error, onRetry }: CrashProps) {
  const { t } = useTranslation()
  const online = useOnline()
  const message = error instanceof Error ? error.message : String(error)
  const missing = NOT_FETCHED.test(message)
  const kind = !missing ? 'broke' : online ? 'old' : 'offline'
  return (
    <FullPage
      alert
      icon={kind === 'offline' ? <CloudOff /> : kind === 'old' ? <RefreshCw /> : <TriangleAlert />}
      title={t(`error.crash.${kind}`)}
      actions={
        <>
          <Button variant="primary" onClick={kind === 'old' ? () => location.reload() : onRetry}>
            {kind === 'old' ? t('live.reload') : t('common.retry')}
          </Button>
          <ButtonLink to="/">{t('nav.home')}</ButtonLink>
        </>
      }
    >
      <p>{t(`error.crash.${kind}Body`)}</p>
      {kind === 'broke' && <Report error={error} message={message} />}
    </FullPage>
  )
}

/** The words to give to whoever can mend it. */
function Report({ error, message }: { error: unknown; message: string }) {
  const { t } = useTranslation()
  const requestId = (error as { requestId?: string | null } | null)?.requestId
  const text = [
    message,
    window.location.pathname,
    new Date().toISOString(),
    requestId && `request ${requestId}`,
  ]
    .filter(Boolean)
    .join(' · ')
  return (
    <details className="mt-1">
      <summary className="cursor-pointer text-accent-text">{t('error.crash.report')}</summary>
      <div className="mt-2">
        <CopyLine label={t('error.crash.report')} value={text} />
      </div>
    </details>
  )
}

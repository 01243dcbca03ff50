import { useTranslation } from 'react-i18next'

import type { Message } from '@/api/contract'
import { Button } from '@/components/ui/button'
import { WordDiff } from '@/features/messages/components/word-diff'
import type { MessageText } from '@/features/messages/queries'

interface MessageConflictProps {
  mine: MessageText
  theirs: Message
  busy: boolean
  onMine: () => void
  onTheirs: () => void
}

/** Two people edited the message: what differs, and the choice. */
export function MessageConflict({ mine, theirs, busy, onMine, onTheirs }: MessageConflictProps) {
  const { t } = useTranslation()
  return (
    <section role="alert" className="rounded-md border border-warn/40 bg-warn-soft p-3 text-sm">
      <h3 className="font-medium">{t('conflict.title')}</h3>
      <p className="text-ink-2">{t('message.conflictBody')}</p>
      <div className="mt-2">
        <WordDiff before={whole(theirs)} after={whole(mine)} />
      </div>
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button size="sm" disabled={busy} onClick={onTheirs}>
          {t('conflict.keepTheirs')}
        </Button>
        <Button size="sm" variant="primary" busy={busy} onClick={onMine}>
          {t('conflict.keepMine')}
        </Button>
      </div>
    </section>
  )
}

/** Subject and body as one text, to compare. */
export function whole({ subject, body }: MessageText): string {
  return `${subject}\n\n${body}`
}

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Message } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { useSaveMessage, versionsQuery } from '@/features/messages/queries'
import { useCan } from '@/hooks/use-can'

interface MessageVersionsProps {
  open: boolean
  onClose: () => void
  message: Message
}

/** Every version that was ever saved; any can come back as the newest. */
export function MessageVersions({ open, onClose, message }: MessageVersionsProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      wide
      open={open}
      onClose={onClose}
      title={t('message.versions')}
      closeLabel={t('common.close')}
    >
      {open && <VersionList message={message} onClose={onClose} />}
    </Dialog>
  )
}

function VersionList({ message, onClose }: Omit<MessageVersionsProps, 'open'>) {
  const { t } = useTranslation()
  const can = useCan()
  const versions = useQuery(versionsQuery(message.lead_id))
  const save = useSaveMessage(message.lead_id)
  if (versions.error) return <ErrorState problem={toProblem(versions.error)} />
  if (!versions.data) return <SkeletonLines lines={6} />
  return (
    <>
      {save.error && <ErrorState problem={toProblem(save.error)} className="mb-3" />}
      <ol className="flex flex-col gap-3">
        {versions.data.items.map((each) => (
          <li key={each.version} className="rounded-md border border-line p-3">
            <div className="flex items-center gap-2 text-xs text-ink-2">
              <span className="font-medium text-ink">
                {t('message.version', { n: each.version })}
              </span>
              <Time iso={each.at} />
              {each.edited_by && <Badge>{t('message.edited')}</Badge>}
              <span className="ml-auto">
                {each.version === message.version ? (
                  <Badge tone="accent">{t('message.current')}</Badge>
                ) : (
                  can('messages.update') && (
                    <Button
                      size="sm"
                      onClick={() =>
                        save.mutate(
                          { subject: each.subject, body: each.body, version: message.version },
                          {
                            onSuccess: () => {
                              toast({ title: t('message.restored', { n: each.version }) })
                              onClose()
                            },
                          },
                        )
                      }
                    >
                      {t('message.restore')}
                    </Button>
                  )
                )}
              </span>
            </div>
            <p className="mt-2 text-sm font-medium">{each.subject}</p>
            <p
              tabIndex={0}
              className="mt-1 max-h-40 overflow-y-auto text-sm break-words whitespace-pre-wrap text-ink-2"
            >
              {each.body}
            </p>
          </li>
        ))}
      </ol>
    </>
  )
}

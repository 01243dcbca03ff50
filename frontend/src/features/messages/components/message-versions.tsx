import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Message } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { whole } from '@/features/messages/components/message-conflict'
import { WordDiff } from '@/features/messages/components/word-diff'
import { useReplaceMessage, versionsQuery } from '@/features/messages/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { cn } from '@/utils/cn'

interface MessageVersionsProps {
  open: boolean
  onClose: () => void
  message: Message
  nameOf: (userId: string | null) => string
}

/** Every version that was ever kept, what it said differently, and the way back to it. */
export function MessageVersions({ open, onClose, ...list }: MessageVersionsProps) {
  const { t } = useTranslation()
  return (
    <Sheet wide open={open} onClose={onClose} title={t('message.versions')}>
      {open && <VersionList {...list} onClose={onClose} />}
    </Sheet>
  )
}

function VersionList({ message, nameOf, onClose }: Omit<MessageVersionsProps, 'open'>) {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const versions = useQuery(versionsQuery(message.lead_id))
  const replace = useReplaceMessage(message.lead_id)
  const items = versions.data?.items ?? []
  const [picked, setPicked] = useState<number | null>(null)
  const others = items.filter((each) => each.version !== message.version)
  const chosen = others.find((each) => each.version === picked) ?? others[0]

  const restore = async () => {
    if (!chosen) return
    const before = { subject: message.subject, body: message.body }
    const { subject, body } = chosen
    await replace.mutateAsync({ subject, body, version: message.version }).then(
      (saved) => {
        toast({
          title: t('message.restored', { n: chosen.number }),
          undo: () => replace.mutate({ ...before, version: saved.version }),
        })
        onClose()
      },
      () => undefined, // Shown in place.
    )
  }

  if (versions.error) {
    return (
      <ErrorState problem={toProblem(versions.error)} onRetry={() => void versions.refetch()} />
    )
  }
  if (!versions.data) return <SkeletonLines lines={6} />
  return (
    <div className="flex flex-col gap-4">
      {replace.error && <ErrorState problem={toProblem(replace.error)} />}
      <ol className="overflow-hidden rounded-md border border-line">
        {items.map((each) => {
          const current = each.version === message.version
          return (
            <li key={each.version} className="border-t border-line first:border-t-0">
              <button
                type="button"
                disabled={current}
                aria-pressed={!current && each === chosen}
                onClick={() => setPicked(each.version)}
                className={cn(
                  'flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-start text-sm not-disabled:hover:bg-hover pointer-coarse:min-h-11',
                  each === chosen && 'bg-selected not-disabled:hover:bg-selected',
                )}
              >
                <span className="font-medium">{t('message.version', { n: each.number })}</span>
                <span className="text-ink-2">
                  {each.edited_by
                    ? t('message.editedBy', { name: nameOf(each.edited_by) })
                    : each.writer === 'llm'
                      ? t('message.byModel')
                      : t('message.byTemplate')}
                </span>
                {current && <Badge tone="accent">{t('message.current')}</Badge>}
                <span className="ms-auto text-xs text-ink-3">
                  <Time iso={each.at} />
                </span>
              </button>
            </li>
          )
        })}
      </ol>
      {chosen ? (
        <section className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <h3 className="text-sm font-medium">{t('message.since', { n: chosen.number })}</h3>
            {can('messages.update') && (
              <Button size="sm" busy={replace.isPending} onClick={once(restore)}>
                {t('message.restore', { n: chosen.number })}
              </Button>
            )}
          </div>
          <WordDiff before={whole(chosen)} after={whole(message)} />
        </section>
      ) : (
        <p className="text-sm text-ink-2">{t('message.oneVersion')}</p>
      )}
    </div>
  )
}

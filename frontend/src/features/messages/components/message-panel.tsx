import { useQuery } from '@tanstack/react-query'
import { Copy, History, RefreshCw, Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Message } from '@/api/contract'
import type { MessageDraftRequest } from '@/api/gen/types.gen'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Button, IconButton } from '@/components/ui/button'
import { lateLayer } from '@/components/ui/late'
import { SkeletonLines } from '@/components/ui/skeleton'
import { MessageEditor } from '@/features/messages/components/message-editor'
import { MissingValues } from '@/features/messages/components/missing-values'
import { PillText } from '@/features/messages/components/pill-text'
import { VariableList } from '@/features/messages/components/variable-list'
import { WriteMenu } from '@/features/messages/components/write-menu'
import { messageQuery, useDraftMessage, useReplaceMessage } from '@/features/messages/queries'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

const MessageVersions = lateLayer(
  async () => (await import('@/features/messages/components/message-versions')).MessageVersions,
)

interface MessagePanelProps {
  leadId: string
  /** A message is written from an analysis; without one there is nothing to say. */
  analysed: boolean
  nameOf: (userId: string | null) => string
  /** Brings the reader to a field of the lead, to fill it in. */
  onFill: (field: string) => void
}

/** The first message to a lead: edited where it stands, written anew, taken back to an earlier version. */
export function MessagePanel({ leadId, analysed, nameOf, onFill }: MessagePanelProps) {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const message = useQuery(messageQuery(leadId))
  const draft = useDraftMessage(leadId)
  const replace = useReplaceMessage(leadId)
  const [versions, setVersions] = useState(false)
  const current = message.data

  const write = once(async (order: MessageDraftRequest) => {
    const before = current
    const fresh = await draft.mutateAsync(order).catch(() => null) // Shown in place.
    if (!fresh || !before) return
    toast({
      title: t('message.drafted'),
      undo: () =>
        replace.mutate({ subject: before.subject, body: before.body, version: fresh.version }),
    })
  })

  return (
    <Panel
      title={t('message.title')}
      note={current ? t('message.version', { n: current.version }) : undefined}
      actions={
        current && (
          <>
            <IconButton label={t('message.versions')} onClick={() => setVersions(true)}>
              <History />
            </IconButton>
            <IconButton
              label={t('message.copyAll')}
              onClick={() => void copy(current, t('common.copied'))}
            >
              <Copy />
            </IconButton>
            {can('messages.draft') && (
              <WriteMenu
                busy={draft.isPending}
                onWrite={write}
                trigger={
                  <Button size="sm" icon={<RefreshCw />} busy={draft.isPending}>
                    {t('message.again')}
                  </Button>
                }
              />
            )}
          </>
        )
      }
    >
      {draft.error && <MissingValues problem={toProblem(draft.error)} onFill={onFill} />}
      {replace.error && <ErrorState problem={toProblem(replace.error)} className="mb-3" />}
      {message.error && !current ? (
        <ErrorState problem={toProblem(message.error)} onRetry={() => void message.refetch()} />
      ) : message.isPending ? (
        <SkeletonLines lines={6} />
      ) : current ? (
        <>
          {can('messages.update') ? (
            <MessageEditor message={current} />
          ) : (
            <div dir="auto">
              <p className="text-sm font-semibold">
                <PillText text={current.subject} variables={current.variables ?? []} />
              </p>
              <div className="mt-2 text-sm">
                <PillText text={current.body} variables={current.variables ?? []} />
              </div>
            </div>
          )}
          <VariableList variables={current.variables ?? []} />
        </>
      ) : (
        <EmptyState
          title={t('message.none')}
          body={analysed ? t('message.noneBody') : t('message.analyseFirst')}
          action={
            can('messages.draft') &&
            analysed && (
              <>
                <Button
                  icon={<Sparkles />}
                  busy={draft.isPending}
                  onClick={() => write({ writer: 'template' })}
                >
                  {t('message.draft')}
                </Button>
                <WriteMenu
                  busy={draft.isPending}
                  onWrite={write}
                  trigger={<Button variant="ghost">{t('message.choose')}</Button>}
                />
              </>
            )
          }
        />
      )}
      {current && (
        <MessageVersions
          open={versions}
          onClose={() => setVersions(false)}
          message={current}
          nameOf={nameOf}
        />
      )}
    </Panel>
  )
}

async function copy(message: Message, said: string): Promise<void> {
  await navigator.clipboard.writeText(`${message.subject}\n\n${message.body}`)
  toast({ title: said })
}

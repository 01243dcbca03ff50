import { useQuery } from '@tanstack/react-query'
import { Copy, History, PenLine, RefreshCw, Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Message } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Panel } from '@/components/layout/panel'
import { Button, IconButton } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { SkeletonLines } from '@/components/ui/skeleton'
import { MessageEditor } from '@/features/messages/components/message-editor'
import { MessageVersions } from '@/features/messages/components/message-versions'
import { PillText } from '@/features/messages/components/pill-text'
import {
  messageQuery,
  modelQuery,
  useDraftMessage,
  useSaveMessage,
} from '@/features/messages/queries'
import { useCan } from '@/hooks/use-can'

/** The first message to a lead: read, edit, draft again, go back to an earlier version. */
export function MessagePanel({ leadId }: { leadId: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const message = useQuery(messageQuery(leadId))
  const draft = useDraftMessage(leadId)
  const model = useQuery(modelQuery)
  const save = useSaveMessage(leadId)
  const [editing, setEditing] = useState(false)
  const [versions, setVersions] = useState(false)

  const redraft = (writer: 'template' | 'llm') => {
    const before = message.data
    draft.mutate(writer, {
      onSuccess: (fresh) =>
        before &&
        toast({
          title: t('message.drafted'),
          undo: () =>
            save.mutate({ subject: before.subject, body: before.body, version: fresh.version }),
        }),
    })
  }

  const current = message.data
  return (
    <Panel
      title={t('message.title')}
      note={current && !editing ? t('message.version', { n: current.version }) : undefined}
      actions={
        current &&
        !editing && (
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
              <Menu
                trigger={
                  <IconButton label={t('message.again')} disabled={draft.isPending}>
                    <RefreshCw className={draft.isPending ? 'animate-skeleton' : ''} />
                  </IconButton>
                }
              >
                <MenuItem onSelect={() => redraft('template')}>{t('message.byTemplate')}</MenuItem>
                <MenuItem disabled={!model.data?.configured} onSelect={() => redraft('llm')}>
                  {t('message.byModel')}
                </MenuItem>
              </Menu>
            )}
            {can('messages.update') && (
              <Button size="sm" icon={<PenLine />} onClick={() => setEditing(true)}>
                {t('message.edit')}
              </Button>
            )}
          </>
        )
      }
    >
      {draft.error && <ErrorState problem={toProblem(draft.error)} className="mb-3" />}
      {message.error ? (
        <ErrorState problem={toProblem(message.error)} onRetry={() => void message.refetch()} />
      ) : message.isPending ? (
        <SkeletonLines lines={5} />
      ) : current ? (
        editing ? (
          <MessageEditor message={current} onDone={() => setEditing(false)} />
        ) : (
          <div>
            <p className="text-sm font-semibold">
              <PillText text={current.subject} variables={current.variables ?? []} />
            </p>
            <div className="mt-2 text-sm">
              <PillText text={current.body} variables={current.variables ?? []} />
            </div>
          </div>
        )
      ) : (
        <EmptyState
          title={t('message.none')}
          body={t('message.noneBody')}
          action={
            can('messages.draft') && (
              <Button
                icon={<Sparkles />}
                busy={draft.isPending}
                onClick={() => redraft('template')}
              >
                {t('message.draft')}
              </Button>
            )
          }
        />
      )}
      {current && (
        <MessageVersions open={versions} onClose={() => setVersions(false)} message={current} />
      )}
    </Panel>
  )
}

async function copy(message: Message, said: string): Promise<void> {
  await navigator.clipboard.writeText(`${message.subject}\n\n${message.body}`)
  toast({ title: said })
}

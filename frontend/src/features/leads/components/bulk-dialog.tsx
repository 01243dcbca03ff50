import { useQuery } from '@tanstack/react-query'
import { type ReactNode, type SyntheticEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { Lead, LeadSelection } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { leadLabel } from '@/features/leads/lead-words'
import { type BulkChange, bulkPreviewQuery, useBulk } from '@/features/leads/use-bulk'
import { useDebounced } from '@/hooks/use-debounced'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

/** What every bulk dialog is given. */
export interface BulkDialogProps {
  selection: LeadSelection
  onClose: () => void
  /** After the change was made. */
  onDone: () => void
}

interface FrameProps extends BulkDialogProps {
  title: string
  description?: ReactNode
  /** What would be done; null while it is not complete. */
  change: BulkChange | null
  /** The button's words, with the number of leads. */
  verb: (count: number, n: string) => string
  danger?: boolean
  /** A second change that the same form can make. */
  other?: { change: BulkChange | null; label: string }
  children?: ReactNode
}

const SETTLE_MS = 300

/** A change of many leads: its form, how many it would change, and the button that does it. */
export function BulkDialog(props: FrameProps) {
  const { selection, onClose, onDone, title, description, change, verb, danger, other } = props
  const { t } = useTranslation()
  const form = useId()
  const once = useOnce()
  const bulk = useBulk()
  const settled = useDebounced(change, SETTLE_MS)
  const preview = useQuery(bulkPreviewQuery(selection, settled))
  const waiting = change !== null && (settled !== change || preview.isFetching)
  const count = change && !preview.error ? preview.data?.count : undefined
  const send = once(async (what: BulkChange) => {
    const done = await bulk.mutateAsync({ ...selection, ...what }).catch(() => null)
    if (!done) return // Shown below.
    onDone()
    onClose()
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (change && count && !waiting) send(change)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          {other && (
            <Button
              disabled={!other.change || bulk.isPending}
              onClick={() => other.change && send(other.change)}
            >
              {other.label}
            </Button>
          )}
          <Button
            type="submit"
            form={form}
            variant={danger ? 'danger' : 'primary'}
            busy={bulk.isPending}
            disabled={!count || waiting}
          >
            {verb(count ?? 0, formatNumber(count ?? 0))}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {props.children}
        {bulk.error ? (
          <ErrorState problem={toProblem(bulk.error)} />
        ) : preview.error && change && !waiting ? (
          <ErrorState problem={toProblem(preview.error)} />
        ) : (
          <Preview
            asked={change !== null}
            data={
              preview.data && { ...preview.data, sample: preview.data.sample as unknown as Lead[] }
            }
            old={waiting}
          />
        )}
      </form>
    </Dialog>
  )
}

interface PreviewProps {
  asked: boolean
  data?: { count: number; skipped: number; sample: Lead[] }
  /** It is about what was asked for before. */
  old: boolean
}

function Preview({ asked, data, old }: PreviewProps) {
  const { t } = useTranslation()
  if (!asked) return <p className="text-sm text-ink-3">{t('bulk.previewFirst')}</p>
  if (!data) {
    return (
      <div aria-busy className="flex flex-col gap-2">
        <Skeleton className="h-4 w-48" />
        <Skeleton className="h-4 w-64" />
      </div>
    )
  }
  const { count, skipped, sample } = data
  const more = count - sample.length
  return (
    <div aria-live="polite" aria-busy={old} className={old ? 'opacity-60' : undefined}>
      <p className="text-sm font-medium">
        {t('bulk.willChange', { count, n: formatNumber(count) })}
      </p>
      {skipped > 0 && (
        <p className="text-sm text-ink-2">
          {t('bulk.willSkip', { count: skipped, n: formatNumber(skipped) })}
        </p>
      )}
      {count > 0 && (
        <ul className="mt-2 flex flex-col gap-0.5 text-sm text-ink-2">
          {sample.map((lead) => (
            <li key={lead.id} className="truncate">
              <bdi>{leadLabel(lead, t)}</bdi>
              {lead.name && lead.company && <bdi className="text-ink-3"> · {lead.company}</bdi>}
            </li>
          ))}
          {more > 0 && (
            <li className="text-ink-3">
              {t('bulk.andMore', { count: more, n: formatNumber(more) })}
            </li>
          )}
        </ul>
      )}
    </div>
  )
}

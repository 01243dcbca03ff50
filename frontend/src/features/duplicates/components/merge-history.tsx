import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import type { MergeRecord } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Button } from '@/components/ui/button'
import { lateLayer } from '@/components/ui/late'
import { Time } from '@/components/ui/time'
import type { Say } from '@/features/duplicates/field-words'
import { mergesQuery } from '@/features/duplicates/queries'
import { UNDO_PARAM } from '@/features/duplicates/use-merge'
import { useCan } from '@/hooks/use-can'

const UndoMergeDialog = lateLayer(
  async () => (await import('@/features/duplicates/components/undo-merge-dialog')).UndoMergeDialog,
)

interface MergeHistoryProps {
  leadId: string
  editable: boolean
  say: Say
  nameOf: (userId: string | null) => string
}

/** The merges that a lead was part of, each to be undone; nothing where there was none. */
export function MergeHistory({ leadId, editable, say, nameOf }: MergeHistoryProps) {
  const { t } = useTranslation()
  const can = useCan()
  const merges = useQuery({ ...mergesQuery(leadId), enabled: can('leads.merges') })
  const [params, setParams] = useSearchParams()
  // In the address: an undo elsewhere that has to ask something leads here.
  const asked = params.get(UNDO_PARAM)
  const undoing = merges.data?.find(({ id, state }) => id === asked && state === 'done') ?? null
  const setUndoing = (id: string | null) => {
    const next = new URLSearchParams(params)
    if (id) next.set(UNDO_PARAM, id)
    else next.delete(UNDO_PARAM)
    setParams(next, { replace: true, preventScrollReset: true })
  }
  if (merges.error) {
    return (
      <Panel title={t('duplicate.history')}>
        <ErrorState problem={toProblem(merges.error)} onRetry={() => merges.refetch()} />
      </Panel>
    )
  }
  if (!merges.data?.length) return null
  return (
    <Panel title={t('duplicate.history')}>
      <ul className="-my-1 flex flex-col divide-y divide-line">
        {merges.data.map((merge) => (
          <li key={merge.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm">
            <div className="min-w-0 flex-1 basis-48">
              <Members merge={merge} />
              <p className="text-xs text-ink-3">
                {merge.actor_id ? nameOf(merge.actor_id) : t('timeline.winnow')}
                {merge.automatic && `, ${t('duplicate.byItself')}`}
                {' · '}
                <Time iso={merge.created_at} />
                {merge.state === 'undone' && (
                  <>
                    {' · '}
                    {t('duplicate.undoneBy', { name: nameOf(merge.undone_by) })}{' '}
                    <Time iso={merge.undone_at} />
                  </>
                )}
              </p>
            </div>
            {merge.state === 'done' && editable && can('merges.undo') && (
              <Button size="sm" onClick={() => setUndoing(merge.id)}>
                {t('duplicate.undoMerge')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <UndoMergeDialog
        open={undoing !== null && editable && can('merges.undo')}
        merge={undoing}
        say={say}
        onClose={() => setUndoing(null)}
      />
    </Panel>
  )
}

/** Who went into whom, by the names they had before. */
export function Members({ merge }: { merge: MergeRecord }) {
  const { t, i18n } = useTranslation()
  const names = recordedNames(merge, t('lead.unnamed'))
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  const [into, ...others] = merge.leads.map((lead) => names[lead.lead_id]!)
  return (
    <p className="break-words">{t('duplicate.wentInto', { names: list.format(others), into })}</p>
  )
}

/** The names that the leads of a merge had before it; those of one name are told apart by their address. */
export function recordedNames(merge: MergeRecord, unnamed: string): Record<string, string> {
  const named = merge.leads.map(({ lead_id: id, values }) => ({
    id,
    name: values.name || values.company || values.email || values.title || unnamed,
    address: values.email || values.phone || values.company,
  }))
  const alike = (name: string) => named.filter((each) => each.name === name).length > 1
  return Object.fromEntries(
    named.map(({ id, name, address }) => [
      id,
      alike(name) && address && address !== name ? `${name} (${address})` : name,
    ]),
  )
}

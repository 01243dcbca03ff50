import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SkeletonLines } from '@/components/ui/skeleton'
import { requestOf, rowsOfPreview, RULES, type Wish, withPick } from '@/features/duplicates/compare'
import { AddLead } from '@/features/duplicates/components/add-lead'
import { ByHandHead } from '@/features/duplicates/components/by-hand-head'
import { FieldTable } from '@/features/duplicates/components/field-table'
import { RowRule } from '@/features/duplicates/components/row-rule'
import type { Say } from '@/features/duplicates/field-words'
import { mergePreviewQuery } from '@/features/duplicates/queries'
import { useMergeLeads } from '@/features/duplicates/use-merge'
import { useOnce } from '@/hooks/use-once'

/** As many as can be compared side by side. */
export const MOST_BY_HAND = 5

interface MergeLeadsDialogProps {
  open: boolean
  /** The leads to begin with; the first is the survivor until another is chosen. */
  ids: readonly string[]
  say: Say
  onClose: () => void
  onDone: (survivorId: string, mergedIds: string[]) => void
}

/** Merging leads by hand: a column for each, whose value stays by a rule or by a press, and what comes out. */
export function MergeLeadsDialog({ open, ...rest }: MergeLeadsDialogProps) {
  return open && <Form {...rest} />
}

function Form({ ids: first, say, onClose, onDone }: Omit<MergeLeadsDialogProps, 'open'>) {
  const { t } = useTranslation()
  const once = useOnce()
  const group = useId()
  const merge = useMergeLeads()
  const [ids, setIds] = useState(first)
  const [wish, setWish] = useState<Wish>({
    survivor: first[0] ?? '',
    picks: {},
    rule: 'survivor',
    rules: {},
  })
  const leads = ids.map((id) => ({ id }))
  const body = ids.length > 1 ? requestOf(wish, leads) : null
  const preview = useQuery(mergePreviewQuery(body))
  const rows = preview.data ? rowsOfPreview(preview.data.fields, ids.length) : []
  const nameOf = (id: string, at: number) =>
    ['name', 'company', 'email', 'title']
      .map((field) => rows.find((row) => row.field === field)?.cells[id]?.value)
      .find(Boolean) ?? t('duplicate.leadN', { n: at + 1 })
  const fresh = !!preview.data && !preview.isPlaceholderData
  const send = once(async () => {
    if (!body) return
    const done = await merge.mutateAsync(body).catch(() => null)
    if (!done) return // Shown below.
    onDone(body.survivor_id, body.merged_ids)
    onClose()
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('duplicate.byHandTitle', { count: Math.max(ids.length, 2) })}
      description={t('duplicate.byHandNote')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            busy={merge.isPending}
            disabled={!fresh || !!preview.error}
            onClick={send}
          >
            {t('duplicate.mergeN', { count: ids.length })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {ids.length < 2 && <AddLead taken={ids} onAdd={(id) => setIds([...ids, id])} />}
        {body && (
          <Field label={t('duplicate.rule.label')} className="max-w-72">
            {(control) => (
              <Select
                {...control}
                value={wish.rule}
                onChange={(rule) => setWish({ ...wish, rule })}
                options={RULES.map((value) => ({ value, label: t(`duplicate.rule.${value}`) }))}
              />
            )}
          </Field>
        )}
        {body && preview.error && (
          <ErrorState problem={toProblem(preview.error)} onRetry={() => preview.refetch()} />
        )}
        {body && !preview.error && !preview.data && <SkeletonLines lines={8} />}
        {body && !preview.error && preview.data && (
          <div aria-busy={!fresh}>
            <FieldTable
              label={t('duplicate.byHandTable')}
              rows={rows}
              say={say}
              onPick={(field, lead) => setWish(withPick(wish, field, lead))}
              note={(row) => <RowRule row={row} wish={wish} onChange={setWish} />}
              leads={ids.map((id, at) => ({
                id,
                name: nameOf(id, at),
                head: (
                  <ByHandHead
                    name={nameOf(id, at)}
                    group={group}
                    survives={wish.survivor === id}
                    onSurvive={() => setWish({ ...wish, survivor: id })}
                    onRemove={
                      ids.length > 2
                        ? () => {
                            const left = ids.filter((each) => each !== id)
                            setIds(left)
                            setWish({
                              ...wish,
                              survivor: wish.survivor === id ? left[0]! : wish.survivor,
                              picks: Object.fromEntries(
                                Object.entries(wish.picks).filter(([, lead]) => lead !== id),
                              ),
                            })
                          }
                        : undefined
                    }
                  />
                ),
              }))}
            />
          </div>
        )}
        {body && ids.length < MOST_BY_HAND && (
          <AddLead taken={ids} onAdd={(id) => setIds([...ids, id])} another />
        )}
        {merge.error && <ErrorState problem={toProblem(merge.error)} />}
      </div>
    </Dialog>
  )
}

import { useId } from 'react'
import { useTranslation } from 'react-i18next'

import type { MergeChange } from '@/api/contract'
import type { MergeUndoResponse } from '@/api/gen/types.gen'
import { fieldName, type Say } from '@/features/duplicates/field-words'
import { ALL } from '@/features/duplicates/undo-answers'
import type { Filled } from '@/types/filled'
import { formatNumber } from '@/utils/format'

/** What the product keeps for itself about a lead; people do not count it. */
const INNER = new Set(['field_provenance', 'lead_sightings'])

interface UndoPlanProps {
  plan: Filled<MergeUndoResponse>
  /** Leads by id, as they were called before the merge. */
  names: Record<string, string>
  say: Say
  answers: Record<string, string | null>
  onAnswer: (field: string, answer: string) => void
}

/** What undoing a merge does: what goes home, where later changes go, and what is asked. */
export function UndoPlan({ plan, names, say, answers, onAnswer }: UndoPlanProps) {
  const { t, i18n } = useTranslation()
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  const asked = plan.changes.filter((change) => change.asked)
  const decided = plan.changes.filter((change) => !change.asked)
  const moved = Object.entries(plan.moved).filter(
    ([table, count]) => count > 0 && !INNER.has(table),
  )
  const nameOf = (id: string) => names[id] ?? t('lead.unnamed')
  return (
    <>
      <p className="text-sm">
        {moved.length > 0
          ? t('duplicate.goesHome', {
              what: list.format(
                moved.map(([table, count]) =>
                  t(`duplicate.moved.${table}` as never, {
                    count,
                    n: formatNumber(count),
                    defaultValue: `${formatNumber(count)} ${table.replace(/_/g, ' ')}`,
                  }),
                ),
              ),
            })
          : t('duplicate.nothingMoved')}
      </p>
      {asked.length > 0 && (
        <section className="flex flex-col gap-3">
          <h3 className="text-sm font-semibold">
            {t('duplicate.questions', { count: asked.length })}
          </h3>
          {asked.map((change) => (
            <Question
              key={change.field}
              change={change}
              say={say}
              nameOf={nameOf}
              answer={answers[change.field] ?? null}
              onAnswer={(answer) => onAnswer(change.field, answer)}
            />
          ))}
        </section>
      )}
      {decided.length > 0 && (
        <section>
          <h3 className="text-sm font-semibold">{t('duplicate.changedSince')}</h3>
          <ul className="mt-1 flex flex-col divide-y divide-line text-sm">
            {decided.map((change, at) => (
              <li key={change.field + at} className="py-1.5">
                <Change change={change} say={say} />
                <p className="text-xs break-words text-ink-2">
                  {t('duplicate.goesTo', { names: list.format(change.to.map(nameOf)) })}{' '}
                  <span className="text-ink-3">{t(`duplicate.whySide.${change.why}`)}</span>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Change({ change, say }: { change: MergeChange; say: Say }) {
  const { t } = useTranslation()
  const shown = (value: string) => (value ? say(change.field, value) : t('duplicate.nothing'))
  return (
    <p className="break-words">
      <span className="text-ink-3">{fieldName(t, change.field)}: </span>
      <bdi className="text-ink-3 line-through">{shown(change.before)}</bdi>{' '}
      <bdi className="font-medium">{shown(change.after)}</bdi>
    </p>
  )
}

interface QuestionProps {
  change: MergeChange
  say: Say
  nameOf: (id: string) => string
  answer: string | null
  onAnswer: (answer: string) => void
}

function Question({ change, say, nameOf, answer, onAnswer }: QuestionProps) {
  const { t } = useTranslation()
  const group = useId()
  return (
    <fieldset className="rounded-md border border-line bg-sunken px-3 py-2.5 text-sm">
      <legend className="sr-only">{fieldName(t, change.field)}</legend>
      <Change change={change} say={say} />
      <p className="mt-0.5 text-xs text-ink-2">{t(`duplicate.whySide.${change.why}`)}</p>
      <div className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1">
        {change.options.map((option) => (
          <label key={option} className="flex items-center gap-2 pointer-coarse:min-h-11">
            <input
              type="radio"
              name={group}
              checked={answer === option}
              onChange={() => onAnswer(option)}
              className="size-4 accent-accent"
            />
            <bdi className="break-words">
              {option === ALL ? t('duplicate.bothGet') : nameOf(option)}
            </bdi>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

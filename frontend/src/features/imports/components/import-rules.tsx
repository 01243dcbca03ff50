import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { peopleQuery } from '@/api/people'
import { Panel } from '@/components/layout/panel'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { changedRules, DEFAULTS, MATCHES, type Rules } from '@/features/imports/choices'
import { useCan } from '@/hooks/use-can'
import { formatNumber } from '@/utils/format'

interface ImportRulesProps {
  rules: Rules
  onChange: (rules: Rules) => void
}

/** What the import may do: which rows come in, and what known leads take. Folded until it is wanted. */
export function ImportRules({ rules, onChange }: ImportRulesProps) {
  const { t } = useTranslation()
  const changed = changedRules(rules)
  const [open, setOpen] = useState(changed > 0)
  return (
    <Panel title={t('import.rules')} note={changed === 0 ? t('import.rulesNote') : undefined}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="cursor-pointer text-sm text-accent-text">
          {changed > 0
            ? t('import.rulesChanged', { count: changed, n: formatNumber(changed) })
            : t('import.rulesOpen')}
        </summary>
        {open && <Body rules={rules} change={(part) => onChange({ ...rules, ...part })} />}
      </details>
    </Panel>
  )
}

interface BodyProps {
  rules: Rules
  change: (part: Partial<Rules>) => void
}

function Body({ rules, change }: BodyProps) {
  const { t } = useTranslation()
  return (
    <div className="mt-4 grid gap-x-8 gap-y-5 md:grid-cols-2">
      <Group label={t('import.takeRows')} note={t(`import.takeNote.${rules.rows}`)}>
        <Segmented
          label={t('import.takeRows')}
          value={rules.rows}
          onChange={(rows) => change({ rows })}
          options={(['all', 'create', 'update'] as const).map((value) => ({
            value,
            label: t(`import.take.${value}`),
          }))}
        />
      </Group>
      {rules.rows !== 'create' && <KnownLeads rules={rules} change={change} />}
      <Group label={t('import.matchBy')}>
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {MATCHES.map((kind) => (
            <Checkbox
              key={kind}
              showLabel
              label={t(`import.match.${kind}`)}
              checked={rules.match.length === 0 || rules.match.includes(kind)}
              onCheckedChange={(on) => change({ match: toggled(rules.match, kind, on) })}
            />
          ))}
        </div>
      </Group>
      <NewLeads rules={rules} change={change} />
      <Defaults rules={rules} change={change} />
    </div>
  )
}

function KnownLeads({ rules, change }: BodyProps) {
  const { t } = useTranslation()
  return (
    <Group
      label={t('import.knownTake')}
      note={rules.known === 'overwrite' && rules.clearEmpty ? t('import.clearEmptyNote') : ''}
    >
      <Segmented
        label={t('import.knownTake')}
        value={rules.known}
        onChange={(known) => change({ known })}
        options={(['fill', 'overwrite'] as const).map((value) => ({
          value,
          label: t(`import.known.${value}`),
        }))}
      />
      {rules.known === 'overwrite' && (
        <Checkbox
          showLabel
          className="mt-2"
          label={t('import.clearEmpty')}
          checked={rules.clearEmpty}
          onCheckedChange={(clearEmpty) => change({ clearEmpty })}
        />
      )}
    </Group>
  )
}

function NewLeads({ rules, change }: BodyProps) {
  const { t } = useTranslation()
  const can = useCan()
  const people = useQuery({ ...peopleQuery, enabled: can('users.list') })
  // The text is kept as typed; the rules hold the tags that it lists.
  const [tags, setTags] = useState(rules.tags.join(', '))
  return (
    <div className="flex flex-col gap-3">
      <Field label={t('import.tagAll')} hint={t('import.tagAllHint')}>
        {(control) => (
          <input
            {...control}
            className="control"
            value={tags}
            maxLength={500}
            onChange={(event) => {
              setTags(event.target.value)
              change({ tags: listed(event.target.value) })
            }}
          />
        )}
      </Field>
      {people.data && can('users.list') && (
        <Field label={t('import.owner')}>
          {(control) => (
            <Select
              {...control}
              value={rules.ownerId ?? 'none'}
              onChange={(id) => change({ ownerId: id === 'none' ? null : id })}
              options={[
                { value: 'none', label: t('import.ownerNone') },
                ...people.data
                  .filter((user) => !user.disabled)
                  .map((user) => ({ value: user.id, label: user.name || user.email })),
              ]}
            />
          )}
        </Field>
      )}
    </div>
  )
}

function Defaults({ rules, change }: BodyProps) {
  const { t } = useTranslation()
  return (
    <Group label={t('import.defaults')}>
      <div className="grid grid-cols-2 gap-2">
        {DEFAULTS.map((field) => (
          <Field key={field} label={t(`import.defaultField.${field}`)}>
            {(control) => (
              <input
                {...control}
                className="control"
                value={rules.defaults[field] ?? ''}
                maxLength={500}
                onChange={(event) =>
                  change({ defaults: { ...rules.defaults, [field]: event.target.value } })
                }
              />
            )}
          </Field>
        ))}
      </div>
    </Group>
  )
}

function Group({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className="flex min-w-0 flex-col items-start gap-1">
      <p className="text-xs font-medium text-ink-2">{label}</p>
      {children}
      {note && <p className="text-xs text-ink-2">{note}</p>}
    </div>
  )
}

/** No entry stands for all of them; the last one cannot be taken away. */
function toggled(match: string[], kind: string, on: boolean): string[] {
  const now = new Set(match.length === 0 ? MATCHES : match)
  if (on) now.add(kind)
  else if (now.size > 1) now.delete(kind)
  return now.size === MATCHES.length ? [] : MATCHES.filter((each) => now.has(each))
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
}

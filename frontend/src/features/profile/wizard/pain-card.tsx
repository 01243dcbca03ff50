import { ChevronRight, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { NumberInput } from '@/components/ui/number-field'
import { DraftInput } from '@/features/profile/form/draft-input'
import { type Faults, faultOf } from '@/features/profile/form/faults'
import { toLines } from '@/features/profile/form/shapes'
import { type Path, valueAt } from '@/features/profile/yaml/plain'

interface PainCardProps {
  pain: unknown
  at: Path
  faults: Faults
  open: boolean
  onOpen: (open: boolean) => void
  onChange: (key: 'name' | 'weight' | 'phrases' | 'description', value: unknown) => void
  onRemove: (name: string) => void
}

/** One pain: its name and weight in the heading, everything else below it. */
export function PainCard({ pain, at, faults, open, onOpen, onChange, onRemove }: PainCardProps) {
  const { t } = useTranslation()
  const text = (key: string) => {
    const value = valueAt(pain, [key])
    return typeof value === 'string' ? value.replace(/\n$/, '') : ''
  }
  const weight = valueAt(pain, ['weight'])
  const given = valueAt(pain, ['phrases'])
  const phrases: unknown[] = Array.isArray(given) ? given : []
  const name = text('name').trim() || t('wizard.pain.unnamed')
  const fault = (key: string) => faultOf(faults, [...at, key])
  const shown = open || !!faultOf(faults, at)
  const words = { print: (typed: string) => typed, read: (typed: string) => typed, readOnly: false }
  return (
    <details
      open={shown}
      onToggle={(event) => onOpen(event.currentTarget.open)}
      className="group rounded-md border border-line bg-surface"
    >
      <summary className="flex cursor-pointer list-none items-center gap-2 px-3 py-2 text-sm hover:bg-hover pointer-coarse:py-3">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-ink-3 transition-transform duration-100 group-open:rotate-90 rtl:-scale-x-100"
        />
        <bdi className="min-w-0 flex-1 font-medium break-words">{name}</bdi>
        <span className="num shrink-0 text-xs text-ink-3">
          {typeof weight === 'number' && t('wizard.pain.weightOf', { n: weight })}
          {' · '}
          {t('wizard.pain.phrasesOf', { count: phrases.length })}
        </span>
      </summary>
      <div className="flex flex-col gap-4 border-t border-line p-3">
        <div className="flex flex-wrap gap-4">
          <Field
            label={t('wizard.pain.name')}
            hint={t('wizard.pain.nameHint')}
            error={fault('name')}
            className="min-w-48 flex-1"
          >
            {(control) => (
              <DraftInput
                {...control}
                {...words}
                value={text('name')}
                onChange={(value) => onChange('name', value)}
              />
            )}
          </Field>
          <Field
            label={t('wizard.pain.weight')}
            hint={t('wizard.pain.weightHint')}
            error={fault('weight')}
          >
            {(control) => (
              <NumberInput
                {...control}
                steppers
                min={1}
                max={10}
                className="w-36"
                value={typeof weight === 'number' ? weight : null}
                onChange={(value) => onChange('weight', value)}
              />
            )}
          </Field>
        </div>
        <Field
          label={t('wizard.pain.phrases')}
          hint={t('wizard.pain.phrasesHint')}
          error={fault('phrases')}
        >
          {(control) => (
            <DraftInput
              {...control}
              readOnly={false}
              rows={5}
              value={phrases}
              print={(list) => list.map(String).join('\n')}
              read={toLines}
              onChange={(list) => onChange('phrases', list)}
            />
          )}
        </Field>
        <Field optional label={t('wizard.pain.description')} error={fault('description')}>
          {(control) => (
            <DraftInput
              {...control}
              {...words}
              rows={2}
              value={text('description')}
              onChange={(value) => onChange('description', value || undefined)}
            />
          )}
        </Field>
        <Button size="sm" icon={<Trash2 />} className="self-start" onClick={() => onRemove(name)}>
          {t('wizard.pain.remove', { name })}
        </Button>
      </div>
    </details>
  )
}

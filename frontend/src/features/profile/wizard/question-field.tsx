import { useTranslation } from 'react-i18next'

import { Field } from '@/components/ui/field'
import { NumberInput } from '@/components/ui/number-field'
import { DraftInput } from '@/features/profile/form/draft-input'
import { toLines } from '@/features/profile/form/shapes'
import type { Question } from '@/features/profile/wizard/steps'

interface QuestionFieldProps {
  question: Question
  value: unknown
  onChange: (value: unknown) => void
  error: string | undefined
}

/** One question with the control that its answer needs. */
export function QuestionField({ question, value, onChange, error }: QuestionFieldProps) {
  const { t } = useTranslation()
  const { key, answer, required } = question
  return (
    <Field
      label={t(`wizard.question.${key}`)}
      hint={t(`wizard.hint.${key}`)}
      optional={!required}
      error={error}
      className={answer.kind === 'number' ? 'w-48' : undefined}
    >
      {(control) => {
        const shared = { ...control, readOnly: false }
        switch (answer.kind) {
          case 'number':
            return (
              <NumberInput
                {...control}
                min={0}
                max={answer.max}
                value={typeof value === 'number' && value > 0 ? value : null}
                onChange={(n) => onChange(n === null ? undefined : n)}
              />
            )
          case 'lines':
            return (
              <DraftInput
                {...shared}
                rows={5}
                value={Array.isArray(value) ? (value as unknown[]) : []}
                print={(list) => list.map(String).join('\n')}
                read={toLines}
                onChange={(list) => onChange(list)}
              />
            )
          default:
            return (
              <DraftInput
                {...shared}
                rows={answer.kind === 'prose' ? 3 : undefined}
                value={typeof value === 'string' ? value.replace(/\n$/, '') : ''}
                print={(words) => words}
                read={(typed) => (answer.kind === 'code' ? typed.trim().toUpperCase() : typed)}
                onChange={(words) => onChange(words || (required ? '' : undefined))}
              />
            )
        }
      }}
    </Field>
  )
}

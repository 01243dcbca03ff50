import { useMemo } from 'react'

import type { ProfileKind } from '@/api/contract'
import { useFaultWords } from '@/features/profile/wizard/use-fault-words'
import { faultOf } from '@/features/profile/form/faults'
import type { Documents } from '@/features/profile/queries'
import type { ErrorsOf } from '@/features/profile/wizard/faults'
import { QuestionField } from '@/features/profile/wizard/question-field'
import { QUESTIONS, type QuestionStep } from '@/features/profile/wizard/steps'
import { type Path, valueAt } from '@/features/profile/yaml/plain'
import { readYaml } from '@/features/profile/yaml/read'

export interface AnswersProps {
  texts: Documents
  set: (doc: ProfileKind, path: Path, value: unknown) => void
  errors: ErrorsOf
}

/** One group of questions. */
export function QuestionStep({ step, texts, set, errors }: AnswersProps & { step: QuestionStep }) {
  const words = useFaultWords(texts, errors)
  const values = useMemo(
    () => ({
      company: readYaml(texts.company).values,
      audience: readYaml(texts.audience).values,
      pain_points: null,
    }),
    [texts],
  )
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-5 *:w-full *:data-[half]:w-48">
      {QUESTIONS[step].map((question) => (
        <div key={question.key} data-half={question.answer.kind === 'number' || undefined}>
          <QuestionField
            question={question}
            value={valueAt(values[question.doc], question.path)}
            onChange={(value) => set(question.doc, question.path, value)}
            error={faultOf(words[question.doc], question.path)}
          />
        </div>
      ))}
    </div>
  )
}

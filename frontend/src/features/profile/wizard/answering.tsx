import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Profile, ProfileKind } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { lateContent } from '@/components/ui/late'
import { type Draft, namePains } from '@/features/profile/wizard/draft'
import { anyOf, type ErrorsOf, faultsOf } from '@/features/profile/wizard/faults'
import { PainsStep } from '@/features/profile/wizard/pains-step'
import { PreviewPanel } from '@/features/profile/wizard/preview-panel'
import { QuestionStep } from '@/features/profile/wizard/question-step'
import { StepList } from '@/features/profile/wizard/step-list'
import { nextStep, type Step, stepBefore, STEPS } from '@/features/profile/wizard/steps'
import { useChecks } from '@/features/profile/wizard/use-checks'
import { useSave } from '@/features/profile/wizard/use-save'
import type { Path } from '@/features/profile/yaml/plain'
import { useOnce } from '@/hooks/use-once'

const ReviewStep = lateContent(
  async () => (await import('@/features/profile/wizard/review-step')).ReviewStep,
)

interface AnsweringProps {
  profile: Profile
  step: Exclude<Step, 'start'>
  draft: Draft
  put: (draft: Draft) => void
  set: (doc: ProfileKind, path: Path, value: unknown) => void
}

const NONE: ErrorsOf = {}

/** One step of questions, with the preview at its side. */
export function Answering({ profile, step, draft, put, set }: AnsweringProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const once = useOnce()
  const { texts } = draft
  const { errors, check } = useChecks(texts)
  const [tried, setTried] = useState(step === 'review')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<unknown>(null)
  const save = useSave(draft, profile)
  const heading = useRef<HTMLHeadingElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const review = step === 'review'
  const shown = review ? errors : faultsOf(step, errors)
  const faulty = new Set(STEPS.filter((each) => anyOf(faultsOf(each, errors))))

  useEffect(() => heading.current?.focus(), [])

  const next = async () => {
    const checked =
      step === 'pains' ? { ...texts, pain_points: namePains(texts.pain_points) } : texts
    if (checked !== texts) put({ ...draft, texts: checked })
    setTried(true)
    setFailed(null)
    setBusy(true)
    const found = await check(checked).then(
      (all) => (review ? all : faultsOf(step, all)),
      (error: unknown) => {
        setFailed(error)
        return null
      },
    )
    setBusy(false)
    if (!found) return
    if (anyOf(found)) {
      // The fields get their faults first.
      requestAnimationFrame(() => {
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
      })
      return
    }
    if (review) await save.run()
    else void navigate(`/profile/wizard/${nextStep(step)}`)
  }
  const props = { texts, set, errors: tried ? shown : NONE }

  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-5">
      <StepList at={step} faulty={faulty} begun />
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_340px]">
        <form
          ref={form}
          noValidate
          className="flex min-w-0 flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault()
            once(next)()
          }}
        >
          <div>
            <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
              {t(`wizard.step.${step}`)}
            </h2>
            <p className="max-w-[70ch] text-sm text-ink-2">{t(`wizard.intro.${step}`)}</p>
          </div>
          {step === 'pains' ? (
            <PainsStep {...props} />
          ) : step === 'review' ? (
            <ReviewStep
              texts={texts}
              errors={props.errors}
              onChange={(changed) => put({ ...draft, texts: changed })}
            />
          ) : (
            <QuestionStep step={step} {...props} />
          )}
          <div className="sticky bottom-0 -mx-4 flex flex-col gap-3 border-t border-line bg-bg px-4 py-3 sm:-mx-6 sm:px-6 lg:mx-0 lg:px-0">
            {tried && anyOf(shown) && (
              <p role="alert" className="text-sm text-bad">
                {t('wizard.mend')}
              </p>
            )}
            {!!failed && <ErrorState problem={toProblem(failed)} />}
            {save.view}
            <div className="flex justify-between gap-2">
              <Button onClick={() => void navigate(`/profile/wizard/${stepBefore(step)}`)}>
                {t('wizard.back')}
              </Button>
              <Button
                type="submit"
                variant="primary"
                busy={busy || save.busy}
                // The second press of a double click belongs to the step before.
                onClick={(event) => event.detail > 1 && event.preventDefault()}
              >
                {t(review ? 'wizard.save' : 'wizard.next')}
              </Button>
            </div>
          </div>
        </form>
        <aside className="min-w-0 lg:sticky lg:top-0 lg:self-start">
          <PreviewPanel texts={texts} />
        </aside>
      </div>
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate } from 'react-router'

import type { Profile } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Callout } from '@/components/ui/callout'
import { Skeleton } from '@/components/ui/skeleton'
import { type Documents, profileQuery } from '@/features/profile/queries'
import { Answering } from '@/features/profile/wizard/answering'
import { StartStep } from '@/features/profile/wizard/start-step'
import { StepList } from '@/features/profile/wizard/step-list'
import { isStep } from '@/features/profile/wizard/steps'
import { useDraft } from '@/features/profile/wizard/use-draft'
import { WizardDone } from '@/features/profile/wizard/wizard-done'
import { useCan } from '@/hooks/use-can'

/** Sets the profile up question by question. `step` comes from the address. */
export function ProfileWizard({ step }: { step: string | undefined }) {
  const { t } = useTranslation()
  const can = useCan()
  const profile = useQuery(profileQuery)
  if (!can('profile.update')) return <Callout>{t('wizard.readOnly')}</Callout>
  if (profile.error && !profile.data) {
    return <ErrorState problem={toProblem(profile.error)} onRetry={() => void profile.refetch()} />
  }
  if (!profile.data) return <Skeleton className="h-96" />
  if (step === 'done') return <WizardDone />
  return <Steps profile={profile.data} step={step} />
}

function Steps({ profile, step: asked }: { profile: Profile; step: string | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { draft, put, set } = useDraft()
  const step = isStep(asked) ? asked : 'start'
  if (step !== 'start' && !draft) return <Navigate to="/profile/wizard" replace />
  if (step !== 'start' && draft) {
    return <Answering key={step} {...{ profile, step, draft, put, set }} />
  }
  const start = (from: string, texts: Documents) => {
    put({ from, version: profile.version, texts })
    void navigate('/profile/wizard/offer')
  }
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-5">
      <StepList at="start" faulty={new Set()} begun={draft !== null} />
      <p className="max-w-[70ch] text-sm text-ink-2">{t('wizard.intro.start')}</p>
      <StartStep
        profile={profile}
        begun={draft !== null}
        onResume={() => void navigate('/profile/wizard/offer')}
        onStart={start}
      />
    </div>
  )
}

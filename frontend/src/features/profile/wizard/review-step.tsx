import { useTranslation } from 'react-i18next'

import { Panel } from '@/components/layout/panel'
import { ProfileForm } from '@/features/profile/form/profile-form'
import { type Documents, KINDS } from '@/features/profile/queries'
import type { ErrorsOf } from '@/features/profile/wizard/faults'
import { useFaultWords } from '@/features/profile/wizard/use-fault-words'

interface ReviewStepProps {
  texts: Documents
  errors: ErrorsOf
  onChange: (texts: Documents) => void
}

/** The three documents as the form shows them; everything can still be changed. */
export function ReviewStep({ texts, errors, onChange }: ReviewStepProps) {
  const { t } = useTranslation()
  const faults = useFaultWords(texts, errors)
  return (
    <div className="flex flex-col gap-4">
      {KINDS.map((kind) => (
        <Panel key={kind} title={t(`profile.${kind}`)}>
          <ProfileForm
            kind={kind}
            text={texts[kind]}
            onChange={(text) => onChange({ ...texts, [kind]: text })}
            readOnly={false}
            faults={faults[kind]}
          />
        </Panel>
      ))}
    </div>
  )
}

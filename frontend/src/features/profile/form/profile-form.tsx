import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ProfileKind } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Callout } from '@/components/ui/callout'
import { SkeletonLines } from '@/components/ui/skeleton'
import { type Faults, NO_FAULTS } from '@/features/profile/form/faults'
import { FormFields } from '@/features/profile/form/form-fields'
import { fieldsOf } from '@/features/profile/form/shapes'
import { schemaQuery } from '@/features/profile/queries'
import { setValue } from '@/features/profile/yaml/edit'
import type { Path } from '@/features/profile/yaml/plain'
import { readYaml } from '@/features/profile/yaml/read'

interface ProfileFormProps {
  kind: ProfileKind
  text: string
  onChange: (text: string) => void
  readOnly: boolean
  faults?: Faults
}

/** A document as a form. The text stays what is edited: a change writes one place of it and leaves its comments. */
export function ProfileForm(props: ProfileFormProps) {
  const { kind, text, onChange, readOnly, faults = NO_FAULTS } = props
  const { t } = useTranslation()
  const schema = useQuery(schemaQuery)
  const reading = useMemo(() => readYaml(text), [text])
  const [refused, setRefused] = useState(false)
  if (schema.error) {
    return <ErrorState problem={toProblem(schema.error)} onRetry={() => void schema.refetch()} />
  }
  if (!schema.data) return <SkeletonLines lines={8} />
  if (reading.faults.length > 0) {
    return (
      <Callout tone="warn">{t('profile.unreadable', { line: reading.faults[0]!.line })}</Callout>
    )
  }
  const set = (path: Path, value: unknown) => {
    const next = setValue(text, path, value)
    setRefused(next === null)
    if (next !== null) onChange(next)
  }
  return (
    <div className="flex flex-col gap-4">
      {refused && (
        <Callout tone="warn" alert>
          {t('profile.refused')}
        </Callout>
      )}
      <FormFields
        fields={fieldsOf(schema.data[kind])}
        values={reading.values}
        path={[]}
        set={set}
        readOnly={readOnly}
        faults={faults}
      />
    </div>
  )
}

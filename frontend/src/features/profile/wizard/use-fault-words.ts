import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import type { ProfileKind } from '@/api/contract'
import { type Faults, faultsByPath } from '@/features/profile/form/faults'
import { type Documents, KINDS } from '@/features/profile/queries'
import { type ErrorsOf, isEmptyAt } from '@/features/profile/wizard/faults'
import { valueAt } from '@/features/profile/yaml/plain'
import { readYaml } from '@/features/profile/yaml/read'

/** Faults by path for each document; where nothing is given yet, in plainer words than the schema's. */
export function useFaultWords(texts: Documents, errors: ErrorsOf): Record<ProfileKind, Faults> {
  const { t } = useTranslation()
  return useMemo(() => {
    const words = (kind: ProfileKind) =>
      faultsByPath(
        (errors[kind] ?? []).map((error) => {
          if (!isEmptyAt(texts[kind], error)) return error
          const value = valueAt(readYaml(texts[kind]).values, error.path.split('/'))
          const lines = Array.isArray(value) || error.path.endsWith('phrases')
          return { ...error, message: t(lines ? 'wizard.neededLines' : 'wizard.needed'), hint: '' }
        }),
      )
    return Object.fromEntries(KINDS.map((kind) => [kind, words(kind)])) as Record<
      ProfileKind,
      Faults
    >
  }, [texts, errors, t])
}

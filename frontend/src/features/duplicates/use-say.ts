import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

import { type Say, sayer } from '@/features/duplicates/field-words'

const FALLBACK = 'USD'

/** Says values of fields as people read them; names and the currency come from the page. */
export function useSay(nameOf: (id: string | null) => string, currency: string | undefined): Say {
  const { t } = useTranslation()
  return useMemo(() => sayer(t, nameOf, currency ?? FALLBACK), [t, nameOf, currency])
}

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

import type { User } from '@/api/contract'

/** Gives the name of whoever has an id; of somebody unknown, a word that stands for one. */
export function useNameOf(people: readonly User[] | undefined): (id: string | null) => string {
  const { t } = useTranslation()
  return useCallback(
    (id) => {
      const person = people?.find((each) => each.id === id)
      return person?.name || person?.email || t('lead.unknownUser')
    },
    [people, t],
  )
}

import { useTranslation } from 'react-i18next'

import type { Claim } from '@/api/contract'

/** Words for the codes of an analysis; a code without words stays readable as it is. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const word = (group: string, code: string): string => {
    const key = `score.${group}.${code}`
    return code && i18n.exists(key) ? t(key as never) : code.replace(/[_-]/g, ' ')
  }
  const words = {
    part: (code: string) => word('part', code),
    level: (code: string) => word('level', code),
    disqualifier: (code: string) => word('disqualifier', code),
    /** What a claim says: "Pain · inventory mismatch". */
    claim: (claim: Pick<Claim, 'part' | 'id' | 'value'>): string => {
      const what = words.what(claim)
      return what ? `${words.part(claim.part)} · ${what}` : words.part(claim.part)
    },
    what: ({ part, id, value }: Pick<Claim, 'part' | 'id' | 'value'>): string => {
      if (id) return word('detail', id)
      if (part === 'specificity') return ''
      return value ? words.level(value) : ''
    },
  }
  return words
}

import { useTranslation } from 'react-i18next'

/** Words for the codes of an analysis; a code without words stays readable as it is. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const word = (group: string, code: string): string => {
    const key = `score.${group}.${code}`
    return code && i18n.exists(key) ? t(key as never) : code.replace(/[_-]/g, ' ')
  }
  return {
    part: (code: string) => word('part', code),
    level: (code: string) => word('level', code),
    disqualifier: (code: string) => word('disqualifier', code),
  }
}

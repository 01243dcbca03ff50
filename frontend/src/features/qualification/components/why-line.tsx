import { useTranslation } from 'react-i18next'

import type { BreakdownRow, Score } from '@/api/contract'
import { useWords } from '@/features/qualification/use-words'
import { whyGrade } from '@/features/qualification/why'

interface WhyLineProps {
  score: Score
  disqualifier: string | null
}

/** Why this grade, in one sentence. */
export function WhyLine({ score, disqualifier }: WhyLineProps) {
  const { t, i18n } = useTranslation()
  const words = useWords()
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  const say = (rows: readonly BreakdownRow[]) =>
    list.format(
      rows.map((row) =>
        row.part === 'specificity'
          ? t('score.whySpecificity', { n: row.level })
          : t('score.whyPart', {
              part: words.part(row.part).toLowerCase(),
              level: words.level(row.level),
            }),
      ),
    )
  const { strong, weak } = whyGrade(score.breakdown)
  const text = disqualifier
    ? t('score.whyDisqualified', { grade: score.grade, reason: words.disqualifier(disqualifier) })
    : strong.length === 0
      ? t('score.whyNothing', { grade: score.grade, weak: say(weak) })
      : weak.length === 0
        ? t('score.whyStrong', { grade: score.grade, strong: say(strong) })
        : t('score.whyBoth', { grade: score.grade, strong: say(strong), weak: say(weak) })
  return <p className="mt-3 text-sm">{text}</p>
}

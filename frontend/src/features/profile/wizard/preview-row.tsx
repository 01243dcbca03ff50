import { useTranslation } from 'react-i18next'

import type { ProfilePreviewItem } from '@/api/gen/types.gen'
import { GradeChip } from '@/components/ui/grade-chip'
import type { en } from '@/utils/i18n/en'

type Reason = keyof typeof en.score.disqualifier

/** One lead with its grade and the words that made it. */
export function PreviewRow({ item }: { item: ProfilePreviewItem }) {
  const { t } = useTranslation()
  const { lead, after, pain, quote } = item
  const name = lead.name || lead.company
  const about = [lead.title, lead.name && lead.company].filter(Boolean).join(' · ')
  return (
    <li className="flex gap-3 border-t border-line py-2 text-sm first:border-t-0">
      <span className="flex w-9 shrink-0 flex-col items-center gap-0.5">
        <GradeChip grade={after.grade} />
        <span className="num text-xs text-ink-3">{after.score}</span>
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={name}>
          <bdi>{name}</bdi>
          {about && <span className="font-normal text-ink-3"> {about}</span>}
        </p>
        {after.disqualifier && (
          <p className="text-xs text-bad">
            {t('wizard.preview.out', {
              why: t(`score.disqualifier.${after.disqualifier as Reason}`),
            })}
          </p>
        )}
        {quote ? (
          <p className="text-xs text-ink-2">
            <span className="text-ink-3">{pain}: </span>
            <q className="rounded-[2px] bg-part-pain-soft px-0.5 text-ink">
              <bdi>{quote}</bdi>
            </q>
          </p>
        ) : (
          <p className="line-clamp-1 text-xs text-ink-3" title={lead.text}>
            {!after.disqualifier && `${t('wizard.preview.noPain')}: `}
            <bdi>{lead.text}</bdi>
          </p>
        )}
      </div>
    </li>
  )
}

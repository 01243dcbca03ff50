import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ProfileOutcome, ProfilePreviewItem } from '@/api/gen/types.gen'
import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { GradeChip } from '@/components/ui/grade-chip'
import { Sheet } from '@/components/ui/sheet'
import { SkeletonLines } from '@/components/ui/skeleton'
import { type Documents, previewQuery } from '@/features/profile/queries'

interface TestSheetProps {
  open: boolean
  onClose: () => void
  /** What was typed and is not saved. */
  texts: Partial<Documents>
}

/** What the typed texts would do to five leads, before anybody saves them. */
export function TestSheet({ open, onClose, texts }: TestSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t('profile.test')}
      description={t('profile.testNote')}
    >
      {open && <Outcomes texts={texts} />}
    </Sheet>
  )
}

function Outcomes({ texts }: { texts: Partial<Documents> }) {
  const { t } = useTranslation()
  const preview = useQuery(previewQuery(texts))
  if (preview.error) {
    return <ErrorState problem={toProblem(preview.error)} onRetry={() => void preview.refetch()} />
  }
  if (!preview.data) return <SkeletonLines lines={10} />
  const { items, faults } = preview.data
  if (faults.length > 0) {
    return (
      <Callout tone="bad" title={t('profile.testFaults')}>
        <ul>
          {faults.map((fault) => (
            <li key={`${fault.file}:${fault.line}:${fault.message}`}>
              {fault.file} {t('profile.line', { line: fault.line })}: {fault.message} {fault.hint}
            </li>
          ))}
        </ul>
      </Callout>
    )
  }
  if (items.length === 0) {
    return <EmptyState title={t('profile.testNone')} body={t('profile.testNoneBody')} />
  }
  return (
    <div className="flex flex-col gap-3">
      {Object.keys(texts).length === 0 && <Callout>{t('profile.testSame')}</Callout>}
      <ul className="flex flex-col gap-2">
        {items.map((item) => (
          <Outcome key={item.lead.id} item={item} />
        ))}
      </ul>
      <Button
        className="self-start"
        busy={preview.isFetching}
        onClick={() => void preview.refetch()}
      >
        {t('profile.testAgain')}
      </Button>
    </div>
  )
}

type Part = 'pain' | 'evidence' | 'urgency' | 'authority' | 'specificity' | 'fit' | 'disqualifier'

function Outcome({ item: { lead, before, after, changes } }: { item: ProfilePreviewItem }) {
  const { t } = useTranslation()
  const about = [lead.title, lead.company].filter(Boolean).join(' · ')
  return (
    <li className="flex flex-col gap-2 rounded-md border border-line p-3 text-sm">
      <div className="min-w-0">
        <Link
          to={`/leads/${lead.id}`}
          target="_blank"
          className="font-medium break-words hover:underline"
        >
          {lead.name || lead.company || lead.id}
        </Link>
        {about && <p className="text-xs break-words text-ink-2">{about}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Judged outcome={before} />
        <ArrowRight aria-hidden className="size-4 text-ink-3 rtl:-scale-x-100" />
        <Judged outcome={after} />
      </div>
      {changes.length === 0 ? (
        <p className="text-xs text-ink-2">{t('profile.same')}</p>
      ) : (
        <ul className="num flex flex-wrap gap-x-4 gap-y-1 text-xs">
          {changes.map(({ part, before: was, after: is }) => (
            <li key={part}>
              {t(`score.part.${part as Part}`)} {points(was)} → {points(is)}{' '}
              <span className={is > was ? 'text-good' : 'text-bad'}>
                {is > was ? '+' : '−'}
                {points(Math.abs(is - was))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function Judged({ outcome }: { outcome: ProfileOutcome }) {
  const { t } = useTranslation()
  return (
    <span className="flex items-center gap-1.5">
      <GradeChip grade={outcome.grade} />
      <span className="num">{points(outcome.score)}</span>
      <span className="text-xs text-ink-2">
        {t(outcome.qualified ? 'profile.qualified' : 'profile.notQualified')}
      </span>
    </span>
  )
}

function points(value: number): string {
  return String(Math.round(value * 10) / 10)
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Profile } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { VersionDiff } from '@/features/profile/components/version-diff'
import { versionsQuery } from '@/features/profile/queries'

interface VersionsDialogProps {
  open: boolean
  onClose: () => void
  current: Profile
  onRestored: () => void
}

/** Every version the profile had, what has changed since, and a way back. */
export function VersionsDialog(props: VersionsDialogProps) {
  const { t } = useTranslation()
  return (
    <Sheet wide open={props.open} onClose={props.onClose} title={t('profile.versions')}>
      {props.open && <Versions {...props} />}
    </Sheet>
  )
}

function Versions({ onClose, current, onRestored }: VersionsDialogProps) {
  const { t } = useTranslation()
  const versions = useQuery(versionsQuery)
  const [chosen, setChosen] = useState<number | null>(null)
  if (versions.error) {
    return (
      <ErrorState problem={toProblem(versions.error)} onRetry={() => void versions.refetch()} />
    )
  }
  if (!versions.data) return <SkeletonLines lines={4} />
  if (chosen !== null) {
    return (
      <VersionDiff
        version={chosen}
        current={current}
        onBack={() => setChosen(null)}
        onRestored={() => {
          onRestored()
          onClose()
        }}
      />
    )
  }
  return (
    <>
      <p className="mb-2 text-sm text-ink-2">{t('profile.versionsEmpty')}</p>
      <ol className="flex flex-col">
        {versions.data.items.map((each) => (
          <li key={each.version} className="border-b border-line last:border-b-0">
            <Button
              variant="ghost"
              disabled={each.version === current.version}
              onClick={() => setChosen(each.version)}
              className="h-auto w-full justify-start gap-3 py-2 disabled:opacity-100"
            >
              <span className="num font-medium text-ink">
                {t('message.version', { n: each.version })}
              </span>
              <span className="text-xs font-normal text-ink-2">
                <Time iso={each.created_at} />
              </span>
              <span className="min-w-0 flex-1 truncate text-start text-xs font-normal">
                {each.note}
              </span>
              {each.version === current.version && (
                <Badge tone="accent">{t('profile.current')}</Badge>
              )}
            </Button>
          </li>
        ))}
      </ol>
    </>
  )
}

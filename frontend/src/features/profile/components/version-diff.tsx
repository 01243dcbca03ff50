import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import type { Profile } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { TextDiff } from '@/components/diff/text-diff'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { SkeletonLines } from '@/components/ui/skeleton'
import { KINDS, useRestoreProfile, versionQuery } from '@/features/profile/queries'
import { useCan } from '@/hooks/use-can'

interface VersionDiffProps {
  version: number
  current: Profile
  onBack: () => void
  onRestored: () => void
}

/** What has changed since a version, document by document. */
export function VersionDiff({ version, current, onBack, onRestored }: VersionDiffProps) {
  const { t } = useTranslation()
  const can = useCan()
  const old = useQuery(versionQuery(version))
  const restore = useRestoreProfile()
  const putBack = async () => {
    try {
      await restore.mutateAsync(version)
    } catch {
      return // Shown in place by restore.error.
    }
    toast({ title: t('profile.restored', { n: version }) })
    onRestored()
  }
  const textOf = (kind: (typeof KINDS)[number]) =>
    [old.data?.documents[kind]?.yaml ?? '', current.documents[kind]?.yaml ?? ''] as const
  const changed = KINDS.filter((kind) => {
    const [before, after] = textOf(kind)
    return before !== after
  })
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={<ArrowLeft className="rtl:-scale-x-100" />} onClick={onBack}>
          {t('profile.back')}
        </Button>
        {can('profile.restore') && (
          <Button
            variant="primary"
            className="ms-auto"
            busy={restore.isPending}
            onClick={() => void putBack()}
          >
            {t('profile.restore')}
          </Button>
        )}
      </div>
      {restore.error && <ErrorState problem={toProblem(restore.error)} />}
      <p className="text-sm text-ink-2">{t('profile.sinceThen', { n: version })}</p>
      {old.error ? (
        <ErrorState problem={toProblem(old.error)} onRetry={() => void old.refetch()} />
      ) : !old.data ? (
        <SkeletonLines lines={8} />
      ) : changed.length === 0 ? (
        <p className="text-sm">{t('profile.noDiff')}</p>
      ) : (
        changed.map((kind) => {
          const [before, after] = textOf(kind)
          return (
            <section key={kind} className="flex min-w-0 flex-col gap-2">
              <h3 className="text-sm font-medium">{t(`profile.${kind}`)}</h3>
              <TextDiff
                before={before}
                after={after}
                label={t('profile.diffOf', {
                  name: t(`profile.${kind}`),
                  from: version,
                  to: current.version,
                })}
                beforeLabel={t('message.version', { n: version })}
                afterLabel={t('message.version', { n: current.version })}
              />
            </section>
          )
        })
      )}
    </div>
  )
}

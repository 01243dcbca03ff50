import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { SkeletonLines } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { useRestoreProfile, versionsQuery } from '@/features/profile/queries'
import { useCan } from '@/hooks/use-can'

interface VersionsDialogProps {
  open: boolean
  onClose: () => void
  current: number
  onRestored: () => void
}

/** Every version the profile had; restoring one makes it the newest. */
export function VersionsDialog(props: VersionsDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t('profile.versions')}
      closeLabel={t('common.close')}
    >
      {props.open && <VersionList {...props} />}
    </Dialog>
  )
}

function VersionList({ onClose, current, onRestored }: VersionsDialogProps) {
  const { t } = useTranslation()
  const can = useCan()
  const versions = useQuery(versionsQuery)
  const restore = useRestoreProfile()
  if (versions.error) return <ErrorState problem={toProblem(versions.error)} />
  if (!versions.data) return <SkeletonLines lines={4} />
  return (
    <>
      {restore.error && <ErrorState problem={toProblem(restore.error)} className="mb-3" />}
      <ol className="flex flex-col">
        {versions.data.items.map((each) => (
          <li
            key={each.version}
            className="flex h-10 items-center gap-3 border-b border-line last:border-b-0"
          >
            <span className="num font-medium">{t('message.version', { n: each.version })}</span>
            <span className="text-xs text-ink-2">
              <Time iso={each.created_at} />
            </span>
            <span className="ml-auto">
              {each.version === current ? (
                <Badge tone="accent">{t('profile.current')}</Badge>
              ) : (
                can('profile.restore') && (
                  <Button
                    size="sm"
                    disabled={restore.isPending}
                    onClick={() =>
                      restore.mutate(each.version, {
                        onSuccess: () => {
                          toast({ title: t('profile.restored', { n: each.version }) })
                          onRestored()
                          onClose()
                        },
                      })
                    }
                  >
                    {t('profile.restore')}
                  </Button>
                )
              )}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import type { Profile } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { useSaveProfile } from '@/features/profile/queries'
import { type Draft, keepDraft } from '@/features/profile/wizard/draft'
import { useOnce } from '@/hooks/use-once'

interface Save {
  run: () => Promise<void>
  busy: boolean
  /** What went wrong, in place. */
  view: ReactNode
}

/** Saves the draft as a new version and goes on to what comes next. */
export function useSave(draft: Draft, profile: Profile): Save {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const once = useOnce()
  const save = useSaveProfile()
  const write = async (version: number) => {
    try {
      await save.mutateAsync({ documents: draft.texts, version, note: t('wizard.note') })
    } catch {
      return // Shown in place.
    }
    keepDraft(null)
    void navigate('/profile/wizard/done', { replace: true })
  }
  const problem = save.error ? toProblem(save.error) : null
  return {
    run: () => write(draft.version),
    busy: save.isPending,
    view:
      problem?.status === 412 ? (
        <Callout
          alert
          tone="warn"
          action={
            <Button busy={save.isPending} onClick={once(() => write(profile.version))}>
              {t('wizard.overwrite')}
            </Button>
          }
        >
          {t('wizard.stale')}
        </Callout>
      ) : (
        problem && <ErrorState problem={problem} />
      ),
  }
}

import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import type { SavedViews } from '@/features/views/use-saved-views'
import type { ViewActs } from '@/features/views/use-view-acts'

interface ViewActionsProps {
  model: SavedViews
  acts: ViewActs
  mayEdit: boolean
  onSaveAs?: () => void
}

/** While a view was changed: keep it, keep it under another name, or put it back. */
export function ViewActions({ model, acts, mayEdit, onSaveAs }: ViewActionsProps) {
  const { t } = useTranslation()
  const { active, changed } = model
  if (changed.length === 0) return null
  return (
    <div role="group" aria-label={t('view.changed')} className="ms-auto flex flex-wrap gap-2">
      {active && (
        <Button variant="ghost" disabled={acts.busy} onClick={acts.reset}>
          {t('view.reset')}
        </Button>
      )}
      {onSaveAs && (
        <Button disabled={acts.busy} onClick={onSaveAs}>
          {t(active ? 'view.saveAs' : 'view.saveNew')}
        </Button>
      )}
      {active && mayEdit && (
        <Button busy={acts.busy} onClick={acts.save}>
          {t('view.save')}
        </Button>
      )}
    </div>
  )
}

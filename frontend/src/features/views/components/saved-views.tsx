import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

import { lateLayer } from '@/components/ui/late'
import { ViewActions } from '@/features/views/components/view-actions'
import { ViewMenu } from '@/features/views/components/view-menu'
import { ViewTabs } from '@/features/views/components/view-tabs'
import { useSavedViews, type ViewedList } from '@/features/views/use-saved-views'
import { useViewActs } from '@/features/views/use-view-acts'
import { useCan } from '@/hooks/use-can'

const ViewNameDialog = lateLayer(
  async () => (await import('@/features/views/components/view-name-dialog')).ViewNameDialog,
)

/** So many tabs have room beside the title. */
const FEW = 3

interface SavedViewsProps {
  list: ViewedList
  /** Administrators change what others share, too. */
  admin: boolean
  children: (slots: { tabs: ReactNode; many: boolean; actions: ReactNode }) => ReactNode
}

/** The saved views of a list: their tabs, what to do with a changed one, and the dialogs for both. */
export function SavedViews({ list, admin, children }: SavedViewsProps) {
  const { t } = useTranslation()
  const can = useCan()
  const model = useSavedViews(list)
  const acts = useViewActs(model)
  const { active, views } = model
  const [asking, setAsking] = useState<'add' | 'copy' | 'rename' | null>(null)
  // Whoever may change leads may share how to look at them.
  const mayShare = can('leads.bulk')
  const mayAdd = can('views.create')
  const mayEdit = !!active && (active.mine || admin) && can('views.update')
  const mine = views.filter((each) => each.mine)
  const tabs = (
    <ViewTabs
      model={model}
      acts={acts}
      onAdd={mayAdd ? () => setAsking('add') : undefined}
      menu={
        active && (
          <ViewMenu
            view={active}
            place={mine.indexOf(active)}
            count={mine.length}
            acts={acts}
            mayEdit={mayEdit}
            mayShare={mayShare}
            onRename={() => setAsking('rename')}
            onCopy={mayAdd ? () => setAsking('copy') : undefined}
          />
        )
      }
    />
  )
  const actions = (
    <ViewActions
      model={model}
      acts={acts}
      mayEdit={mayEdit}
      onSaveAs={mayAdd ? () => setAsking('add') : undefined}
    />
  )
  return (
    <>
      {children({ tabs, many: views.length > FEW, actions })}
      <ViewNameDialog
        // Each question begins anew.
        key={asking}
        open={asking !== null}
        title={t(asking === 'rename' ? 'view.renameTitle' : 'view.addTitle')}
        name={
          asking === 'add' || !active
            ? ''
            : asking === 'copy'
              ? t('view.copyName', { name: active.name })
              : active.name
        }
        mayShare={mayShare && asking !== 'rename'}
        onSave={(name, shared) =>
          asking === 'rename' && active ? acts.rename(active, name) : acts.add(name, shared)
        }
        onClose={() => setAsking(null)}
      />
    </>
  )
}

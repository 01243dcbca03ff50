import { useTranslation } from 'react-i18next'

import { toast } from '@/components/feedback/toast'
import { useAddView, useDeleteView, useSaveViews } from '@/features/views/queries'
import type { SavedViews } from '@/features/views/use-saved-views'
import { moved, type SavedView } from '@/features/views/view-state'
import { useOnce } from '@/hooks/use-once'

/** What can be done with saved views; a press twice does it once. */
export function useViewActs({ list, views, active, base }: SavedViews) {
  const { t } = useTranslation()
  const once = useOnce()
  const add = useAddView()
  const save = useSaveViews()
  const remove = useDeleteView()
  const busy = add.isPending || save.isPending || remove.isPending

  const restore = async (view: SavedView) => {
    const made = await add.mutateAsync(view)
    list.show(made.id, view, true)
  }
  return {
    busy,
    /** Keeps what shows as a new view; throws what the server refuses. */
    add: async (name: string, shared: boolean) => {
      const made = await add.mutateAsync({ ...list.state, name, shared })
      list.show(made.id, list.state, true)
    },
    save: once(async () => {
      if (!active) return
      await save.mutateAsync([{ ...active, ...list.state }]).then(
        () => {
          list.forget(active.id)
          toast({ title: t('view.saved', { name: active.name }) })
        },
        () => undefined, // Said by the query client; the newest version is read again.
      )
    }),
    reset: () => {
      list.show(active?.id ?? '', base, false)
      if (active) list.forget(active.id)
    },
    share: once(async (view: SavedView, shared: boolean) => {
      await save.mutateAsync([{ ...view, shared }]).then(
        () =>
          toast({
            title: t(shared ? 'view.sharedNow' : 'view.privateNow', { name: view.name }),
          }),
        () => undefined,
      )
    }),
    rename: (view: SavedView, name: string) => save.mutateAsync([{ ...view, name }]),
    move: once(async (id: string, to: number) => {
      const changed = moved(views, id, to)
      if (changed.length > 0) await save.mutateAsync(changed).catch(() => undefined)
    }),
    remove: once(async (view: SavedView) => {
      // First away from it, so that nobody is told that it is gone.
      const was = active?.id === view.id
      if (was) list.show('', list.initial, true)
      await remove.mutateAsync(view.id).then(
        () => {
          list.forget(view.id)
          toast({ title: t('view.deleted', { name: view.name }), undo: () => restore(view) })
        },
        () => was && list.show(view.id, list.state, false),
      )
    }),
  }
}

export type ViewActs = ReturnType<typeof useViewActs>

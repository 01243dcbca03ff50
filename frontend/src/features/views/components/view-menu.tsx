import { ArrowLeft, ArrowRight, Copy, Link2, Pencil, Trash2, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { toast } from '@/components/feedback/toast'
import { MenuItem, MenuSeparator } from '@/components/ui/menu'
import type { ViewActs } from '@/features/views/use-view-acts'
import type { SavedView } from '@/features/views/view-state'

interface ViewMenuProps {
  view: SavedView
  /** Among one's own views; -1 when it is somebody else's. */
  place: number
  count: number
  acts: ViewActs
  /** The viewer may change it. */
  mayEdit: boolean
  mayShare: boolean
  onRename: () => void
  onCopy?: () => void
}

/** What can be done with a saved view. */
export function ViewMenu(props: ViewMenuProps) {
  const { view, place, count, acts, mayEdit, mayShare, onRename, onCopy } = props
  const { t } = useTranslation()
  const copyLink = () =>
    void navigator.clipboard
      .writeText(window.location.href)
      .then(() => toast({ title: t('view.linkCopied') }))
  return (
    <>
      {mayEdit && (
        <MenuItem icon={<Pencil />} onSelect={onRename}>
          {t('view.rename')}
        </MenuItem>
      )}
      {mayEdit && mayShare && (
        <MenuItem icon={<Users />} onSelect={() => acts.share(view, !view.shared)}>
          {t(view.shared ? 'view.unshare' : 'view.share')}
        </MenuItem>
      )}
      {onCopy && (
        <MenuItem icon={<Copy />} onSelect={onCopy}>
          {t('view.copy')}
        </MenuItem>
      )}
      <MenuItem icon={<Link2 />} onSelect={copyLink}>
        {t('lead.copyLink')}
      </MenuItem>
      {place >= 0 && count > 1 && (
        <>
          <MenuSeparator />
          <MenuItem
            icon={<ArrowLeft className="rtl:rotate-180" />}
            disabled={place === 0}
            onSelect={() => acts.move(view.id, place - 1)}
          >
            {t('view.earlier')}
          </MenuItem>
          <MenuItem
            icon={<ArrowRight className="rtl:rotate-180" />}
            disabled={place === count - 1}
            onSelect={() => acts.move(view.id, place + 1)}
          >
            {t('view.later')}
          </MenuItem>
        </>
      )}
      {mayEdit && (
        <>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 />} onSelect={() => acts.remove(view)}>
            {t('view.delete')}
          </MenuItem>
        </>
      )}
    </>
  )
}

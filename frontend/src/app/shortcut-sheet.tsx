import { useTranslation } from 'react-i18next'

import { Kbd } from '@/components/ui/kbd'
import { Dialog } from '@/components/ui/dialog'

const SHORTCUTS = [
  ['mod+k', 'shortcut.palette'],
  ['mod+z', 'shortcut.undo'],
  ['/', 'shortcut.search'],
  ['j', 'shortcut.down'],
  ['k', 'shortcut.up'],
  ['x', 'shortcut.select'],
  ['shift+x', 'shortcut.range'],
  ['enter', 'shortcut.open'],
  ['n', 'shortcut.nextClaim'],
  ['p', 'shortcut.previousClaim'],
  ['u', 'shortcut.back'],
  ['escape', 'shortcut.clear'],
  ['?', 'shortcut.help'],
] as const

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('shortcut.title')}
      closeLabel={t('common.close')}
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {SHORTCUTS.map(([key, text]) => (
          <div key={key} className="contents">
            <dt>
              <Kbd keys={key} />
            </dt>
            <dd className="text-sm">{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

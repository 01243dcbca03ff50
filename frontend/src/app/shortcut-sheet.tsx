import { useTranslation } from 'react-i18next'

import { Dialog } from '@/components/ui/dialog'

const SHORTCUTS = [
  ['/', 'shortcut.search'],
  ['j', 'shortcut.down'],
  ['k', 'shortcut.up'],
  ['x', 'shortcut.select'],
  ['⇧ x', 'shortcut.range'],
  ['⏎', 'shortcut.open'],
  ['n', 'shortcut.nextClaim'],
  ['p', 'shortcut.previousClaim'],
  ['u', 'shortcut.back'],
  ['Esc', 'shortcut.clear'],
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
              <kbd className="inline-flex h-6 min-w-6 items-center justify-center rounded-sm border border-line-strong bg-sunken px-1.5 font-mono text-xs">
                {key}
              </kbd>
            </dt>
            <dd className="text-sm">{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

import { useTranslation } from 'react-i18next'

import { ShortcutKeys } from '@/app/shell/shortcut-keys'
import { Dialog } from '@/components/ui/dialog'
import type { ShortcutPlace } from '@/hooks/shortcuts'
import { useRegisteredShortcuts } from '@/hooks/use-shortcuts'

const PLACES_OF_SHEET: readonly ShortcutPlace[] = ['lead', 'list', 'page', 'everywhere']

/** The keys that work now, those of the open page first. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const all = useRegisteredShortcuts()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('shortcut.title')}
      closeLabel={t('common.close')}
    >
      <div className="flex flex-col gap-5">
        {PLACES_OF_SHEET.map((place) => {
          const here = all.filter(({ where }) => where === place)
          if (here.length === 0) return null
          return (
            <section key={place} aria-label={t(`shortcut.place.${place}`)}>
              <h3 className="mb-1 text-xs font-medium text-ink-2">
                {t(`shortcut.place.${place}`)}
              </h3>
              <dl className="flex flex-col">
                {here.map((shortcut) => (
                  <div
                    key={shortcut.id}
                    className="flex min-h-8 items-center justify-between gap-4 border-b border-line py-1 last:border-0"
                  >
                    <dt className="min-w-0 text-sm">{shortcut.label}</dt>
                    <dd className="shrink-0">
                      <ShortcutKeys shortcut={shortcut} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
        <p className="text-xs text-ink-2">{t('shortcut.more')}</p>
      </div>
    </Dialog>
  )
}

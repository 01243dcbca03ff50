import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { PLACES } from '@/app/places'
import { undoNewest } from '@/components/feedback/toast'
import type { Shortcut } from '@/hooks/shortcuts'
import { useCan } from '@/hooks/use-can'
import { useShortcuts } from '@/hooks/use-shortcuts'

/** What the keys do on every page. */
export function useShellShortcuts(show: { palette: () => void; sheet: () => void }): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const can = useCan()
  const everywhere = (shortcut: Omit<Shortcut, 'where'>): Shortcut => ({
    ...shortcut,
    where: 'everywhere',
  })
  useShortcuts([
    everywhere({
      id: 'palette',
      keys: 'mod+k',
      label: t('shortcut.palette'),
      run: show.palette,
      typing: true,
    }),
    everywhere({ id: 'undo', keys: 'mod+z', label: t('shortcut.undo'), run: undoNewest }),
    everywhere({ id: 'help', keys: '?', label: t('shortcut.help'), run: show.sheet }),
    ...PLACES.flatMap((place) =>
      'keys' in place && (!('needs' in place) || can(place.needs))
        ? everywhere({
            id: `go:${place.to}`,
            keys: place.keys,
            label: t('shortcut.go', { page: t(place.key) }),
            run: () => void navigate(place.to),
          })
        : [],
    ),
  ])
}

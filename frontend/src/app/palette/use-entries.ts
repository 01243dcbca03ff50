import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

import { answer } from '@/api/answer'
import { leadsList } from '@/api/gen/sdk.gen'
import { PLACES } from '@/app/places'
import { matching } from '@/components/ui/use-listbox'
import { useCan } from '@/hooks/use-can'
import { useOfferedCommands } from '@/hooks/use-commands'
import type { Shortcut } from '@/hooks/shortcuts'
import { useDebounced } from '@/hooks/use-debounced'
import { useRegisteredShortcuts } from '@/hooks/use-shortcuts'
import { useTheme } from '@/hooks/use-theme'

export interface Entry {
  value: string
  label: string
  note?: string
  /** The keys that do the same, for next time. */
  shortcut?: Shortcut
  group: 'here' | 'leads' | 'go' | 'do'
  run: () => void
}

const LEADS_SHOWN = 8
const TYPING_MS = 120
/** Shorter words stand only for themselves in the search. */
export const LEADS_FROM = 3

/** Everything the palette offers for a text: this page's commands, leads, pages, actions. */
export function useEntries(text: string, actions: { showShortcuts: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const can = useCan()
  const here = useOfferedCommands()
  const shortcuts = useRegisteredShortcuts()
  const keys = (id: string) => shortcuts.findLast((each) => each.id === id)
  const [, setTheme] = useTheme()
  const q = useDebounced(text.trim(), TYPING_MS)
  const found = useQuery({
    queryKey: ['leads', 'palette', q],
    queryFn: ({ signal }) => answer(leadsList({ signal, query: { q, limit: LEADS_SHOWN } })),
    enabled: q.length >= LEADS_FROM && can('leads.list'),
    placeholderData: (previous) => previous,
    retry: false,
  })

  const go = (to: string) => () => void navigate(to)
  const fixed: Entry[] = [
    ...here.map((command) => ({
      value: `here:${command.id}`,
      label: command.label,
      shortcut: keys(command.id),
      group: 'here' as const,
      run: command.run,
    })),
    ...PLACES.filter((page) => !('needs' in page) || can(page.needs)).map((page) => ({
      value: `go:${page.to}`,
      label: t(page.key),
      shortcut: keys(`go:${page.to}`),
      group: 'go' as const,
      run: go(page.to),
    })),
    ...(['light', 'dark', 'system'] as const).map((theme) => ({
      value: `theme:${theme}`,
      label: t('palette.theme', { theme: t(`theme.${theme}`) }),
      group: 'do' as const,
      run: () => setTheme(theme),
    })),
    {
      value: 'shortcuts',
      label: t('shortcut.title'),
      shortcut: keys('help'),
      group: 'do',
      run: actions.showShortcuts,
    },
  ]
  const leads: Entry[] =
    text.trim().length >= LEADS_FROM
      ? (found.data?.items ?? []).map((lead) => ({
          value: `lead:${lead.id}`,
          label: lead.name || lead.company || lead.email || t('lead.unnamed'),
          note: [lead.title, lead.company].filter(Boolean).join(' · '),
          group: 'leads' as const,
          run: go(`/leads/${lead.id}`),
        }))
      : []
  const matches = matching(fixed, text)
  const entries = [
    ...matches.filter((entry) => entry.group === 'here'),
    ...leads,
    ...matches.filter((entry) => entry.group !== 'here'),
  ]
  return {
    entries,
    searching: found.isFetching || (text.trim().length >= LEADS_FROM && q !== text.trim()),
  }
}

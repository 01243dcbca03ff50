import type { Operation } from '@/types/operation'

/** The pages one can go to: the rail, the palette and the keys name them alike. */
export const PLACES = [
  { to: '/', key: 'nav.home', keys: 'g h' },
  { to: '/leads', key: 'nav.leads', keys: 'g l', needs: 'leads.list' },
  { to: '/imports', key: 'nav.imports', keys: 'g i', needs: 'imports.list' },
  { to: '/imports/new', key: 'palette.newImport', needs: 'leads.import' },
  { to: '/batches', key: 'nav.batches', keys: 'g b', needs: 'batches.list' },
  { to: '/quality', key: 'nav.quality', keys: 'g q', needs: 'analytics.quality' },
  { to: '/duplicates', key: 'nav.duplicates', keys: 'g d', needs: 'duplicates.list' },
  { to: '/profile', key: 'nav.profile', keys: 'g p', needs: 'profile.get' },
  { to: '/templates', key: 'palette.templates', keys: 'g t', needs: 'templates.list' },
  { to: '/settings', key: 'nav.settings', keys: 'g s' },
  { to: '/help', key: 'help.title' },
  { to: '/about', key: 'palette.about' },
] as const satisfies readonly {
  to: string
  key: string
  keys?: string
  needs?: Operation
}[]

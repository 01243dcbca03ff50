import { type Density, setDensity } from '@/hooks/use-density'
import { setTheme, type ThemeChoice } from '@/hooks/use-theme'
import { setFormats } from '@/utils/format'

export interface Preferences {
  theme: ThemeChoice
  density: Density
  locale: string
  timezone: string
}

const KEY = 'winnow.preferences'
const FIRST: Preferences = { theme: 'system', density: 'comfortable', locale: '', timezone: '' }

function seen(): string {
  try {
    return localStorage.getItem(KEY) ?? look(FIRST)
  } catch {
    return look(FIRST)
  }
}

function look({ theme, density }: Preferences): string {
  return `${theme} ${density}`
}

/**
 * Brings this browser to the preferences that the server keeps. Theme and density follow only when they were changed
 * there since this browser last saw them, so that a theme picked for this screen alone stays.
 */
export function applyPreferences(next: Preferences | undefined): void {
  if (!next) return
  setFormats(next)
  if (look(next) === seen()) return
  setTheme(next.theme)
  setDensity(next.density)
  try {
    localStorage.setItem(KEY, look(next))
  } catch {
    // Without storage it is applied anew on every start.
  }
}

const KEY = 'winnow.dir'

type Direction = 'ltr' | 'rtl'

/**
 * The way the page reads: that of the language, or what `?dir=rtl` asked for,
 * which holds for the tab, so that one can walk all pages the other way round.
 */
export function setDirection(ofLanguage: Direction): void {
  const asked = new URLSearchParams(window.location.search).get('dir')
  document.documentElement.dir = remembered(asked) ?? ofLanguage
}

function remembered(asked: string | null): string | null {
  try {
    if (asked === 'rtl' || asked === 'ltr') sessionStorage.setItem(KEY, asked)
    else if (asked === 'auto') sessionStorage.removeItem(KEY)
    return sessionStorage.getItem(KEY)
  } catch {
    return asked === 'rtl' || asked === 'ltr' ? asked : null
  }
}

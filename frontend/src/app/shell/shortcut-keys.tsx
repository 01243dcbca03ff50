import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'

import { Kbd } from '@/components/ui/kbd'
import { keysOf, type Shortcut } from '@/hooks/shortcuts'

const NAMES: Record<string, string> = {
  arrowup: 'up',
  arrowdown: 'down',
  arrowleft: 'left',
  arrowright: 'right',
  pageup: 'Page ↑',
  pagedown: 'Page ↓',
  home: 'Home',
  end: 'End',
  delete: 'Del',
}

const named = (stroke: string) =>
  stroke
    .split('+')
    .map((key) => NAMES[key] ?? key)
    .join('+')

/** The keys of a shortcut as they are pressed: "G then L", "J or ↓". */
export function ShortcutKeys({ shortcut, short }: { shortcut: Shortcut; short?: boolean }) {
  const { t } = useTranslation()
  const ways = keysOf(shortcut).slice(0, short ? 1 : 2)
  return (
    <span className="inline-flex items-center gap-1 text-2xs text-ink-2">
      {ways.map((way, i) => (
        <Fragment key={way}>
          {i > 0 && t('shortcut.or')}
          {way.split(' ').map((stroke, j) => (
            <Fragment key={stroke}>
              {j > 0 && <span className={short ? 'sr-only' : ''}>{t('shortcut.then')}</span>}
              <Kbd keys={named(stroke)} />
            </Fragment>
          ))}
        </Fragment>
      ))}
    </span>
  )
}

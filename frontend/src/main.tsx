import '@/app/styles.css'

import i18next from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App } from '@/app/app'
import { startI18n } from '@/utils/i18n'

await startI18n()
setDirection()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

/** The direction of the language; `?dir=rtl` shows how a page reads the other way round. */
function setDirection(): void {
  const asked = new URLSearchParams(window.location.search).get('dir')
  document.documentElement.dir = asked === 'rtl' || asked === 'ltr' ? asked : i18next.dir()
}

import '@/app/styles.css'

import i18next from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App } from '@/app/app'
import { setDirection } from '@/hooks/direction'
import { startI18n } from '@/utils/i18n'

await startI18n()
setDirection(i18next.dir())
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

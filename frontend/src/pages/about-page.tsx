import { useTranslation } from 'react-i18next'

import { PageBody, PageHeader } from '@/components/layout/page'
import { Panel } from '@/components/layout/panel'

/** What this is, and where its interfaces are described. */
export function Component() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('about.title')} />
      <PageBody narrow>
        <p className="mb-4 text-base text-ink-2">{t('about.body')}</p>
        <Panel title={t('about.docs')}>
          <ul className="flex flex-col gap-2">
            {/* Served by the server itself, outside the app's own addresses. */}
            <li>
              <a className="text-accent-text underline" href="/docs">
                {t('about.api')}
              </a>
            </li>
            <li>
              <a className="text-accent-text underline" href="/api/openapi.json">
                {t('about.contract')}
              </a>
            </li>
          </ul>
        </Panel>
        <p className="mt-4 text-sm text-ink-2">{t('about.shortcuts')}</p>
      </PageBody>
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'

import { PageBody, PageHeader } from '@/components/layout/page'
import { ButtonLink } from '@/components/ui/button'
import { TabPanel, Tabs } from '@/components/ui/tabs'
import { meQuery } from '@/features/auth/queries'
import { AiPanel } from '@/features/settings/components/ai-panel'
import { BudgetsPanel } from '@/features/settings/components/budgets-panel'
import { KeysPanel } from '@/features/settings/components/keys-panel'
import { PasswordPanel } from '@/features/settings/components/password-panel'
import { PeoplePanel } from '@/features/settings/components/people-panel'
import { SessionsPanel } from '@/features/settings/components/sessions-panel'

const TABS = ['ai', 'budgets', 'keys', 'people', 'sessions'] as const

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const params = useParams()
  const me = useQuery(meQuery)
  const tab = TABS.find((each) => each === params.tab) ?? 'ai'
  return (
    <>
      <PageHeader
        title={t('settings.title')}
        actions={<ButtonLink to="/templates">{t('settings.templates')}</ButtonLink>}
      />
      <Tabs
        label={t('settings.title')}
        value={tab}
        onChange={(next) => void navigate(`/settings/${next}`, { replace: true })}
        tabs={TABS.map((each) => ({ value: each, label: t(`settings.tab.${each}`) }))}
      >
        <TabPanel value={tab} className="flex min-h-0 flex-1 flex-col outline-none">
          <PageBody narrow>
            <div className="flex flex-col gap-4">
              {tab === 'ai' && <AiPanel />}
              {tab === 'budgets' && <BudgetsPanel />}
              {tab === 'keys' && <KeysPanel />}
              {tab === 'people' && <PeoplePanel me={me.data?.user.id ?? ''} />}
              {tab === 'sessions' && (
                <>
                  <SessionsPanel />
                  <PasswordPanel />
                </>
              )}
            </div>
          </PageBody>
        </TabPanel>
      </Tabs>
    </>
  )
}

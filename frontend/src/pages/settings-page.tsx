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
import { ModelsPanel } from '@/features/settings/components/models-panel'
import { PasswordPanel } from '@/features/settings/components/password-panel'
import { PeoplePanel } from '@/features/settings/components/people-panel'
import { PreferencesPanel } from '@/features/settings/components/preferences-panel'
import { RolesPanel } from '@/features/settings/components/roles-panel'
import { SessionsPanel } from '@/features/settings/components/sessions-panel'
import { SystemPanel } from '@/features/settings/components/system-panel'
import { useCan } from '@/hooks/use-can'

const TABS = [
  'preferences',
  'ai',
  'budgets',
  'keys',
  'people',
  'roles',
  'sessions',
  'system',
] as const

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const params = useParams()
  const me = useQuery(meQuery)
  const can = useCan()
  const tabs = TABS.filter((each) => each !== 'system' || can('system.get'))
  const tab = tabs.find((each) => each === params.tab) ?? 'ai'
  return (
    <>
      <PageHeader
        title={t('settings.title')}
        help="settings"
        actions={<ButtonLink to="/templates">{t('settings.templates')}</ButtonLink>}
      />
      <Tabs
        label={t('settings.title')}
        value={tab}
        onChange={(next) => void navigate(`/settings/${next}`, { replace: true })}
        tabs={tabs.map((each) => ({ value: each, label: t(`settings.tab.${each}`) }))}
      >
        <TabPanel value={tab} className="flex min-h-0 flex-1 flex-col outline-none">
          <PageBody narrow>
            <div className="flex flex-col gap-4">
              {tab === 'preferences' && me.data && (
                <PreferencesPanel preferences={me.data.preferences} />
              )}
              {tab === 'ai' && (
                <>
                  <AiPanel />
                  <ModelsPanel />
                </>
              )}
              {tab === 'budgets' && <BudgetsPanel />}
              {tab === 'keys' && <KeysPanel />}
              {tab === 'people' && <PeoplePanel me={me.data?.user.id ?? ''} />}
              {tab === 'roles' && <RolesPanel />}
              {tab === 'system' && <SystemPanel />}
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

import { useQuery } from '@tanstack/react-query'
import { Check, Minus } from 'lucide-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'

import type { Role } from '@/api/contract'
import { Panel } from '@/components/layout/panel'
import { Loaded } from '@/features/settings/components/query-panel'
import { grouped } from '@/features/settings/roles'
import { permissionsQuery } from '@/features/settings/workspace-queries'

/** Which role may do what: the very table by which the server decides. */
export function RolesPanel() {
  const { t, i18n } = useTranslation()
  const table = useQuery(permissionsQuery)
  // The table is the server's: a newer one may name what this page has no words for yet.
  const words = (name: string, raw: string) =>
    i18n.exists(`operation.${name}`) ? t(`operation.${name}` as 'operation.leads.list') : raw
  return (
    <Panel title={t('settings.roles.title')} note={t('settings.roles.note')} flush>
      <Loaded query={table}>
        {({ roles, operations }) => (
          <div
            className="scroll-x relative rounded-b-lg"
            tabIndex={0}
            role="region"
            aria-label={t('settings.roles.title')}
          >
            <table className="w-full text-sm">
              <thead className="text-xs text-ink-2">
                <tr>
                  <th scope="col" className="px-4 py-2 text-start font-medium">
                    {t('settings.roles.operation')}
                  </th>
                  {roles.map((role) => (
                    <th key={role} scope="col" className="px-2 py-2 text-center font-medium">
                      {t(`settings.role.${role as Role}`)}
                    </th>
                  ))}
                  <th scope="col" className="px-4 py-2 text-start font-medium max-sm:hidden">
                    {t('settings.roles.scope')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {grouped(operations).map(([group, rows]) => (
                  <Fragment key={group}>
                    <tr className="border-t border-line bg-sunken">
                      <th
                        scope="rowgroup"
                        colSpan={roles.length + 2}
                        className="px-4 py-1 text-start text-xs font-semibold"
                      >
                        {words(`${group}.title`, group)}
                      </th>
                    </tr>
                    {rows.map((each) => (
                      <tr key={each.name} className="border-t border-line">
                        <th
                          scope="row"
                          title={each.name}
                          className="px-4 py-1.5 text-start font-normal break-words"
                        >
                          {words(each.name, each.name)}
                          {each.owned && (
                            <span className="text-xs text-ink-3 max-sm:block sm:ms-2">
                              {t('settings.roles.owned')}
                            </span>
                          )}
                        </th>
                        {roles.map((role) => (
                          <td key={role} className="px-2 text-center">
                            <Mark yes={each.public || each.roles.includes(role)} />
                          </td>
                        ))}
                        <td className="px-4 text-xs text-ink-2 max-sm:hidden">
                          {each.public ? (
                            t('settings.roles.public')
                          ) : each.scope === '*' ? (
                            t('settings.roles.anyKey')
                          ) : each.scope ? (
                            <code>{each.scope}</code>
                          ) : (
                            t('settings.roles.noKey')
                          )}
                        </td>
                      </tr>
                    ))}
                  </Fragment>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </Panel>
  )
}

function Mark({ yes }: { yes: boolean }) {
  const { t } = useTranslation()
  const Icon = yes ? Check : Minus
  return (
    <>
      <Icon aria-hidden className={`inline size-4 ${yes ? 'text-good' : 'text-ink-3'}`} />
      <span className="sr-only">{t(yes ? 'settings.roles.may' : 'settings.roles.mayNot')}</span>
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { peopleQuery } from '@/api/people'
import { Button, ButtonLink } from '@/components/ui/button'
import { FullPage } from '@/features/shell/components/full-page'
import { permissionsQuery, useMyRole } from '@/features/shell/queries'
import { useCan } from '@/hooks/use-can'
import type { Operation } from '@/types/operation'

const MOST_NAMES = 5

/** A name that keeps its own direction within a sentence. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

/** What is missing for this page, and who can give it. */
export function Forbidden({ operation }: { operation?: Operation }) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const mine = useMyRole()
  const table = useQuery(permissionsQuery)
  const people = useQuery({ ...peopleQuery, enabled: can('users.list') })
  const list = new Intl.ListFormat(i18n.language, { type: 'disjunction' })
  const role = (each: string) => t(`settings.role.${each as 'viewer'}`)
  const takes = table.data?.operations.find(({ name }) => name === operation)?.roles ?? []
  const admins = (people.data ?? [])
    .filter((each) => each.role === 'admin' && !each.disabled && !each.pending)
    .slice(0, MOST_NAMES)
    .map(({ name, email }) => name || email)

  return (
    <FullPage
      icon={<Lock />}
      title={t('error.forbidden.title')}
      actions={
        <>
          <ButtonLink to="/" variant="primary">
            {t('nav.home')}
          </ButtonLink>
          {can('permissions.list') && (
            <ButtonLink to="/settings/roles">{t('error.forbidden.roles')}</ButtonLink>
          )}
          <Button onClick={() => window.history.back()}>{t('common.back')}</Button>
        </>
      }
    >
      <p>
        {takes.length > 0 && mine
          ? t('error.forbidden.lack', { mine: role(mine), takes: list.format(takes.map(role)) })
          : t('error.forbidden.some')}
      </p>
      <p>
        {admins.length > 0
          ? t('error.forbidden.ask', { names: list.format(admins.map(isolated)) })
          : t('error.next.forbidden')}
      </p>
    </FullPage>
  )
}

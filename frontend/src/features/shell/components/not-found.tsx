import { Compass, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button, ButtonLink } from '@/components/ui/button'
import { FullPage } from '@/features/shell/components/full-page'
import { runShortcut } from '@/hooks/shortcuts'

interface NotFoundProps {
  title?: string
  body?: string
  /** The list it would be in, if there is one. */
  back?: { to: string; label: string }
}

/** There is nothing here; the search may know where it is. */
export function NotFound({ title, body, back }: NotFoundProps) {
  const { t } = useTranslation()
  return (
    <FullPage
      icon={<Compass />}
      title={title ?? t('error.notFound')}
      actions={
        <>
          <Button variant="primary" icon={<Search />} onClick={() => runShortcut('palette')}>
            {t('error.search')}
          </Button>
          <ButtonLink to={back?.to ?? '/'}>{back?.label ?? t('nav.home')}</ButtonLink>
        </>
      }
    >
      <p>{body ?? t('error.notFoundBody')}</p>
    </FullPage>
  )
}

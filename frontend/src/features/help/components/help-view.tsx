import { ArrowLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { PageBody, PageHeader } from '@/components/layout/page'
import { ButtonLink } from '@/components/ui/button'
import { HelpArticle } from '@/features/help/components/help-article'
import { HelpCards } from '@/features/help/components/help-cards'
import { HelpList } from '@/features/help/components/help-list'
import { cn } from '@/utils/cn'

/** The help: a list and the page that is open; on a phone one of the two. */
export function HelpView({ slug }: { slug: string | undefined }) {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('help.title')} />
      <PageBody key={slug}>
        <div className="mx-auto flex max-w-6xl gap-10 2xl:max-w-7xl">
          <div
            className={cn(
              'w-full shrink-0 md:sticky md:top-5 md:max-h-[calc(100dvh-110px)] md:w-60 md:self-start md:overflow-y-auto md:pb-4',
              slug && 'max-md:hidden',
            )}
          >
            <HelpList />
          </div>
          <div className={cn('min-w-0 flex-1', !slug && 'max-md:hidden')}>
            {slug ? (
              <>
                <ButtonLink
                  to="/help"
                  size="sm"
                  icon={<ArrowLeft className="rtl:-scale-x-100" />}
                  className="mb-4 md:hidden"
                >
                  {t('help.all')}
                </ButtonLink>
                <HelpArticle slug={slug} />
              </>
            ) : (
              <HelpCards />
            )}
          </div>
        </div>
      </PageBody>
    </>
  )
}

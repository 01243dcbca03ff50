import { useQuery } from '@tanstack/react-query'
import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'

import { PageBody, PageHeader } from '@/components/layout/page'
import { Button } from '@/components/ui/button'
import { AnalyseDialog } from '@/features/batches/components/analyse-dialog'
import { ImportResult } from '@/features/imports/components/import-result'
import { importQuery } from '@/features/imports/queries'
import { useCan } from '@/hooks/use-can'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const can = useCan()
  const [filter, setFilter] = useState<string | null>(null)
  const name = useQuery(importQuery(id)).data?.filename
  return (
    <>
      <PageHeader title={name || t('import.one')} help="import" />
      <PageBody>
        <div className="mx-auto max-w-5xl">
          <ImportResult
            key={id}
            id={id}
            analyse={(of) =>
              can('leads.batch_analyze') && (
                <Button icon={<Sparkles />} onClick={() => setFilter(of)}>
                  {t('import.analyse')}
                </Button>
              )
            }
          />
        </div>
      </PageBody>
      <AnalyseDialog
        open={filter !== null}
        onClose={() => setFilter(null)}
        selection={{ filter: filter ?? '' }}
      />
    </>
  )
}

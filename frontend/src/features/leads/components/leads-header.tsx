import { LayoutGrid, Rows3, Sparkles, Upload } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { PageHeader } from '@/components/layout/page'
import { Button, ButtonLink } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { ColumnsMenu } from '@/features/leads/components/columns-menu'
import { ExportMenu } from '@/features/leads/components/export-menu'
import type { LeadListParams } from '@/features/leads/queries'
import type { LeadMode } from '@/features/leads/view-state'
import { useCan } from '@/hooks/use-can'
import { formatTotal } from '@/utils/format'

interface LeadsHeaderProps {
  params: LeadListParams
  mode: LeadMode
  onMode: (mode: LeadMode) => void
  /** Null until the list has been read. */
  total: number | null
  capped: boolean
  tabs?: ReactNode
  manyTabs?: boolean
  onAnalyse: () => void
}

function Header(props: LeadsHeaderProps) {
  const { params, mode, total, capped } = props
  const { t } = useTranslation()
  const can = useCan()
  return (
    <PageHeader
      title={t('lead.many')}
      help="filters"
      note={total !== null && formatTotal(total, capped)}
      tabs={props.tabs}
      manyTabs={props.manyTabs}
      actions={
        <>
          <span className="hidden items-center gap-2 sm:flex">
            <Segmented
              iconsOnly
              label={t('table.mode')}
              value={mode}
              onChange={props.onMode}
              options={[
                { value: 'table', label: t('table.modeTable'), icon: <Rows3 /> },
                { value: 'cards', label: t('table.modeCards'), icon: <LayoutGrid /> },
              ]}
            />
            {mode === 'table' && <ColumnsMenu />}
          </span>
          <ExportMenu
            selection={{ filter: params.filter, q: params.q }}
            sort={params.sort}
            count={total ?? 0}
            capped={capped}
            disabled={total === 0}
          />
          {can('leads.import') && (
            <ButtonLink to="/imports/new" icon={<Upload />} iconOnPhone>
              {t('nav.import')}
            </ButtonLink>
          )}
          {can('leads.batch_analyze') && (
            <Button
              variant="primary"
              icon={<Sparkles />}
              disabled={!total}
              onClick={props.onAnalyse}
            >
              {t('analyse.verb')}
            </Button>
          )}
        </>
      }
    />
  )
}

/** The head of the leads page; it stays as it is while rows come in. */
export const LeadsHeader = memo(Header)

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Lead } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { GradeChip } from '@/components/ui/grade-chip'
import { leadLabel } from '@/features/leads/lead-words'
import { relatedQuery } from '@/features/leads/one/queries'
import { useCan } from '@/hooks/use-can'

/** Other leads of the same company; nothing is shown where there are none. */
export function RelatedLeads({ lead }: { lead: Lead }) {
  const { t } = useTranslation()
  const can = useCan()
  const related = useQuery({ ...relatedQuery(lead.id), enabled: can('leads.related') })
  if (related.error) {
    return (
      <Panel title={t('lead.related')}>
        <ErrorState problem={toProblem(related.error)} onRetry={() => void related.refetch()} />
      </Panel>
    )
  }
  if (!related.data?.length) return null
  return (
    <Panel title={t('lead.related')} note={<bdi>{lead.company}</bdi>}>
      <ul className="-my-1 flex flex-col">
        {related.data.map((other) => (
          <li key={other.id}>
            <Link
              to={`/leads/${other.id}`}
              className="-mx-2 flex items-center gap-2.5 rounded-md px-2 py-1.5 text-sm hover:bg-hover pointer-coarse:min-h-11"
            >
              <GradeChip grade={other.grade} />
              <span className="min-w-0 flex-1">
                <bdi className="block truncate font-medium">{leadLabel(other, t)}</bdi>
                {other.title && (
                  <bdi className="block truncate text-xs text-ink-2">{other.title}</bdi>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

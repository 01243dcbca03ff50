import { ArrowLeft, ChevronDown, ChevronUp, Ellipsis, Link2, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import type { Lead } from '@/api/contract'
import { toast } from '@/components/feedback/toast'
import { PageHeader } from '@/components/layout/page'
import { IconButton } from '@/components/ui/button'
import { GradeChip } from '@/components/ui/grade-chip'
import { Menu, MenuItem } from '@/components/ui/menu'
import { leadLabel } from '@/features/leads/lead-words'
import { useDeleteLead } from '@/features/leads/one/queries'
import type { Neighbours } from '@/features/leads/one/use-neighbours'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { useShortcuts } from '@/hooks/use-shortcuts'
import { formatTotal } from '@/utils/format'

interface LeadHeaderProps {
  lead: Lead
  neighbours: Neighbours
  editable: boolean
  actions: ReactNode
  /** Further entries of the menu, which belong to other features. */
  menu?: ReactNode
}

/** Who it is, the way back, and the leads before and after. */
export function LeadHeader({ lead, neighbours, editable, actions, menu }: LeadHeaderProps) {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const navigate = useNavigate()
  const remove = useDeleteLead(lead.id)
  const { back, previous, next, position, total, capped } = neighbours
  const go = (id: string | null) => id && void navigate(`/leads/${id}`, { replace: true })
  useShortcuts([
    { id: 'next', keys: 'j', label: t('shortcut.next'), where: 'lead', run: () => go(next) },
    {
      id: 'previous',
      keys: 'k',
      label: t('shortcut.previous'),
      where: 'lead',
      run: () => go(previous),
    },
    {
      id: 'back',
      keys: 'u',
      label: t('shortcut.back'),
      where: 'lead',
      run: () => void navigate(back),
    },
  ])

  const drop = async () => {
    await remove.mutateAsync('delete').then(
      () => {
        toast({
          title: t('lead.deleted', { count: 1, n: 1 }),
          undo: () => remove.mutate('restore'),
        })
        void navigate(next ? `/leads/${next}` : back, { replace: true })
      },
      () => undefined, // Said by the query client.
    )
  }

  return (
    <PageHeader
      title={leadLabel(lead, t)}
      help="qualification"
      note={
        <bdi className="block max-w-[min(44ch,calc(100vw-32px))] truncate">
          {[lead.title, lead.company].filter(Boolean).join(' · ')}
        </bdi>
      }
      leading={
        <>
          <Link
            to={back}
            aria-label={t('lead.back')}
            title={t('lead.back')}
            className="-ms-1 flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover pointer-coarse:size-11"
          >
            <ArrowLeft aria-hidden className="size-4 rtl:-scale-x-100" />
          </Link>
          <GradeChip grade={lead.grade} />
        </>
      }
      actions={
        <>
          {position > 0 && (
            <span className="flex items-center">
              <span className="num me-1 text-xs text-ink-3 max-sm:hidden">
                {t('lead.position', { n: position, total: formatTotal(total, capped) })}
              </span>
              <IconButton
                label={t('lead.previous')}
                aria-keyshortcuts="k"
                disabled={!previous}
                onClick={() => go(previous)}
              >
                <ChevronUp />
              </IconButton>
              <IconButton
                label={t('lead.next')}
                aria-keyshortcuts="j"
                disabled={!next}
                onClick={() => go(next)}
              >
                <ChevronDown />
              </IconButton>
            </span>
          )}
          {actions}
          <Menu
            trigger={
              <IconButton label={t('lead.moreActions')}>
                <Ellipsis />
              </IconButton>
            }
          >
            <MenuItem
              icon={<Link2 />}
              onSelect={() =>
                void navigator.clipboard
                  .writeText(`${window.location.origin}/leads/${lead.id}`)
                  .then(() => toast({ title: t('common.copied') }))
              }
            >
              {t('lead.copyLink')}
            </MenuItem>
            {menu}
            {editable && can('leads.delete') && (
              <MenuItem danger icon={<Trash2 />} onSelect={once(drop)}>
                {t('lead.deleteOne')}
              </MenuItem>
            )}
          </Menu>
        </>
      }
    />
  )
}

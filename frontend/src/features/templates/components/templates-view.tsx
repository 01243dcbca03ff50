import { useQuery } from '@tanstack/react-query'
import { FileText, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { toProblem } from '@/api/problem'
import { EmptyState } from '@/components/feedback/empty-state'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { TemplateEditor } from '@/features/templates/components/template-editor'
import {
  type Template,
  templatesQuery,
  type TemplateText,
  useDeleteTemplate,
  useSaveTemplate,
} from '@/features/templates/queries'
import { forgetDraft } from '@/features/templates/use-template-draft'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { cn } from '@/utils/cn'

const NEW = 'new'

/** The message templates: a list, and the one that is open. Which one stands in the address. */
export function TemplatesView() {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const [params, setParams] = useSearchParams()
  const templates = useQuery(templatesQuery)
  const remove = useDeleteTemplate()
  const add = useSaveTemplate()
  const items = templates.data?.items ?? []
  const asked = params.get('template')
  const open = asked === NEW ? null : (items.find((item) => item.id === asked) ?? items[0] ?? null)
  const go = (id: string | null, replace = false) =>
    setParams(id === null ? {} : { template: id }, { replace })

  const drop = async (template: Template) => {
    const { name, subject, body } = template
    const gone = await remove.mutateAsync(template.id).then(
      () => true,
      () => false, // Said by the query client.
    )
    if (!gone) return
    forgetDraft(template.id)
    go(null, true)
    toast({
      title: t('template.deleted', { name }),
      undo: () => void put({ name, subject, body }),
    })
  }
  const put = async (text: TemplateText) => {
    const made = await add.mutateAsync({ text, of: null }).catch((error: unknown) => {
      toast({ tone: 'bad', title: toProblem(error).message })
      return null
    })
    if (made) go(made.id)
  }

  if (templates.error && !templates.data) {
    return (
      <ErrorState problem={toProblem(templates.error)} onRetry={() => void templates.refetch()} />
    )
  }
  if (!templates.data) return <TemplatesSkeleton />
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[200px_minmax(0,1fr)] 2xl:grid-cols-[260px_minmax(0,1fr)]">
      <nav aria-label={t('template.many')} className="flex flex-col gap-2">
        {can('templates.create') && (
          <Button icon={<Plus />} onClick={() => go(NEW)}>
            {t('template.new')}
          </Button>
        )}
        <ul className="flex flex-col gap-0.5">
          {items.map((item) => (
            <li key={item.id}>
              <button
                type="button"
                aria-current={item === open ? 'true' : undefined}
                onClick={() => go(item.id)}
                className={cn(
                  'flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-start text-sm pointer-coarse:min-h-11',
                  item === open ? 'bg-selected font-medium' : 'hover:bg-hover',
                )}
              >
                <bdi className="min-w-0 flex-1 truncate">{item.name}</bdi>
                {item.builtin && <Badge>{t('template.builtin')}</Badge>}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {open || asked === NEW ? (
        <TemplateEditor
          key={open?.id ?? NEW}
          stored={open}
          variables={templates.data.variables}
          onSaved={(saved) => {
            forgetDraft(NEW)
            if (saved.id !== open?.id) go(saved.id, true)
          }}
          onDelete={once(drop)}
          onCopy={once(({ name, ...text }: TemplateText) =>
            put({ ...text, name: t('template.copyOf', { name }).slice(0, 200) }),
          )}
          onCancel={() => go(null, true)}
        />
      ) : (
        <EmptyState icon={<FileText />} title={t('template.none')} body={t('template.noneBody')} />
      )}
    </div>
  )
}

function TemplatesSkeleton() {
  return (
    <div
      aria-hidden
      className="grid gap-4 lg:grid-cols-[200px_minmax(0,1fr)] 2xl:grid-cols-[260px_minmax(0,1fr)]"
    >
      <div className="flex flex-col gap-2">
        <Skeleton className="h-8" />
        <Skeleton className="h-8" />
        <Skeleton className="h-8" />
      </div>
      <Skeleton className="h-96" />
    </div>
  )
}

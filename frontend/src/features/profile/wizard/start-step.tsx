import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { Profile } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { ErrorState } from '@/components/feedback/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { type Documents, templatesQuery } from '@/features/profile/queries'
import { isExample } from '@/features/profile/wizard/example'
import { BLANK, ownFrom } from '@/features/profile/wizard/draft'
import { valueAt } from '@/features/profile/yaml/plain'
import { readYaml } from '@/features/profile/yaml/read'

interface StartStepProps {
  profile: Profile
  /** A draft was begun in this tab. */
  begun: boolean
  onResume: () => void
  onStart: (from: string, texts: Documents) => void
}

/** The gallery: what each template is for, and two ways to do without one. */
export function StartStep({ profile, begun, onResume, onStart }: StartStepProps) {
  const { t } = useTranslation()
  const templates = useQuery(templatesQuery)
  if (templates.error) {
    return (
      <ErrorState problem={toProblem(templates.error)} onRetry={() => void templates.refetch()} />
    )
  }
  const present = textsOf(profile.documents)
  return (
    <div className="flex flex-col gap-4">
      {begun && (
        <Callout
          title={t('wizard.resume')}
          action={
            <Button variant="primary" onClick={onResume}>
              {t('wizard.resumeGo')}
            </Button>
          }
        >
          {t('wizard.resumeNote')}
        </Callout>
      )}
      <ul className="grid gap-3 sm:grid-cols-2">
        {!templates.data &&
          [0, 1, 2, 3].map((n) => (
            <li key={n}>
              <Skeleton className="h-36" />
            </li>
          ))}
        {templates.data?.items.map(({ name, title, description, documents }) => {
          const texts = textsOf(documents)
          return (
            <Card
              key={name}
              title={title || name}
              note={description}
              buyers={shown(texts.audience, 'industries')}
              pains={shown(texts.pain_points, 'pain_points')}
              onClick={() => onStart(name, ownFrom(texts))}
            />
          )
        })}
        <Card
          title={t('wizard.blank')}
          note={t('wizard.blankNote')}
          onClick={() => onStart('blank', BLANK)}
        />
        {!isExample(profile) && (
          <Card
            title={t('wizard.present')}
            note={t('wizard.presentNote')}
            buyers={shown(present.audience, 'industries')}
            pains={shown(present.pain_points, 'pain_points')}
            onClick={() => onStart('present', present)}
          />
        )}
      </ul>
    </div>
  )
}

interface CardProps {
  title: string
  note: string
  buyers?: string
  pains?: string
  onClick: () => void
}

function Card({ title, note, buyers, pains, onClick }: CardProps) {
  const { t } = useTranslation()
  return (
    <li className="sm:last:odd:col-span-2">
      <button
        type="button"
        onClick={onClick}
        className="flex h-full w-full flex-col gap-1 rounded-lg border border-line-strong bg-surface p-4 text-start transition-colors duration-100 hover:border-accent hover:bg-hover"
      >
        <span className="font-medium">{title}</span>
        <span className="text-sm text-ink-2">{note}</span>
        {buyers && <Names>{t('wizard.buyers', { names: buyers })}</Names>}
        {pains && <Names>{t('wizard.pains', { names: pains })}</Names>}
      </button>
    </li>
  )
}

function Names({ children }: { children: string }) {
  return <span className="line-clamp-2 text-xs text-ink-3">{children}</span>
}

const FEW = 4

/** The first names of a list in a document. */
function shown(text: string, key: string): string {
  const found = valueAt(readYaml(text).values, [key])
  const names = (Array.isArray(found) ? (found as unknown[]) : []).map((each) =>
    typeof each === 'string' ? each : valueAt(each, ['name']),
  )
  return names.slice(0, FEW).join(', ') + (names.length > FEW ? ' …' : '')
}

function textsOf(documents: Profile['documents']): Documents {
  return {
    company: documents.company?.yaml ?? '',
    audience: documents.audience?.yaml ?? '',
    pain_points: documents.pain_points?.yaml ?? '',
  }
}

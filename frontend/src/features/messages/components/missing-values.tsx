import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ApiProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'

/** Which field of the lead fills a variable. */
const FIELD_OF: Record<string, string> = {
  name: 'name',
  first_name: 'name',
  company: 'company',
  title: 'title',
  location: 'location',
}
const OURS = new Set(['our_company', 'one_liner', 'our_website', 'sender_email'])

interface MissingValuesProps {
  problem: ApiProblem
  /** Brings the reader to a field of the lead, to fill it in. */
  onFill: (field: string) => void
}

/** Why no message could be written; each variable without a value with the way to give it one. */
export function MissingValues({ problem, onFill }: MissingValuesProps) {
  const { t } = useTranslation()
  if (problem.code !== 'message_variable_missing') {
    return <ErrorState problem={problem} className="mb-3" />
  }
  return (
    <Callout alert tone="warn" title={t('message.missing')} className="mb-3">
      <ul className="mt-1 flex flex-col gap-2">
        {problem.fields.map(({ name, message }) => (
          <li key={name} className="flex flex-wrap items-center justify-between gap-2">
            <span className="min-w-0 flex-1 basis-48 break-words">
              <code className="rounded-sm bg-surface px-1 font-mono text-xs">{`{{${name}}}`}</code>{' '}
              {message}
            </span>
            {FIELD_OF[name] ? (
              <Button size="sm" onClick={() => onFill(FIELD_OF[name]!)}>
                {t('message.fillIn')}
              </Button>
            ) : (
              OURS.has(name) && (
                <Link to="/profile" className="text-xs text-accent-text hover:underline">
                  {t('message.toProfile')}
                </Link>
              )
            )}
          </li>
        ))}
      </ul>
    </Callout>
  )
}

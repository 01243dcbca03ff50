import { useTranslation } from 'react-i18next'

interface VariableListProps {
  variables: readonly { name: string; value: string }[]
}

/** What was filled in from the lead and the profile, by name. */
export function VariableList({ variables }: VariableListProps) {
  const { t } = useTranslation()
  const filled = variables.filter((variable) => variable.value)
  if (filled.length === 0) return null
  return (
    <details className="mt-3 border-t border-line pt-2">
      <summary className="text-xs text-ink-2">
        {t('message.variables', { count: filled.length })}
      </summary>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-xs">
        {filled.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name.replaceAll('_', ' ')}</dt>
            <dd>
              <bdi className="rounded-sm bg-selected box-decoration-clone px-1 break-words text-accent-text">
                {value}
              </bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

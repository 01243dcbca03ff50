import { useTranslation } from 'react-i18next'

interface VariablePaletteProps {
  variables: readonly { name: string; meaning: string }[]
  onInsert: (name: string) => void
}

/** Every variable with what it means; a press puts it where the cursor was. */
export function VariablePalette({ variables, onInsert }: VariablePaletteProps) {
  const { t } = useTranslation()
  return (
    <section>
      <h3 className="text-xs font-medium text-ink-2">{t('template.variables')}</h3>
      <p className="mt-0.5 text-xs text-ink-3">{t('template.variablesNote')}</p>
      <ul className="mt-2 grid gap-x-4 gap-y-0.5 2xl:grid-cols-2">
        {variables.map(({ name, meaning }) => (
          <li key={name}>
            <button
              type="button"
              // The cursor stays in the text.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onInsert(name)}
              className="-mx-1.5 grid w-full grid-cols-[104px_minmax(0,1fr)] items-baseline gap-2 rounded-md px-1.5 py-1 text-start hover:bg-hover pointer-coarse:min-h-11"
            >
              <code className="justify-self-start rounded-sm bg-selected px-1 font-mono text-xs text-accent-text">
                {name}
              </code>
              <span className="text-xs text-ink-2">{meaning}</span>
            </button>
          </li>
        ))}
      </ul>
      <details className="mt-3 text-xs text-ink-2">
        <summary className="font-medium">{t('template.language')}</summary>
        <ul className="mt-2 flex list-disc flex-col gap-1.5 ps-4">
          <li>
            <code className="font-mono">{'{{company}}'}</code> {t('template.help.plain')}
          </li>
          <li>
            <code className="font-mono">{'{{company|your team}}'}</code>{' '}
            {t('template.help.default')}
          </li>
          <li>{t('template.help.missing')}</li>
          <li>{t('template.help.nothing')}</li>
        </ul>
      </details>
    </section>
  )
}

import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Panel } from '@/components/layout/panel'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import { Segmented } from '@/components/ui/segmented'
import { localeChoices, zoneChoices } from '@/features/settings/choices'
import { useSavePreferences } from '@/features/settings/workspace-queries'
import type { Preferences } from '@/hooks/preferences'
import { useDensity } from '@/hooks/use-density'
import { useNow } from '@/hooks/use-now'
import { useTheme } from '@/hooks/use-theme'
import { formatExact, formatMoney } from '@/utils/format'

const THEMES = ['system', 'light', 'dark'] as const
const DENSITIES = ['comfortable', 'compact'] as const
const ZONES = zoneChoices()
const LOCALES = localeChoices()

/** How the app looks and writes for the signed-in person, on every device. */
export function PreferencesPanel({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation()
  const save = useSavePreferences()
  const [theme, setTheme] = useTheme()
  const [density, setDensity] = useDensity()
  const now = useNow()
  // Shown at once; a refusal says so and the server's choice comes back.
  const shown = { ...preferences, ...(save.isPending ? save.variables : {}) }
  return (
    <Panel title={t('settings.prefs.title')} note={t('settings.prefs.note')}>
      <div className="flex flex-col gap-4">
        {save.error && <ErrorState problem={toProblem(save.error)} />}
        <Line label={t('settings.prefs.theme')}>
          <Segmented
            label={t('settings.prefs.theme')}
            value={theme}
            onChange={(next) => {
              setTheme(next)
              save.mutate({ theme: next })
            }}
            options={THEMES.map((value) => ({ value, label: t(`settings.prefs.themes.${value}`) }))}
          />
        </Line>
        <Line label={t('settings.prefs.density')}>
          <Segmented
            label={t('settings.prefs.density')}
            value={density}
            onChange={(next) => {
              setDensity(next)
              save.mutate({ density: next })
            }}
            options={DENSITIES.map((value) => ({
              value,
              label: t(`settings.prefs.densities.${value}`),
            }))}
          />
        </Line>
        <Field label={t('settings.prefs.timezone')} className="max-w-80">
          {(control) => (
            <Combobox
              {...control}
              clearable
              label={t('settings.prefs.timezone')}
              placeholder={t('settings.prefs.browser')}
              value={shown.timezone || null}
              display={shown.timezone}
              onChange={(next) => save.mutate({ timezone: next ?? '' })}
              options={ZONES}
            />
          )}
        </Field>
        <Field
          label={t('settings.prefs.locale')}
          hint={t('settings.prefs.sample', {
            time: formatExact(new Date(now).toISOString()),
            money: formatMoney(1_234_500_000),
          })}
          className="max-w-80"
        >
          {(control) => (
            <Combobox
              {...control}
              clearable
              label={t('settings.prefs.locale')}
              placeholder={t('settings.prefs.browser')}
              value={shown.locale || null}
              display={shown.locale}
              onChange={(next) => save.mutate({ locale: next ?? '' })}
              options={LOCALES}
            />
          )}
        </Field>
      </div>
    </Panel>
  )
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-1">
      <span aria-hidden className="text-xs font-medium text-ink-2">
        {label}
      </span>
      {children}
    </div>
  )
}

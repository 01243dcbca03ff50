import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/feedback/error-state'
import { toProblem } from '@/api/problem'
import { Loaded } from '@/features/settings/components/query-panel'
import { aiQuery, useSaveAi } from '@/features/settings/queries'
import { modelsQuery } from '@/features/settings/workspace-queries'
import { useCan } from '@/hooks/use-can'
import { formatDay, formatMoney } from '@/utils/format'

/** The models that the provider offers, with their list prices where they are known. */
export function ModelsPanel() {
  const { t } = useTranslation()
  const can = useCan()
  const ai = useQuery(aiQuery)
  const configured = ai.data?.configured ?? false
  // The provider is asked when somebody wants to see, not each time the page opens.
  const models = useQuery({ ...modelsQuery, enabled: false })
  const save = useSaveAi()
  if (!configured || !can('settings.ai_models')) return null
  const price = (value: number | null, currency: string) =>
    value === null ? '–' : formatMoney(value * 1_000_000, currency)
  return (
    <Panel
      title={t('settings.models.title')}
      note={models.data && t('settings.models.asOf', { day: formatDay(models.data.prices_as_of) })}
      actions={
        models.data && (
          <Button size="sm" busy={models.isFetching} onClick={() => void models.refetch()}>
            {t('settings.models.again')}
          </Button>
        )
      }
      flush
    >
      {!models.data && !models.error && (
        <div className="flex flex-wrap items-center gap-3 p-4">
          <Button busy={models.isFetching} onClick={() => void models.refetch()}>
            {t('settings.models.load')}
          </Button>
          <p className="min-w-0 flex-1 basis-48 text-sm text-ink-2">
            {t('settings.models.loadNote')}
          </p>
        </div>
      )}
      {save.error && <ErrorState problem={toProblem(save.error)} className="m-4" />}
      {(models.data || models.error) && (
        <Loaded query={models}>
          {({ items, currency }) =>
            items.length === 0 ? (
              <p className="p-4 text-sm text-ink-2">{t('settings.models.none')}</p>
            ) : (
              <ul
                className="max-h-96 overflow-y-auto"
                tabIndex={0}
                aria-label={t('settings.models.title')}
              >
                {items.map((model) => (
                  <li
                    key={model.id}
                    className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line px-4 py-2 text-sm not-first:border-t"
                  >
                    <span className="min-w-0 flex-1 basis-40 font-mono text-xs break-all">
                      {model.id}
                    </span>
                    <span className="num text-xs text-ink-2">
                      {model.priced
                        ? t('settings.models.price', {
                            in: price(model.price_in, currency),
                            out: price(model.price_out, currency),
                          })
                        : t('settings.models.unpriced')}
                    </span>
                    {model.id === ai.data?.model ? (
                      <Badge tone="accent">{t('settings.models.used')}</Badge>
                    ) : (
                      can('settings.ai_update') && (
                        <Button
                          size="sm"
                          disabled={save.isPending}
                          onClick={() =>
                            save.mutate({
                              model: model.id,
                              ...(model.priced
                                ? { price_in: model.price_in ?? 0, price_out: model.price_out ?? 0 }
                                : {}),
                            })
                          }
                        >
                          {t('settings.models.use')}
                        </Button>
                      )
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
    </Panel>
  )
}

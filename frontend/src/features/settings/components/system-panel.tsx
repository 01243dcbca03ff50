import { useQuery } from '@tanstack/react-query'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { Panel } from '@/components/layout/panel'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Loaded } from '@/features/settings/components/query-panel'
import { asText, facts } from '@/features/settings/system-text'
import { systemQuery } from '@/features/settings/workspace-queries'

const TONES = { ok: 'good', note: 'warn', fault: 'bad' } as const

/** What runs here and whether it is well: what `winnow doctor` says, to read and to pass on. */
export function SystemPanel() {
  const { t } = useTranslation()
  const system = useQuery(systemQuery)
  return (
    <>
      <Panel
        title={t('settings.system.title')}
        actions={system.data && <CopyText text={asText(system.data)} />}
        flush
      >
        <Loaded query={system}>
          {(data) => (
            <dl className="grid gap-x-6 gap-y-3 p-4 sm:grid-cols-2">
              {facts(data).map(([name, value]) => (
                <div key={name} className="min-w-0">
                  <dt className="text-xs text-ink-3">{t(`settings.system.${name}`)}</dt>
                  <dd className="num text-sm break-words">{value}</dd>
                </div>
              ))}
            </dl>
          )}
        </Loaded>
      </Panel>
      <Panel
        title={t('settings.system.checks')}
        actions={
          <Button size="sm" busy={system.isFetching} onClick={() => void system.refetch()}>
            {t('settings.system.again')}
          </Button>
        }
        flush
      >
        <Loaded query={system}>
          {({ checks }) => (
            <ul>
              {checks.map((check) => (
                <li
                  key={check.name}
                  className="flex flex-wrap items-start gap-x-3 gap-y-1 border-line px-4 py-2.5 text-sm not-first:border-t"
                >
                  <span className="w-16 shrink-0">
                    <Badge tone={TONES[check.state]}>{t(`settings.system.${check.state}`)}</Badge>
                  </span>
                  <div className="min-w-0 flex-1 basis-48 break-words">
                    <p className="font-medium first-letter:uppercase">{check.name}</p>
                    {check.detail && <p className="text-ink-2">{check.detail}</p>}
                    {check.remedy && <p>{check.remedy}</p>}
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Panel>
    </>
  )
}

function CopyText({ text }: { text: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  return (
    <Button
      size="sm"
      icon={copied ? <Check /> : <Copy />}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {copied ? t('common.copied') : t('common.copy')}
    </Button>
  )
}

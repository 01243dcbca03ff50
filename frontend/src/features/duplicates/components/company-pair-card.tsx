import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import {
  type FirmPair,
  type FirmVerdict,
  useJudgeFirms,
} from '@/features/duplicates/company-queries'
import { ScoreBadge } from '@/features/duplicates/components/score-words'
import { fieldName } from '@/features/duplicates/field-words'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'
import { formatNumber } from '@/utils/format'

/** Two companies that may be one: which stays, what speaks for it and against it, and the verdict. */
export function CompanyPairCard({ pair }: { pair: FirmPair }) {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const judge = useJudgeFirms()
  const [stays, setStays] = useState(pair.suggested)
  const decides = can('companies.judge') && pair.state !== 'merged'
  const say = once((verdict: FirmVerdict) =>
    // The fault is shown below.
    judge
      .mutateAsync({ pair, verdict, survivor: verdict === 'merge' ? stays : undefined })
      .catch(() => undefined),
  )
  const speaks = (sign: 1 | -1) =>
    pair.weights
      .filter(({ bits }) => bits * sign > 0.05)
      .map(
        ({ field, agreement }) =>
          `${firmField(field, (name) => fieldName(t, name), t('company.name'))} ${t(`duplicate.agreement.${agreement}`)}`,
      )
      .join(', ')
  const reasons = { for: speaks(1), against: speaks(-1) }
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-3 text-sm">
      <div className="flex items-center gap-2">
        <ScoreBadge pair={pair} />
        {pair.held && <span className="text-xs text-ink-2">{t('company.held')}</span>}
      </div>
      <div className="grid gap-2 sm:grid-cols-2">
        {[pair.a, pair.b].map((firm) => (
          <label
            key={firm.id}
            className="flex items-start gap-2 rounded-md border border-line p-2.5 has-checked:border-accent"
          >
            {decides && pair.state !== 'different' && (
              <input
                type="radio"
                name={pair.id}
                checked={stays === firm.id}
                onChange={() => setStays(firm.id)}
                aria-label={t('company.stays', { name: firm.name })}
                className="mt-0.5 accent-accent"
              />
            )}
            <span className="min-w-0">
              <bdi className="block font-medium break-words">{firm.name}</bdi>
              <span className="num block break-words text-xs text-ink-2">
                {[firm.domain, firm.country, firm.industry].filter(Boolean).join(' · ')}
              </span>
              <Link
                to={`/leads?filter=${encodeURIComponent(`company_id = ${firm.id}`)}`}
                className="num text-xs text-accent-text hover:underline"
              >
                {t('company.leads', { count: firm.leads, n: formatNumber(firm.leads) })}
              </Link>
            </span>
          </label>
        ))}
      </div>
      {reasons.for && <p className="text-ink-2">{t('company.for', { what: reasons.for })}</p>}
      {reasons.against && (
        <p className="text-ink-2">{t('company.against', { what: reasons.against })}</p>
      )}
      {decides && (
        <div className="flex flex-wrap gap-2">
          {pair.state === 'different' ? (
            <Button size="sm" busy={judge.isPending} onClick={() => say('open')}>
              {t('duplicate.reopen')}
            </Button>
          ) : (
            <>
              <Button
                size="sm"
                variant="primary"
                busy={judge.isPending}
                onClick={() => say('merge')}
              >
                {t('duplicate.merge')}
              </Button>
              <Button size="sm" disabled={judge.isPending} onClick={() => say('different')}>
                {t('duplicate.different')}
              </Button>
              {pair.state === 'open' && (
                <Button size="sm" disabled={judge.isPending} onClick={() => say('skip')}>
                  {t('duplicate.skip')}
                </Button>
              )}
            </>
          )}
        </div>
      )}
      {judge.error && <ErrorState problem={toProblem(judge.error)} />}
    </li>
  )
}

/** A company's name is called otherwise than a person's. */
function firmField(field: string, say: (field: string) => string, name: string): string {
  return field === 'name' ? name : say(field)
}

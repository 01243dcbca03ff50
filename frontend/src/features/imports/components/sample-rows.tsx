import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { ImportSample } from '@/api/contract'
import type { Fate } from '@/features/imports/fate'
import { fieldName } from '@/features/imports/fields'
import { formatNumber } from '@/utils/format'

interface SampleRowsProps {
  fate: Fate
  total: number
  samples: ImportSample[]
}

/** The first rows of one class; a changed one shows what it adds and what stays as stored. */
export function SampleRows({ fate, total, samples }: SampleRowsProps) {
  const { t } = useTranslation()
  if (samples.length === 0) return null
  return (
    <div className="mt-3 rounded-md border border-line">
      <ol aria-label={t(`import.class.${fate}`)} tabIndex={0} className="max-h-80 overflow-y-auto">
        {samples.map((each) => (
          <SampleRow key={each.row} sample={each} />
        ))}
      </ol>
      {total > samples.length && (
        <p className="num border-t border-line px-3 py-1.5 text-xs text-ink-2">
          {t('import.firstOf', { n: formatNumber(samples.length), total: formatNumber(total) })}
        </p>
      )}
    </div>
  )
}

function SampleRow({ sample }: { sample: ImportSample }) {
  const { t } = useTranslation()
  const who = [sample.name, sample.company, sample.email].filter(Boolean).join(' · ')
  return (
    <li className="border-line px-3 py-2 text-sm not-last:border-b">
      <div className="flex items-baseline gap-3">
        <span className="num w-16 shrink-0 text-xs text-ink-3">
          {t('import.rowNumber', { n: formatNumber(sample.row) })}
        </span>
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {who || '–'}
        </span>
        {sample.lead_id && (
          <Link
            to={`/leads/${sample.lead_id}`}
            className="shrink-0 text-accent-text hover:underline"
          >
            {t('import.openLead')}
          </Link>
        )}
      </div>
      {sample.reason && (
        <p className="ps-[76px] text-xs break-words text-ink-2">
          {sample.column && <span className="font-medium">{sample.column}: </span>}
          {sample.reason}
        </p>
      )}
      {sample.changes.length > 0 && (
        <dl className="mt-1 grid gap-y-0.5 ps-[76px] text-xs">
          {sample.changes.map((change) => (
            <div key={change.field} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              <dt className="w-24 shrink-0 truncate text-ink-3">{fieldName(change.field)}</dt>
              <dd dir="auto" className="min-w-0 break-words">
                {change.taken ? (
                  <>
                    {change.stored && <del className="text-ink-3">{change.stored}</del>}{' '}
                    {change.given && (
                      <ins className="rounded-sm bg-good-soft px-1 no-underline">
                        + {change.given}
                      </ins>
                    )}
                  </>
                ) : (
                  <>
                    <span>{change.stored || '–'}</span>{' '}
                    <span className="text-ink-3">
                      {t('import.keptOver', { given: change.given })}
                    </span>
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}

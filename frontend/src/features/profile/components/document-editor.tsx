import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { ProfileError, ProfileKind } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { YamlEditor } from '@/components/editor/yaml-editor'
import { ErrorState } from '@/components/feedback/error-state'
import { Badge } from '@/components/ui/badge'
import { Segmented } from '@/components/ui/segmented'
import { SkeletonLines } from '@/components/ui/skeleton'
import { FaultList } from '@/features/profile/components/fault-list'
import { faultsByPath } from '@/features/profile/form/faults'
import { validateQuery } from '@/features/profile/queries'
import { useDebounced } from '@/hooks/use-debounced'
import { useMedia } from '@/hooks/use-media'
import { useStored } from '@/hooks/use-stored'

// The form reads and writes YAML; the reader is half of the page's weight, so it comes after the frame.
const ProfileForm = lazy(async () => ({
  default: (await import('@/features/profile/form/profile-form')).ProfileForm,
}))

interface DocumentEditorProps {
  kind: ProfileKind
  text: string
  onChange: (text: string) => void
  readOnly: boolean
  note: string
}

const NO_ERRORS: readonly ProfileError[] = []

type View = 'form' | 'both' | 'yaml'

/** One document as a form, as YAML or both at once; both change the same text. */
export function DocumentEditor({ kind, text, onChange, readOnly, note }: DocumentEditorProps) {
  const { t } = useTranslation()
  const wide = useMedia('(min-width: 1024px)')
  const [stored, setView] = useStored<View>('winnow.profile.view', 'both')
  const view = stored === 'both' && !wide ? 'form' : stored
  const [goTo, setGoTo] = useState<{ line: number; column: number } | null>(null)
  const settled = useDebounced(text, 350)
  const check = useQuery(validateQuery(kind, settled))
  const errors = check.data?.errors ?? NO_ERRORS
  const faults = useMemo(
    () => errors.map((each) => ({ ...each, message: `${each.message} ${each.hint}`.trim() })),
    [errors],
  )
  const atFields = useMemo(() => faultsByPath(errors), [errors])
  const views: View[] = wide ? ['form', 'both', 'yaml'] : ['form', 'yaml']
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 basis-48 text-sm text-ink-2">{note}</p>
        <span role="status">
          {check.isFetching || settled !== text ? (
            <Badge>{t('profile.checking')}</Badge>
          ) : errors.length > 0 ? (
            <Badge tone="bad">{t('profile.errors', { count: errors.length })}</Badge>
          ) : check.data ? (
            <Badge tone="good">{t('profile.noErrors')}</Badge>
          ) : null}
        </span>
        <Segmented
          label={t('profile.view')}
          value={view}
          onChange={setView}
          options={views.map((value) => ({ value, label: t(`profile.${value}`) }))}
        />
      </div>
      {check.error && <ErrorState problem={toProblem(check.error)} />}
      <FaultList
        errors={errors}
        onGo={(error) => {
          if (view === 'form') setView(wide ? 'both' : 'yaml')
          setGoTo({ line: error.line, column: error.column })
        }}
      />
      <div
        className="grid min-h-0 flex-1 grid-cols-1 gap-4 data-[view=both]:grid-cols-2 max-sm:data-[view=form]:flex-none 2xl:data-[view=both]:grid-cols-[minmax(0,680px)_minmax(0,1fr)]"
        data-view={view}
      >
        {view !== 'yaml' && (
          <div className="min-h-0 min-w-0 pb-4 sm:overflow-y-auto sm:pe-2" tabIndex={-1}>
            <div className="max-w-2xl">
              <Suspense fallback={<SkeletonLines lines={8} />}>
                <ProfileForm {...{ kind, text, onChange, readOnly }} faults={atFields} />
              </Suspense>
            </div>
          </div>
        )}
        {view !== 'form' && (
          <div className="flex min-h-72 min-w-0 flex-col">
            <YamlEditor
              label={t('profile.editor', { name: t(`profile.${kind}`) })}
              value={text}
              onChange={onChange}
              faults={faults}
              goTo={goTo}
              readOnly={readOnly}
            />
          </div>
        )}
      </div>
    </>
  )
}

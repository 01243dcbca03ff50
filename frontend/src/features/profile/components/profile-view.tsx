import { useQuery } from '@tanstack/react-query'
import { Files, FlaskConical, History } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Profile, ProfileKind } from '@/api/contract'
import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { toast } from '@/components/feedback/toast'
import { PageHeader } from '@/components/layout/page'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Skeleton } from '@/components/ui/skeleton'
import { TabPanel, Tabs } from '@/components/ui/tabs'
import { DocumentEditor } from '@/features/profile/components/document-editor'
import {
  type Documents,
  KINDS,
  profileQuery,
  useRestoreProfile,
  useSaveProfile,
} from '@/features/profile/queries'
import { isExample } from '@/features/profile/wizard/example'
import { useCan } from '@/hooks/use-can'
import { useOnce } from '@/hooks/use-once'

// What few open is fetched when it is opened.
const TemplatesDialog = lazy(async () => ({
  default: (await import('@/features/profile/components/templates-dialog')).TemplatesDialog,
}))
const TestSheet = lazy(async () => ({
  default: (await import('@/features/profile/components/test-sheet')).TestSheet,
}))
const VersionsDialog = lazy(async () => ({
  default: (await import('@/features/profile/components/versions-dialog')).VersionsDialog,
}))

/** What we sell, to whom, and which pains count: three documents with one version. */
export function ProfileView() {
  const { t } = useTranslation()
  const profile = useQuery(profileQuery)
  if (profile.error && !profile.data) {
    return (
      <>
        <PageHeader title={t('profile.title')} help="profile" />
        <ErrorState
          problem={toProblem(profile.error)}
          onRetry={() => void profile.refetch()}
          className="m-4 sm:m-6"
        />
      </>
    )
  }
  if (!profile.data) {
    return (
      <>
        <PageHeader title={t('profile.title')} help="profile" />
        <Skeleton className="m-4 h-96 sm:m-6" />
      </>
    )
  }
  return <Editor profile={profile.data} reload={() => void profile.refetch()} />
}

type Extra = 'templates' | 'versions' | 'test'

const NOTES = {
  company: 'profile.companyNote',
  audience: 'profile.audienceNote',
  pain_points: 'profile.painsNote',
} as const

interface EditorProps {
  profile: Profile
  reload: () => void
}

function Editor({ profile, reload }: EditorProps) {
  const { t } = useTranslation()
  const can = useCan()
  const once = useOnce()
  const mayEdit = can('profile.update')
  const save = useSaveProfile()
  const restore = useRestoreProfile()
  const [kind, setKind] = useState<ProfileKind>('company')
  // What somebody typed, until it is saved; it belongs to the version it started from.
  const [edits, setEdits] = useState<{ version: number; texts: Partial<Documents> }>({
    version: profile.version,
    texts: {},
  })
  const [dialog, setDialog] = useState<Extra | null>(null)
  // Once fetched a dialog stays, so that closing it gives the focus back.
  const [seen, setSeen] = useState<readonly Extra[]>([])
  const show = (next: Extra) => {
    setSeen([...seen, next])
    setDialog(next)
  }
  const close = () => setDialog(null)
  const dirty = Object.keys(edits.texts).length > 0
  const base = dirty ? edits.version : profile.version
  const textOf = (each: ProfileKind) => edits.texts[each] ?? profile.documents[each]?.yaml ?? ''
  const problem = save.error ? toProblem(save.error) : null
  const stale = problem?.status === 412

  const change = (text: string) => {
    const texts = { ...edits.texts, [kind]: text }
    if (text === profile.documents[kind]?.yaml) delete texts[kind]
    setEdits({ version: base, texts })
  }
  const forget = () => {
    setEdits({ version: profile.version, texts: {} })
    save.reset()
  }
  const submit = async () => {
    const before = profile.version
    const documents = Object.fromEntries(KINDS.map((each) => [each, textOf(each)]))
    try {
      await save.mutateAsync({ documents, version: base })
    } catch {
      return // Shown in place by save.error.
    }
    forget()
    toast({ title: t('profile.saved', { n: before + 1 }), undo: () => restore.mutate(before) })
  }

  return (
    <>
      <PageHeader
        title={t('profile.title')}
        help="profile"
        note={t('profile.version', { n: profile.version })}
        actions={
          <>
            {can('profile.preview') && (
              <Button icon={<FlaskConical />} iconOnPhone onClick={() => show('test')}>
                {t('profile.test')}
              </Button>
            )}
            <Button icon={<History />} iconOnPhone onClick={() => show('versions')}>
              {t('profile.versions')}
            </Button>
            {can('profile.apply') && (
              <Button icon={<Files />} iconOnPhone onClick={() => show('templates')}>
                {t('profile.templates')}
              </Button>
            )}
            {mayEdit && (
              <Button
                variant="primary"
                disabled={!dirty}
                busy={save.isPending}
                onClick={once(submit)}
              >
                {t('profile.save')}
              </Button>
            )}
          </>
        }
      />
      <Tabs
        label={t('profile.title')}
        value={kind}
        onChange={setKind}
        tabs={KINDS.map((each) => ({
          value: each,
          label: (
            <>
              {t(`profile.${each}`)}
              {edits.texts[each] !== undefined && (
                <span aria-label={t('message.unsaved')} className="size-1.5 rounded-full bg-warn" />
              )}
            </>
          ),
        }))}
      >
        <TabPanel
          value={kind}
          className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-4 py-4 outline-none sm:px-6"
        >
          {mayEdit && isExample(profile) && (
            <Callout
              title={t('profile.example')}
              action={<ButtonLink to="/profile/wizard">{t('profile.wizard')}</ButtonLink>}
            >
              {t('profile.exampleBody')}
            </Callout>
          )}
          {problem && <ErrorState problem={stale ? { message: t('profile.stale') } : problem} />}
          {stale && (
            <Button
              className="self-start"
              onClick={() => {
                forget()
                reload()
              }}
            >
              {t('profile.load')}
            </Button>
          )}
          <DocumentEditor
            key={kind}
            kind={kind}
            text={textOf(kind)}
            onChange={change}
            readOnly={!mayEdit}
            note={mayEdit ? t(NOTES[kind]) : t('profile.readOnly')}
          />
        </TabPanel>
      </Tabs>
      <Suspense>
        {seen.includes('templates') && (
          <TemplatesDialog open={dialog === 'templates'} onClose={close} onApplied={forget} />
        )}
        {seen.includes('versions') && (
          <VersionsDialog
            open={dialog === 'versions'}
            onClose={close}
            current={profile}
            onRestored={forget}
          />
        )}
        {seen.includes('test') && (
          <TestSheet open={dialog === 'test'} onClose={close} texts={edits.texts} />
        )}
      </Suspense>
    </>
  )
}

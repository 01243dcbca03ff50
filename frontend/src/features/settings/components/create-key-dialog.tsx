import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { toProblem } from '@/api/problem'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { CopyLine } from '@/components/ui/copy-line'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { useCreateKey } from '@/features/settings/queries'
import { useOnce } from '@/hooks/use-once'

const SCOPES = [
  'leads:read',
  'leads:write',
  'imports:write',
  'batches:run',
  'messages:write',
  'profile:write',
  'admin',
] as const

interface CreateKeyDialogProps {
  open: boolean
  onClose: () => void
}

/** Makes a key and shows it this once. */
export function CreateKeyDialog({ open, onClose }: CreateKeyDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('settings.keys.create')}
      closeLabel={t('common.close')}
    >
      {open && <KeyForm onClose={onClose} />}
    </Dialog>
  )
}

function KeyForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const create = useCreateKey()
  const once = useOnce()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>(['leads:read'])
  const [tried, setTried] = useState(false)
  if (create.data) {
    return (
      <div className="flex flex-col gap-4">
        <p role="status" className="text-sm">
          {t('settings.keys.shown')}
        </p>
        <CopyLine label={t('settings.keys.key')} value={create.data.key} />
        <Button variant="primary" className="self-end" onClick={onClose}>
          {t('settings.keys.done')}
        </Button>
      </div>
    )
  }
  const submit = once(() =>
    create.mutateAsync({ name: name.trim(), scopes }).catch(() => undefined),
  )
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (name.trim() && scopes.length > 0) submit()
      }}
    >
      {create.error && <ErrorState problem={toProblem(create.error)} />}
      <Field
        label={t('settings.keys.name')}
        hint={t('settings.keys.nameHint')}
        error={tried && !name.trim() ? t('settings.keys.nameFault') : undefined}
      >
        {(control) => (
          <input
            {...control}
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="control"
          />
        )}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-xs font-medium text-ink-2">{t('settings.keys.scopes')}</legend>
        {SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            showLabel
            label={t(`settings.scope.${scope}`)}
            checked={scopes.includes(scope)}
            onCheckedChange={(on) =>
              setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope))
            }
          />
        ))}
        {tried && scopes.length === 0 && (
          <p className="text-xs text-bad">{t('settings.keys.scopesFault')}</p>
        )}
      </fieldset>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          {t('settings.keys.create')}
        </Button>
      </div>
    </form>
  )
}

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Lead, Provenance } from '@/api/contract'
import { toast } from '@/components/feedback/toast'
import { Button, IconButton } from '@/components/ui/button'
import { InlineEdit } from '@/components/ui/inline-edit'
import { FactRow } from '@/features/leads/one/fact'
import { OriginCard } from '@/features/leads/one/origin-card'
import type { LeadEdit } from '@/features/leads/one/use-lead-edit'

interface CustomFieldsProps {
  lead: Lead
  edit: LeadEdit
  editable: boolean
  from: ReadonlyMap<string, Provenance>
  nameOf: (userId: string | null) => string
}

/** What files brought beyond the known fields, and what people add. */
export function CustomFields({ lead, edit, editable, from, nameOf }: CustomFieldsProps) {
  const { t } = useTranslation()
  const custom = Object.entries(lead.custom ?? {})
  if (custom.length === 0 && !editable) return null
  const put = (name: string, value: string | null) => edit.save({ custom: { [name]: value } }, name)
  const drop = (name: string) =>
    void put(name, null).catch((error: Error) => toast({ tone: 'bad', title: error.message }))
  return (
    <section className="mt-3 border-t border-line pt-3">
      <h3 className="text-xs font-medium text-ink-2">{t('lead.custom')}</h3>
      <dl className="mt-1 flex flex-col gap-0.5">
        {custom.map(([name, value]) => {
          const origin = from.get(`custom.${name}`) ?? from.get(name)
          const text = typeof value === 'string' ? value : JSON.stringify(value)
          return (
            <FactRow
              key={name}
              label={
                origin ? (
                  <OriginCard label={name} from={origin} nameOf={nameOf} />
                ) : (
                  <bdi className="break-words">{name}</bdi>
                )
              }
            >
              <div className="flex items-start gap-2">
                <span className="min-w-0 flex-1">
                  <InlineEdit
                    label={name}
                    value={text}
                    disabled={!editable}
                    onSave={(next) => put(name, next || null)}
                  >
                    {text && (
                      <bdi className="line-clamp-4 break-words [overflow-wrap:anywhere]">
                        {text}
                      </bdi>
                    )}
                  </InlineEdit>
                </span>
                {editable && (
                  <IconButton label={t('lead.removeCustom', { name })} onClick={() => drop(name)}>
                    <X />
                  </IconButton>
                )}
              </div>
            </FactRow>
          )
        })}
      </dl>
      {editable && <AddCustom taken={custom.map(([name]) => name)} onAdd={put} />}
    </section>
  )
}

interface AddCustomProps {
  taken: readonly string[]
  onAdd: (name: string, value: string) => Promise<void>
}

function AddCustom({ taken, onAdd }: AddCustomProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const close = () => {
    setOpen(false)
    setName('')
    setValue('')
    setFault('')
  }
  const add = async () => {
    if (busy) return
    if (!name.trim() || !value.trim()) return setFault(t('lead.customBoth'))
    if (taken.includes(name.trim())) return setFault(t('lead.customTaken'))
    setBusy(true)
    try {
      await onAdd(name.trim(), value.trim())
      close()
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  if (!open) {
    return (
      <Button
        size="sm"
        variant="ghost"
        icon={<Plus />}
        className="mt-1 -ms-2"
        onClick={() => setOpen(true)}
      >
        {t('lead.addCustom')}
      </Button>
    )
  }
  return (
    <form
      className="mt-2 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <input
        autoFocus
        dir="auto"
        value={name}
        maxLength={100}
        aria-label={t('lead.customName')}
        placeholder={t('lead.customName')}
        onChange={(event) => setName(event.target.value)}
        className="control"
      />
      <input
        dir="auto"
        value={value}
        aria-label={t('lead.customValue')}
        placeholder={t('lead.customValue')}
        onChange={(event) => setValue(event.target.value)}
        className="control"
      />
      {fault && (
        <p role="alert" className="text-xs text-bad">
          {fault}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button size="sm" type="submit" variant="primary" busy={busy}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}

import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { Button } from '@/components/ui/button'
import { faultOf } from '@/features/profile/form/faults'
import { FaultLine, type FieldsProps, FormFields } from '@/features/profile/form/form-fields'
import { freshItem } from '@/features/profile/form/shapes'
import { valueAt } from '@/features/profile/yaml/plain'

interface ItemListProps extends FieldsProps {
  label: string
  hint: string
}

/** Items with fields of their own, each folded to its name until it is opened. */
export function ItemList(props: ItemListProps) {
  const { label, hint, fields, values, path, set, readOnly, faults } = props
  const { t } = useTranslation()
  const found = valueAt(values, path)
  const items: unknown[] = Array.isArray(found) ? found : []
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">{label}</h3>
      <p className="text-xs text-ink-2">{hint}</p>
      <FaultLine>{faults[path.join('/')]}</FaultLine>
      {items.map((item, i) => {
        const given = valueAt(item, ['name'])
        const name = typeof given === 'string' && given ? given : t('profile.unnamed', { n: i + 1 })
        return (
          <details key={i} className="rounded-md border border-line">
            <summary className="cursor-pointer px-3 py-2 text-sm font-medium break-words hover:bg-hover pointer-coarse:py-3">
              {name}
              {faultOf(faults, [...path, i]) && (
                <span className="ms-2 text-xs font-normal text-bad">{t('profile.itemFault')}</span>
              )}
            </summary>
            <div className="flex flex-col gap-3 border-t border-line p-3">
              <FormFields {...{ fields, values, path: [...path, i], set, readOnly, faults }} />
              {!readOnly && (
                <Button
                  size="sm"
                  icon={<Trash2 />}
                  className="self-start"
                  onClick={() => set([...path, i], undefined)}
                >
                  {t('profile.removeItem', { name })}
                </Button>
              )}
            </div>
          </details>
        )
      })}
      {!readOnly && (
        <Button
          size="sm"
          icon={<Plus />}
          className="self-start"
          onClick={() => set([...path, items.length], freshItem(fields, items.length + 1))}
        >
          {t('profile.addItem')}
        </Button>
      )}
    </section>
  )
}

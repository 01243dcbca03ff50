import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { Chips } from '@/components/filter-builder/chips'
import type { ChoicesOf } from '@/components/filter-builder/choices'
import type { FilterWords } from '@/components/filter-builder/use-words'
import { LateTrigger } from '@/components/ui/late-trigger'
import { late, useLately } from '@/hooks/use-lately'

const editor = late(() => import('@/components/filter-builder/filter-popover'))

interface AddFilterProps {
  trigger: ReactElement
  /** Chosen already. */
  field?: string
  all: Chips
  words: FilterWords
  choicesOf: ChoicesOf
  onChange: (chips: Chips) => void
  onOpen?: (open: boolean) => void
}

/** Opens the choice of a field and, for it, of a comparison and values. */
export function AddFilter({ trigger, ...rest }: AddFilterProps) {
  const { t } = useTranslation()
  const [code, want] = useLately(editor)
  const [asked, setAsked] = useState(false)
  const ask = () => {
    setAsked(true)
    rest.onOpen?.(true)
  }
  if (!code) {
    return <LateTrigger trigger={trigger} popup="dialog" want={want} onAsked={ask} />
  }
  return <code.AddPopover trigger={trigger} label={t('filter.add')} defaultOpen={asked} {...rest} />
}

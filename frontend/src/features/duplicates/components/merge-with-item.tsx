import { Combine } from 'lucide-react'
import { useTranslation } from 'react-i18next'

import { MenuItem } from '@/components/ui/menu'

/** The entry of a lead's menu that merges it with another. */
export function MergeWithItem({ onSelect }: { onSelect: () => void }) {
  const { t } = useTranslation()
  return (
    <MenuItem icon={<Combine />} onSelect={onSelect}>
      {t('duplicate.mergeWith')}
    </MenuItem>
  )
}

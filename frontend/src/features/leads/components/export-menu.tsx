import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import type { LeadSelection } from '@/api/contract'
import { Button } from '@/components/ui/button'
import { Menu, MenuCheckItem, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu'
import type { ExportFormat } from '@/features/leads/export-request'
import { useColumnLayout } from '@/features/leads/use-column-layout'
import { useExport } from '@/features/leads/use-export'
import { useOnce } from '@/hooks/use-once'
import { formatTotal } from '@/utils/format'

interface ExportMenuProps {
  selection: LeadSelection
  sort?: string
  count: number
  capped?: boolean
  disabled?: boolean
  side?: 'top' | 'bottom'
}

const FORMATS: readonly ExportFormat[] = ['csv', 'xlsx', 'json']

/** Downloads leads as a file, with the columns that show or with every one. */
export function ExportMenu({ selection, sort, count, capped, disabled, side }: ExportMenuProps) {
  const { t } = useTranslation()
  const once = useOnce()
  const { columns } = useColumnLayout()
  const [every, setEvery] = useState(false)
  const save = useExport()
  const shown = columns.filter((each) => !each.hidden).map(({ id }) => id)
  const download = once((format: ExportFormat) =>
    // What fails is said by the query client.
    save
      .mutateAsync({ format, selection, sort, columns: every ? [] : shown })
      .catch(() => undefined),
  )
  return (
    <Menu
      side={side}
      trigger={
        <Button icon={<Download />} iconOnPhone busy={save.isPending} disabled={disabled}>
          {t('export.verb')}
        </Button>
      }
    >
      <MenuLabel>
        {t(every ? 'export.whole' : 'export.what', {
          count,
          n: formatTotal(count, capped ?? false),
        })}
      </MenuLabel>
      {FORMATS.map((format) => (
        <MenuItem key={format} onSelect={() => download(format)}>
          {t(`export.${format}`)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuCheckItem checked={every} onCheckedChange={setEvery}>
        {t('export.every')}
      </MenuCheckItem>
    </Menu>
  )
}

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

import { EmptyState } from '@/components/feedback/empty-state'
import { toast } from '@/components/feedback/toast'
import { Button } from '@/components/ui/button'
import { freshPain } from '@/features/profile/wizard/draft'
import { PainCard } from '@/features/profile/wizard/pain-card'
import type { AnswersProps } from '@/features/profile/wizard/question-step'
import { useFaultWords } from '@/features/profile/wizard/use-fault-words'
import { valueAt } from '@/features/profile/yaml/plain'
import { readYaml } from '@/features/profile/yaml/read'

/** The pains, each folded to its name until it is opened. */
export function PainsStep({ texts, set, errors }: AnswersProps) {
  const { t } = useTranslation()
  const faults = useFaultWords(texts, errors).pain_points
  const found = valueAt(readYaml(texts.pain_points).values, ['pain_points'])
  const pains: unknown[] = Array.isArray(found) ? found : []
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string, shown: boolean) => {
    const next = new Set(open)
    if (shown) next.add(id)
    else next.delete(id)
    setOpen(next)
  }
  const add = () => {
    const pain = freshPain(pains)
    set('pain_points', ['pain_points', pains.length], pain)
    toggle(String(pain.id), true)
  }
  const remove = (i: number, name: string) => {
    const before = pains
    set('pain_points', ['pain_points', i], undefined)
    toast({
      title: t('wizard.pain.removed', { name }),
      undo: () => set('pain_points', ['pain_points'], before),
    })
  }
  return (
    <div className="flex flex-col gap-2">
      {pains.length === 0 && (
        <EmptyState title={t('wizard.pain.none')} body={t('wizard.pain.noneBody')} />
      )}
      {faults.pain_points && <p className="text-xs text-bad">{faults.pain_points}</p>}
      {pains.map((pain, i) => {
        const given = valueAt(pain, ['id'])
        const id = typeof given === 'string' ? given : String(i)
        return (
          <PainCard
            key={id}
            pain={pain}
            at={['pain_points', i]}
            faults={faults}
            open={open.has(id)}
            onOpen={(shown) => toggle(id, shown)}
            onChange={(key, value) => set('pain_points', ['pain_points', i, key], value)}
            onRemove={(name) => remove(i, name)}
          />
        )
      })}
      <Button icon={<Plus />} className="mt-1 self-start" onClick={add}>
        {t('wizard.pain.add')}
      </Button>
    </div>
  )
}

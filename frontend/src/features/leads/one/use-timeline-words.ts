import { useTranslation } from 'react-i18next'

import type { LiveEvent } from '@/api/contract'
import { fieldLabel } from '@/features/leads/one/field-label'
import { wordOf } from '@/features/leads/one/word-of'

/** Says an event of a lead in a sentence that whoever sells understands. */
export function useTimelineWords(nameOf: (userId: string | null) => string) {
  const { t, i18n } = useTranslation()
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  return (event: LiveEvent): string => {
    const data = event.data ?? {}
    const who = event.actor_id ? nameOf(event.actor_id) : t('timeline.winnow')
    const fields = Array.isArray(data.fields)
      ? list.format(data.fields.map((field) => fieldLabel(t, wordOf(field)).toLowerCase()))
      : ''
    const words = {
      who,
      fields,
      grade: wordOf(data.grade),
      score: typeof data.score === 'number' ? Math.round(data.score) : '',
      by: t(`timeline.by_${wordOf(data.analyzer ?? data.writer) || 'rules'}` as never),
      row: wordOf(data.row),
      version: wordOf(data.version),
    }
    switch (event.type) {
      case 'lead.found':
        return data.restored
          ? t('timeline.foundAgain', words)
          : data.import_id
            ? t('timeline.foundRow', words)
            : t('timeline.found', words)
      case 'lead.updated':
        if (data.import_id)
          return fields ? t('timeline.updatedFile', words) : t('timeline.metAgain', words)
        return fields ? t('timeline.updated', words) : t('timeline.updatedSome', words)
      case 'lead.merged':
        return data.automatic ? t('timeline.mergedByItself', words) : t('timeline.lead_merged')
      case 'duplicate.judged':
        return t(`timeline.judged_${wordOf(data.state) || 'open'}` as never, words)
      case 'message.drafted':
        return data.writer === 'llm'
          ? t('timeline.draftedModel', words)
          : t('timeline.draftedTemplate', words)
      default: {
        const key = `timeline.${event.type.replaceAll('.', '_')}`
        return i18n.exists(key)
          ? t(key as never, words)
          : `${who}: ${event.type.replace(/[._]/g, ' ')}`
      }
    }
  }
}

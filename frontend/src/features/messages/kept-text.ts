import type { MessageText } from '@/features/messages/queries'

/** What somebody typed and the server has not got yet, with what it was typed over. */
export interface KeptText {
  text: MessageText
  base: MessageText & { version: number }
}

const key = (leadId: string) => `winnow.message.${leadId}`

/** Keeps a text in this tab, so that neither a reload nor an ended session loses it. */
export function keepText(leadId: string, kept: KeptText): void {
  try {
    sessionStorage.setItem(key(leadId), JSON.stringify(kept))
  } catch {
    // Without storage the text lives as long as the page does.
  }
}

export function forgetText(leadId: string): void {
  try {
    sessionStorage.removeItem(key(leadId))
  } catch {
    // Nothing was kept.
  }
}

export function keptText(leadId: string): KeptText | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(leadId)) ?? 'null') as KeptText | null
    return kept && isText(kept.text) && isText(kept.base) ? kept : null
  } catch {
    return null
  }
}

function isText(value: unknown): value is MessageText {
  const { subject, body } = (value ?? {}) as Partial<MessageText>
  return typeof subject === 'string' && typeof body === 'string'
}

/** Whether the server would store the same: it folds the subject and trims the body. */
export function sameText(a: MessageText, b: MessageText): boolean {
  return fold(a.subject) === fold(b.subject) && a.body.trim() === b.body.trim()
}

function fold(text: string): string {
  return text.split(/\s+/).filter(Boolean).join(' ')
}

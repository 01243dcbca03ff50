import type { BatchStatus } from '@/api/contract'
import type { Tone } from '@/components/ui/badge'

export const BATCH_TONE: Record<BatchStatus, Tone> = {
  queued: 'neutral',
  running: 'accent',
  paused: 'warn',
  canceled: 'neutral',
  finished: 'good',
}

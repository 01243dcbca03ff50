import { type FilterKind, wordsOf } from '@/components/filter-builder/fields'
import { GRADES, LEAD_STATUSES } from '@/types/grade'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const INT = /^[+-]?\d{1,10}$/
const AMOUNT = /^[+-]?(\d+\.?\d*|\.\d+)$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const RELATIVE = /^[+-]\d{1,5}[hdwmy]$/i
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Whether the API would take a value for a field of this kind. */
export function valueFits(kind: FilterKind, field: string, value: string): boolean {
  const word = value.toLowerCase()
  switch (kind) {
    case 'grade':
      return (GRADES as readonly string[]).includes(value.toUpperCase())
    case 'status':
      return (LEAD_STATUSES as readonly string[]).includes(word)
    case 'word':
      return wordsOf(field).includes(word)
    case 'int':
      return INT.test(value) && Math.abs(Number(value)) < 2 ** 31
    case 'money':
      return value.length <= 30 && AMOUNT.test(value)
    case 'of':
    case 'id':
      return ID.test(word) || (word === 'me' && (field === 'owner' || field === 'owner_id'))
    case 'time':
      return isTime(value)
    default:
      return true
  }
}

function isTime(value: string): boolean {
  if (['now', 'today', 'yesterday'].includes(value.toLowerCase())) return true
  if (RELATIVE.test(value)) return true
  if (!DAY.test(value) && !MOMENT.test(value)) return false
  const day = value.slice(0, 10)
  const read = new Date(`${day}T00:00:00Z`)
  // The 31st of February reads as a day of March.
  if (Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== day) return false
  return !Number.isNaN(Date.parse(value))
}

import { batchesHandlers } from '@/testing/handlers/batches'
import { duplicatesHandlers } from '@/testing/handlers/duplicates'
import { homeHandlers } from '@/testing/handlers/home'
import { importsHandlers } from '@/testing/handlers/imports'
import { leadHandlers } from '@/testing/handlers/lead'
import { leadsHandlers } from '@/testing/handlers/leads'
import { messagesHandlers } from '@/testing/handlers/messages'
import { profileHandlers } from '@/testing/handlers/profile'
import { qualificationHandlers } from '@/testing/handlers/qualification'
import { sessionHandlers } from '@/testing/handlers/session'
import { settingsHandlers } from '@/testing/handlers/settings'
import { viewHandlers } from '@/testing/handlers/views'

/** A pretend server for tests and for `npm run dev:mock`; it knows the contract's shapes, not its rules. */
export const handlers = [
  ...duplicatesHandlers,
  ...leadHandlers,
  ...sessionHandlers,
  ...homeHandlers,
  ...leadsHandlers,
  ...qualificationHandlers,
  ...messagesHandlers,
  ...batchesHandlers,
  ...importsHandlers,
  ...profileHandlers,
  ...settingsHandlers,
  ...viewHandlers,
]

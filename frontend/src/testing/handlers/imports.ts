import { HttpResponse } from 'msw'

import type {
  ImportsDryRunResponse,
  ImportsGetResponse,
  ImportsListResponse,
  ImportsRunResponse,
  LeadsImportResponse,
  SamplesLoadResponse,
} from '@/api/gen/types.gen'
import { IMPORT, LEADS } from '@/testing/fixtures'
import { mock, page } from '@/testing/handlers/answers'

const state = { imported: { ...IMPORT }, started: 0 }

/** Files: reading, checking and running them; sample leads. */
export const importsHandlers = [
  mock.get<ImportsListResponse>('/imports', () => HttpResponse.json(page([state.imported]))),
  mock.get<ImportsGetResponse>('/imports/:id', () => {
    if (state.imported.status === 'running' && Date.now() - state.started > 2500)
      state.imported.status = 'finished'
    return HttpResponse.json(state.imported)
  }),
  mock.post<LeadsImportResponse>('/leads/import', () =>
    HttpResponse.json({
      import: { ...IMPORT, status: 'previewed' },
      columns: [
        {
          header: 'First Name',
          samples: ['Dana', 'Oliver', 'Siobhán'],
          field: 'first_name',
          confidence: 1,
          reason: 'Known header',
        },
        {
          header: 'Associated Company',
          samples: ['Whitlock Metalworks', 'Stannage'],
          field: 'company',
          confidence: 0.9,
          reason: 'Known header',
        },
        {
          header: 'E-Mail 1',
          samples: ['dana@example.com'],
          field: 'email',
          confidence: 0.95,
          reason: 'Values are e-mail addresses',
        },
        {
          header: 'Notiz',
          samples: ['We shipped 9 wrong orders in September alone', ''],
          field: 'content',
          confidence: 0.55,
          reason: 'Long texts',
        },
        {
          header: 'Last seen',
          samples: ['03/04/2025'],
          field: null,
          confidence: 0,
          reason: 'No field fits',
        },
      ],
      rows: LEADS.slice(0, 12).map((l) => [l.name, l.company, l.email, l.content, '03/04/2025']),
      fields: [
        'first_name',
        'last_name',
        'name',
        'company',
        'title',
        'email',
        'phone',
        'content',
        'url',
        'location',
      ].map((name) => ({ name, label: name.replace('_', ' ') })),
    }),
  ),
  mock.post<ImportsDryRunResponse>('/imports/:id/dry-run', () =>
    HttpResponse.json({ import: { ...IMPORT } }),
  ),
  mock.post<ImportsRunResponse>('/imports/:id/run', () => {
    state.imported = { ...IMPORT, status: 'running' }
    state.started = Date.now()
    return HttpResponse.json({ import: state.imported }, { status: 202 })
  }),
  mock.post<SamplesLoadResponse>('/samples', () => HttpResponse.json({})),
]

import { HttpResponse } from 'msw'

import type {
  AuthLoginResponse,
  AuthLogoutResponse,
  AuthRefreshResponse,
  MeGetResponse,
  SetupCreateResponse,
  SetupGetResponse,
} from '@/api/gen/types.gen'
import { mock, problem } from '@/testing/handlers/answers'
import type { Operation } from '@/types/operation'

const ALL: Operation[] = [
  'leads.import',
  'leads.batch_analyze',
  'leads.bulk',
  'leads.update',
  'leads.analyze',
  'leads.claim',
  'leads.related',
  'analyses.correct',
  'analyses.uncorrect',
  'templates.create',
  'templates.update',
  'templates.delete',
  'templates.preview',
  'leads.restore',
  'samples.load',
  'messages.update',
  'messages.draft',
  'profile.update',
  'profile.apply',
  'profile.restore',
  'users.invite',
  'users.list',
  'users.update',
  'api_keys.create',
  'settings.update',
  'settings.ai_update',
  'settings.ai_test',
  'budgets.update',
  'batches.pause',
  'batches.cancel',
  'batches.resume',
  'batches.retry',
  'batches.retry_failure',
  'imports.run',
  'leads.delete',
]

const state = { signedIn: true, needed: false }

/** Setting up, signing in and out, and who one is. */
export const sessionHandlers = [
  mock.get<SetupGetResponse>('/setup', () => HttpResponse.json({ needed: state.needed })),
  mock.post<SetupCreateResponse>('/setup', () => {
    state.signedIn = true
    state.needed = false
    return HttpResponse.json({ user: {} }, { status: 201 })
  }),
  mock.post<AuthLoginResponse>('/auth/login', () => {
    state.signedIn = true
    return HttpResponse.json({ user: {} })
  }),
  mock.post<AuthLogoutResponse>('/auth/logout', () => {
    state.signedIn = false
    return new HttpResponse(null, { status: 204 })
  }),
  mock.post<AuthRefreshResponse>('/auth/refresh', () =>
    state.signedIn
      ? new HttpResponse(null, { status: 204 })
      : problem(401, 'unauthenticated', 'Sign in first.'),
  ),
  mock.get<MeGetResponse>('/me', () =>
    state.signedIn
      ? HttpResponse.json({
          user: { id: 'u1', name: 'Robin Vale', email: 'robin@example.com', role: 'admin' },
          permissions: ALL,
          scopes: null,
        })
      : problem(401, 'unauthenticated', 'Sign in first.'),
  ),
]

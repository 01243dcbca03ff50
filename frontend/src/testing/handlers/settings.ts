import { HttpResponse } from 'msw'

import type {
  ApiKeysCreateResponse,
  ApiKeysListResponse,
  BudgetsListResponse,
  SessionsListResponse,
  SettingsAiGetResponse,
  UsersInviteResponse,
  UsersListResponse,
} from '@/api/gen/types.gen'
import { mock } from '@/testing/handlers/answers'

/** AI, budgets, keys, people and sessions. */
export const settingsHandlers = [
  mock.get<SettingsAiGetResponse>('/settings/ai', () =>
    HttpResponse.json({
      configured: true,
      base_url: 'http://localhost:11434/v1',
      model: 'small-model',
      price_in: 0.15,
      price_out: 0.6,
      rpm: 500,
      tpm: 0,
    }),
  ),
  mock.get<BudgetsListResponse>('/budgets', () =>
    HttpResponse.json({
      items: [
        {
          scope: 'day',
          limit_micros: 5_000_000,
          spent_micros: 4_300_000,
          reserved_micros: 120_000,
          warned_at: '2025-11-24T08:00:00Z',
        },
        {
          scope: 'month',
          limit_micros: 50_000_000,
          spent_micros: 12_430_000,
          reserved_micros: 120_000,
          warned_at: null,
        },
      ],
    }),
  ),
  mock.get<ApiKeysListResponse>('/api-keys', () =>
    HttpResponse.json({
      items: [
        {
          id: 'k1',
          name: 'Website form',
          prefix: 'wnw_a1b2',
          scopes: ['leads:write'],
          created_at: '2025-11-01T10:00:00Z',
          expires_at: null,
          last_used_at: '2025-11-24T08:30:00Z',
        },
      ],
    }),
  ),
  mock.post<ApiKeysCreateResponse>('/api-keys', () =>
    HttpResponse.json(
      { key: 'wnw_3f9a0c71e5b24d8896aa', id: 'k2', name: 'New', scopes: [] },
      { status: 201 },
    ),
  ),
  mock.get<UsersListResponse>('/users', () =>
    HttpResponse.json({
      items: [
        {
          id: 'u1',
          name: 'Robin Vale',
          email: 'robin@example.com',
          role: 'admin',
          created_at: '2025-11-01T10:00:00Z',
        },
        {
          id: 'u2',
          name: 'Mika Sand',
          email: 'mika@example.com',
          role: 'user',
          created_at: '2025-11-10T10:00:00Z',
        },
        {
          id: 'u3',
          name: '',
          email: 'lou@example.com',
          role: 'viewer',
          pending: true,
          created_at: '2025-11-20T10:00:00Z',
        },
      ],
    }),
  ),
  mock.post<UsersInviteResponse>('/users', () =>
    HttpResponse.json(
      { user: {}, invite_url: 'http://localhost:8080/accept?token=abc' },
      { status: 201 },
    ),
  ),
  mock.get<SessionsListResponse>('/sessions', () =>
    HttpResponse.json({
      items: [
        {
          id: 's1',
          user_agent: 'Firefox on Linux',
          ip: '127.0.0.1',
          current: true,
          created_at: '2025-11-24T07:00:00Z',
          last_seen_at: '2025-11-24T09:00:00Z',
        },
        {
          id: 's2',
          user_agent: 'Safari on iPhone',
          ip: '203.0.113.7',
          current: false,
          created_at: '2025-11-20T07:00:00Z',
          last_seen_at: '2025-11-22T09:00:00Z',
        },
      ],
    }),
  ),
]

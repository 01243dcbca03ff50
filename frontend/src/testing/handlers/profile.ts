import { HttpResponse } from 'msw'

import type {
  ProfileGetResponse,
  ProfileTemplatesResponse,
  ProfileUpdateResponse,
  ProfileValidateResponse,
  ProfileVersionsResponse,
} from '@/api/gen/types.gen'
import { mock } from '@/testing/handlers/answers'

/** The profile, its check, versions and templates. */
export const profileHandlers = [
  mock.get<ProfileGetResponse>('/profile', () =>
    HttpResponse.json({
      name: 'default',
      version: 3,
      checksum: 'ab12',
      set: {},
      documents: {
        company: {
          yaml: 'name: Harbor Stock\none_liner: One board for orders and stock.\nsender_name: Alex\n',
        },
        audience: {
          yaml: 'industries: [manufacturing, wholesale]\ncountries: [US, CA, GB]\nsize: {min: 10, max: 250}\n',
        },
        pain_points: {
          yaml: 'pain_points:\n  - id: order-chaos\n    name: Wrong and late orders\n    weight: 10\n    phrases:\n      - wrong orders\n',
        },
      },
    }),
  ),
  mock.put<ProfileUpdateResponse>('/profile', () =>
    HttpResponse.json({ name: 'default', version: 4, checksum: 'x', documents: {} }),
  ),
  mock.post<ProfileValidateResponse>('/profile/validate', async ({ request }) => {
    const { yaml } = (await request.json()) as { yaml: string }
    return HttpResponse.json({
      errors: yaml.includes('oops')
        ? [
            {
              file: 'company.yaml',
              line: 2,
              column: 1,
              message: 'unknown key "oops"',
              hint: 'Did you mean "one_liner"?',
            },
          ]
        : [],
    })
  }),
  mock.get<ProfileVersionsResponse>('/profile/versions', () =>
    HttpResponse.json({
      items: [3, 2, 1].map((version) => ({
        version,
        checksum: 'c',
        created_at: '2025-11-20T10:00:00Z',
        created_by: null,
      })),
    }),
  ),
  mock.get<ProfileTemplatesResponse>('/profile/templates', () =>
    HttpResponse.json({
      items: ['manufacturing', 'saas', 'retail', 'services'].map((name) => ({
        name,
        title: name,
        description: `A start for ${name}.`,
      })),
    }),
  ),
]

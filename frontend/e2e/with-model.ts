import { type FakeModel, startFakeModel } from './fake-model'
import { test as base } from './harness'
import { startServer } from './server'

/** The program with a model of this machine as its provider. */
export const test = base.extend<object, { model: FakeModel }>({
  model: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the object pattern.
    async ({}, use) => {
      const model = await startFakeModel()
      await use(model)
      await model.stop()
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ model }, use) => {
      const server = await startServer({
        WINNOW_AI_BASE_URL: model.url,
        WINNOW_AI_MODEL: 'fake-model',
        WINNOW_AI_API_KEY: 'not-a-secret',
      })
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
})

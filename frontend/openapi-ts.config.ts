import { defineConfig } from '@hey-api/openapi-ts'

export default defineConfig({
  input: '../api/openapi.json',
  output: { path: 'src/api/gen', entryFile: false },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true, runtimeConfigPath: '@/api/runtime' },
    '@hey-api/typescript',
    // The browser sends the session's cookie by itself.
    { name: '@hey-api/sdk', auth: false },
    '@tanstack/react-query',
  ],
})

import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

import { helpPages } from './help/plugin.ts'
import { mockApi } from './src/testing/mock-plugin.ts'
import { wordsWithCode } from './src/utils/i18n/words-plugin.ts'

const backend = process.env.WINNOW_DEV_BACKEND ?? 'http://localhost:8080'

/** What every page needs, sign-in too: two files that stay in the browser's cache. */
const REACT = /node_modules[\\/](react|react-dom|scheduler)[\\/]/
const EVERYWHERE =
  /node_modules[\\/](react-router|i18next|react-i18next|@tanstack[\\/](query-core|react-query))[\\/]/
/** Buttons, dialogs, formats: what five places or more use. */
const SMALL_PARTS =
  /src[\\/](components[\\/](ui|feedback|layout)|hooks|utils|api)[\\/]|node_modules[\\/](lucide-react|clsx)[\\/]/

export default defineConfig(({ mode }) => ({
  plugins: [
    wordsWithCode(import.meta.dirname + '/src/utils/i18n/en'),
    react(),
    helpPages(),
    tailwind(),
    ...(mode === 'mock' ? [mockApi()] : []),
  ],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  build: {
    target: 'es2023',
    // The page's policy allows neither inline scripts nor data: scripts and
    // styles, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: REACT },
            { name: 'vendor', test: EVERYWHERE },
            // Small files that most pages share travel together: fewer requests, better packed.
            { name: 'common', test: SMALL_PARTS, minShareCount: 5 },
          ],
        },
      },
    },
  },
  server: {
    // The help's pictures lie among the repository's documents.
    fs: { allow: ['..'] },
    proxy: { '/api': { target: backend, ws: true, changeOrigin: false } },
  },
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: ['src/testing/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
}))

import js from '@eslint/js'
import query from '@tanstack/eslint-plugin-query'
import prettier from 'eslint-config-prettier'
import boundaries from 'eslint-plugin-boundaries'
import checkFile from 'eslint-plugin-check-file'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const leaves = ['types', 'utils']

/** From a folder of src, which folders may be imported. Nothing imports upwards. */
const MAY_IMPORT = {
  app: ['app', 'page', 'feature', 'component', 'hook', 'api', ...leaves],
  page: ['page', 'feature', 'component', 'hook', 'api', ...leaves],
  // A feature's own files import each other; other features are closed to it.
  feature: ['component', 'hook', 'api', ...leaves],
  component: ['component', 'hook', ...leaves],
  hook: ['hook', ...leaves],
  api: ['api', ...leaves],
  utils: leaves,
  types: ['types'],
  testing: ['testing', 'app', 'feature', 'component', 'hook', 'api', ...leaves],
}

export default tseslint.config(
  { ignores: ['dist', 'src/api/gen', 'playwright-report', 'test-results'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  ...query.configs['flat/recommended'],
  hooks.configs.flat.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file itself.' },
        { selector: 'ExportDefaultDeclaration', message: 'Exports have names.' },
      ],
      // TanStack Table and Virtual keep their own caches; the compiler is not used.
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { boundaries, 'check-file': checkFile },
    settings: {
      'import/resolver': { typescript: { alwaysTryTypes: true } },
      'boundaries/include': ['src/**/*'],
      'boundaries/elements': [
        { type: 'app', pattern: 'src/app' },
        { type: 'page', pattern: 'src/pages' },
        { type: 'feature', pattern: 'src/features/*', capture: ['name'] },
        { type: 'component', pattern: 'src/components' },
        { type: 'hook', pattern: 'src/hooks' },
        { type: 'api', pattern: 'src/api' },
        { type: 'types', pattern: 'src/types' },
        { type: 'utils', pattern: 'src/utils' },
        { type: 'testing', pattern: 'src/testing' },
      ],
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(MAY_IMPORT).map(([type, types]) => ({
            from: { element: { type } },
            allow: { to: { element: { types: { anyOf: types } } } },
          })),
        },
      ],
      'check-file/filename-naming-convention': [
        'error',
        { '**/*.{ts,tsx}': 'KEBAB_CASE' },
        { ignoreMiddleExtensions: true },
      ],
    },
  },
  // Playwright's fixtures call their callback `use`.
  { files: ['e2e/**/*.ts'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  {
    // Tests may reach for the invented people and the pretend server.
    files: ['src/**/*.test.{ts,tsx}'],
    rules: { 'boundaries/dependencies': 'off' },
  },
  { files: ['*.config.{ts,js}', '.size-limit.js'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['public/*.js'],
    languageOptions: {
      globals: { matchMedia: 'readonly', document: 'readonly', localStorage: 'readonly' },
    },
  },
  prettier,
)

import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import litA11y from 'eslint-plugin-lit-a11y';

/** A folder of src may import only what stands before it in the one-way flow (see README, Architecture). */
const flow = [
  {
    target: './src/partner-api',
    from: ['./src/connection', './src/view', './src/i18n', './src/authorization'],
  },
  { target: './src/authorization', from: ['./src/connection', './src/view', './src/i18n'] },
  { target: './src/connection', from: ['./src/view', './src/i18n'] },
  {
    target: './src/i18n',
    from: ['./src/connection', './src/view', './src/partner-api', './src/authorization'],
  },
  { target: './src/view', from: ['./src/partner-api'] },
  { target: './src', from: ['./demo', './test'] },
  { target: './demo', from: ['./src'], except: ['./index.ts', './define.ts'] },
  { target: './demo/sandbox', from: ['./src'] },
];

export default defineConfig(
  { ignores: ['dist/', 'screenshots/', '.cache/'] },
  tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { typescript: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones: flow }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
        { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'Use a module.' },
        { selector: 'TSParameterProperty', message: 'Declare the field.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [lit['flat/recommended'], wc['flat/recommended']],
    plugins: { 'lit-a11y': litA11y },
    rules: { ...litA11y.configs.recommended.rules },
  },
  // the typed addEventListener can only be said by an interface beside the class
  {
    files: ['src/chekt-connect-element.ts'],
    rules: { '@typescript-eslint/no-unsafe-declaration-merging': 'off' },
  },
  { files: ['**/*.config.ts', '*.config.js'], rules: { 'import-x/no-default-export': 'off' } },
);
